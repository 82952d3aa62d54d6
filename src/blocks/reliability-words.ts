import type { BudgetStanding } from '../domain/budget-standing.ts';
import type { AreaStanding, Measured, QuantileChange, ReliabilityReport } from '../domain/reliability-report.ts';
import type { ChangeGrade, WeeklyChange } from '../domain/weekly-change.ts';
import { bucketWords, percentWords, secondsWords, signedPoints, uptimeWords, wholePercentWords } from './figures.ts';
import { clip } from './mrkdwn.ts';
import { counted, listed } from './words.ts';

/** More names in a sentence are counted. */
const NAMED = 5;

/** "The error budget of checkout is spent; billing has 12 % left. The other 2 hold." Undefined where no area has a budget. */
export function budgetsSentence({ areas }: ReliabilityReport): string | undefined {
  const budgets = areas.flatMap(({ area, trouble, budget }) =>
    trouble === null && budget && typeof budget === 'object' ? [{ ...budget, area: areaName(area) }] : [],
  );
  if (budgets.length === 0) return undefined;
  const spent = budgets.filter(({ standing }) => standing === 'spent').map(({ area }) => area);
  const told = [
    ...(spent.length > 0
      ? [
          `The error ${spent.length === 1 ? 'budget' : 'budgets'} of ${named(spent)} ${spent.length === 1 ? 'is' : 'are'} spent`,
        ]
      : []),
    ...budgets
      .filter(({ standing, isBurning }) => standing !== 'spent' && (standing === 'near' || isBurning))
      .slice(0, NAMED)
      .map(dangerWords),
  ];
  const holding = budgets.filter(({ standing, isBurning }) => standing === 'holds' && !isBurning).length;
  if (told.length === 0) return holding === 1 ? 'The error budget holds.' : `All ${holding} error budgets hold.`;
  const rest = holding === 0 ? '' : holding === 1 ? ' The other one holds.' : ` The other ${holding} hold.`;
  return `${told.join('; ')}.${rest}`;
}

function dangerWords({ area, left, standing, burn, isBurning }: BudgetStanding & { area: string }): string {
  const burning = isBurning && burn !== null ? `burns ${paceWords(burn)}` : '';
  if (standing !== 'near') return `${area} ${burning}`;
  return `${area} has ${wholePercentWords(left)} of its budget left${burning ? ` and ${burning}` : ''}`;
}

/** "61 % of the error budget left (−9 points), burning at 0.4 times the allowed pace". */
export function budgetWords(budget: AreaStanding['budget']): string | undefined {
  if (budget === null) return undefined;
  if (budget === 'no traffic') return 'no traffic, so nothing of the budget is used';
  const { burn, changePoints } = budget;
  const moved =
    changePoints === null
      ? ''
      : Math.round(changePoints) === 0
        ? ' (as a week ago)'
        : ` (${signedPoints(changePoints)})`;
  const pace = burn === null ? '' : burn === 0 ? ', nothing burnt this week' : `, burning ${paceWords(burn)}`;
  return `${leftWords(budget)}${moved}${pace}`;
}

function leftWords({ left, standing }: BudgetStanding): string {
  if (standing !== 'spent') return `${wholePercentWords(left)} of the error budget left`;
  return Number.isFinite(left)
    ? `error budget spent, ${wholePercentWords(1 - left)} of it used`
    : 'no failure was allowed, and some came';
}

function paceWords(burn: number): string {
  if (!Number.isFinite(burn)) return 'where nothing may fail';
  return `at ${burn >= 10 ? Math.round(burn).toLocaleString('en-GB') : burn < 0.1 ? 'under 0.1' : burn.toFixed(1)} times the allowed pace`;
}

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
    (share) => `${percentWords(share)} slower than ${secondsWords(slow.thresholdSeconds)}`,
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
  const was = before === null ? ', with no week to compare with' : ` (was ${beforeWords(before)})`;
  return [{ words: `${nowWords(now)}${was}`, grade: before === null ? null : interval ? grade : 'too early to tell' }];
}

/** "0.24 s (0.1 to 0.25 s, same bucket as last week)": within a bucket a histogram cannot tell a change. */
function quantileWords({ now, before, isSameBucket }: QuantileChange): string {
  const bucket = bucketWords(now);
  const figure = Number.isFinite(now.upTo) ? `${secondsWords(now.seconds)} (${bucket}` : `(${bucket}`;
  if (!before) return `${figure})`;
  return isSameBucket ? `${figure}, same bucket as last week)` : `${figure}, was ${bucketWords(before)})`;
}

/** More areas than these are counted. */
export const AREAS_SHOWN = 5;

/** A line for each area that could be read, worst first; of many the first. */
export function areaSentences({ areas }: ReliabilityReport): string[] {
  const readable = areas.filter(({ trouble }) => trouble === null);
  const rest = readable.length - AREAS_SHOWN;
  return [
    ...readable.slice(0, AREAS_SHOWN).map(areaSentence),
    ...(rest > 0 ? [`${counted(rest, 'more area')} with more of the budget left.`] : []),
  ];
}

/** One line for App Home and for those who hear a digest: "billing: 61 % of the error budget left; errors 0.42 %, no clear change." */
function areaSentence(area: AreaStanding): string {
  const { budget, errors, downtime } = area;
  const left = budget === 'no traffic' ? undefined : budget && leftWords(budget);
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

/** "It burnt 34 % of billing's error budget of 90 days: 4,120 requests failed while its alert was on." */
export function budgetShareWords({
  area,
  share,
  badEvents,
}: {
  area: string;
  share: number;
  badEvents: number;
}): string {
  const failed = counted(Math.round(badEvents), 'request');
  const part = Number.isFinite(share)
    ? `${wholePercentWords(share)} of the error budget of ${areaName(area)}`
    : `an error budget of ${areaName(area)} that allows nothing`;
  return `In 90 days it burnt ${part}: ${failed} failed while its alerts were on.`;
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

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map(areaName);
  return listed(names.length <= NAMED ? shown : [...shown, `${names.length - NAMED} others`]);
}

/** A typed name in one line of bounded length. */
export function areaName(name: string): string {
  return clip(name.replaceAll(/\s+/g, ' ').trim(), 60) || 'an area without a name';
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
