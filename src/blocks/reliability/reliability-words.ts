import type { ChangeGrade, WeeklyChange } from '../../domain/digest/weekly-change.ts';
import type {
  AreaStanding,
  Measured,
  QuantileChange,
  ReliabilityReport,
} from '../../domain/reliability/reliability-report.ts';
import { fewWords } from '../kit/few-words.ts';
import { bucketWords, percentWords, secondsWords, uptimeWords } from '../kit/figures.ts';
import { counted } from '../kit/words.ts';
import { areaName, named, usedWords } from './budget-words.ts';

type Said = { words: string; grade: ChangeGrade | 'too early to tell' | null };

/** "Worse: errors 0.42 % (was 0.05 %). No clear change: up 99.98 % (was 99.99 %)." One sentence a grade. */
export function measuresWords(area: AreaStanding): string {
  const said = [
    ...changeSaid(area.errors, (share) => `errors ${percentWords(share)}`, 'errors'),
    ...slowSaid(area.slow),
    ...changeSaid(area.downtime, (share) => `up ${uptimeWords(share)}`, 'uptime', uptimeWords),
  ];
  const grades = ['worse', 'better', 'no clear change', 'too early to tell', null] as const;
  const sentences = grades.flatMap((grade) => {
    const words = said.filter((one) => one.grade === grade).map((one) => one.words);
    if (words.length === 0) return [];
    return [grade === null ? `${capitalised(words.join(', '))}.` : `${capitalised(grade)}: ${words.join(', ')}.`];
  });
  return [...sentences, ...(area.p99 ? [`p99 ${quantileWords(area.p99)}.`] : [])].join(' ');
}

function slowSaid(slow: AreaStanding['slow']): Said[] {
  if (slow === null || typeof slow === 'string') return changeSaid(slow, percentWords, 'latency');
  return changeSaid(
    slow,
    (share) => `${percentWords(share)} of requests over ${secondsWords(slow.thresholdSeconds)}`,
    'latency',
    percentWords,
  );
}

function changeSaid(
  change: Measured<WeeklyChange>,
  nowWords: (share: number) => string,
  what: string,
  beforeWords: (share: number) => string = percentWords,
): Said[] {
  // Said once for an area, by what counts its requests.
  if (change === 'no traffic') return what === 'errors' ? [{ words: 'no traffic this week', grade: null }] : [];
  if (change === 'not read') return [{ words: `${what} could not be read this week`, grade: null }];
  if (change === null) return [];
  const { now, before, grade, interval } = change;
  const isSame = before !== null && beforeWords(before) === beforeWords(now);
  const was =
    before === null ? ', with no week to compare with' : isSame ? ' (as last week)' : ` (was ${beforeWords(before)})`;
  return [{ words: `${nowWords(now)}${was}`, grade: before === null ? null : interval ? grade : 'too early to tell' }];
}

/** "0.24 s (same bucket, 0.1 to 0.25 s)": within a bucket a histogram cannot tell a change. */
function quantileWords({ now, before, isSameBucket }: QuantileChange): string {
  const bucket = bucketWords(now);
  const figure = Number.isFinite(now.upTo) ? secondsWords(now.seconds) : bucket;
  const place = figure === bucket ? [] : [bucket];
  if (!before) return [figure, ...place.map((words) => `(${words})`)].join(' ');
  const beside = isSameBucket
    ? ['same bucket', ...place].join(', ')
    : [...place, `last week ${bucketWords(before)}`].join('; ');
  return `${figure} (${beside})`;
}

/** More areas than these are counted. */
export const AREAS_SHOWN = 5;

/** A line for each area that could be read, worst first; of many the first. */
export function areaSentences({ areas }: ReliabilityReport): string[] {
  const readable = areas.filter(({ trouble }) => trouble === null);
  const rest = readable.length - AREAS_SHOWN;
  return [
    ...readable.slice(0, AREAS_SHOWN).map(areaSentence),
    ...(rest > 0 ? [`${counted(rest, 'more area')} with less of the budget used.`] : []),
  ];
}

/** A line for each area, worst first: "billing: error budget 150 % used, was 173 %"; of many the first, and how many more. */
export function areaLines({ areas }: ReliabilityReport, most: number): string[] {
  if (most === 0) return [];
  const rest = areas.length - most;
  return [
    ...areas.slice(0, most).map((area) => `${fewWords(area.area, 4, 40)}: ${standingWords(area)}`),
    ...(rest > 0 ? [`${counted(rest, 'more area')} in the thread`] : []),
  ];
}

function standingWords({ trouble, budget, errors, downtime }: AreaStanding): string {
  if (trouble !== null) return 'not read this week';
  if (budget && typeof budget === 'object') return usedWords(budget);
  const said =
    errors === null
      ? changeSaid(downtime, (share) => `up ${uptimeWords(share)}`, 'uptime', uptimeWords)
      : changeSaid(errors, (share) => `errors ${percentWords(share)}`, 'errors');
  return said[0]?.words ?? 'not read this week';
}

/** One line for App Home and for those who hear a digest: "billing: error budget 39 % used; errors 0.42 %, no clear change." */
function areaSentence(area: AreaStanding): string {
  const { budget, errors, downtime } = area;
  const left = budget === 'no traffic' ? undefined : budget && usedWords(budget);
  const change = errors ?? downtime;
  const what = errors === null ? 'uptime' : 'errors';
  const figure =
    errors === null
      ? (share: number) => `up ${uptimeWords(share)}`
      : (share: number) => `errors ${percentWords(share)}`;
  const said = changeSaid(change, figure, what, errors === null ? uptimeWords : percentWords).map(({ words, grade }) =>
    grade === null ? words : `${words}, ${grade}`,
  );
  return `${areaName(area.area)}: ${[...(left ? [left] : []), ...said].join('; ') || 'not read this week'}.`;
}

/** Areas that have metrics and no objective, and those that have neither, in one sentence; undefined where there are none. */
export function withoutWords({ areas, unmeasured }: ReliabilityReport): string | undefined {
  const free = areas.filter(({ hasObjective, trouble }) => !hasObjective && trouble === null).map(({ area }) => area);
  const parts = [
    ...(free.length > 0 ? [`${named(free)} ${free.length === 1 ? 'has' : 'have'} no objective`] : []),
    ...(unmeasured.length > 0 ? [`${named(unmeasured)} ${unmeasured.length === 1 ? 'is' : 'are'} not measured`] : []),
  ];
  return parts.length === 0 ? undefined : `${parts.join('; ')}.`;
}

/** The areas that nothing could be read of, those with the same trouble together: "billing and deployment: No data…". */
export function troubleLines({ areas }: ReliabilityReport): string[] {
  const troubled = areas.filter(({ trouble }) => trouble !== null);
  return [...Map.groupBy(troubled, ({ trouble }) => trouble)].map(
    ([trouble, same]) => `${named(same.map(({ area }) => area))}: ${trouble}`,
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
