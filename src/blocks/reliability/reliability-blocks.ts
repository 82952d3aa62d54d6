import type { KnownBlock } from '@slack/types';
import type { AreaStanding, ReliabilityReport } from '../../domain/reliability/reliability-report.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { WEEK_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { percentWords } from '../kit/figures.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, section } from '../kit/parts.ts';
import { sparkline } from '../kit/sparkline.ts';
import { dayWords, listed } from '../kit/words.ts';
import { areaName, type Burnt, budgetsSentence, budgetWords, burnersSentence } from './budget-words.ts';
import { AREAS_SHOWN, areaSentences, measuresWords, troubleLines, withoutWords } from './reliability-words.ts';

/** A release of the weeks that a report looks back on. */
export type Shipped = { version: string; link: string | null; releasedAt: Date };

/** A line of fewer weeks shows nothing. */
const FEWEST_WEEKS = 3;
/** The worst week is named where it stands out from the usual one by this factor. */
const PEAK_FACTOR = 1.5;

/** Budgets first, then what each area measured, then in one line what could not be read. */
export function reliabilityBlocks(
  report: ReliabilityReport,
  { releases, burners, timeZone }: { releases: readonly Shipped[]; burners: readonly Burnt[]; timeZone: string },
): KnownBlock[] {
  const readable = report.areas.filter(({ trouble }) => trouble === null);
  const rest = areaSentences(report).slice(AREAS_SHOWN);
  const quiet = [...troubleLines(report), withoutWords(report)].filter((words) => words !== undefined);
  return [
    section(
      mrkdwn`*Reliability*\n${[budgetsSentence(report) ?? 'No error budget is set.', burnersSentence(burners)].filter(Boolean).join(' ')}`,
    ),
    ...readable.slice(0, AREAS_SHOWN).map((area) => section(areaLines(area, releases, timeZone))),
    ...[rest, quiet]
      .filter((lines) => lines.length > 0)
      .map((lines) => context(joinMrkdwn(lines.map((line) => mrkdwn`${line}`)))),
  ];
}

function areaLines(area: AreaStanding, releases: readonly Shipped[], timeZone: string): Mrkdwn {
  const budget = budgetWords(area.budget);
  const trend = trendWords(area, releases, timeZone);
  return joinMrkdwn([
    budget ? mrkdwn`*${areaName(area.area)}*  ${budget}` : mrkdwn`*${areaName(area.area)}*`,
    mrkdwn`${unbroken(measuresWords(area))}`,
    ...(trend ? [mrkdwn`${trend}`] : []),
  ]);
}

/** No line ends between a figure and its unit. */
function unbroken(words: string): string {
  return words.replaceAll(/(?<=\d) (?=%|m?s\b)/g, '\u00A0');
}

/** "▃▃▅▂ errors in 4 weeks, 0.02 to 0.06 %, worst week to 30 Oct (v4.16 shipped)". */
function trendWords(
  { failureWeeks, measure, budget }: AreaStanding,
  releases: readonly Shipped[],
  timeZone: string,
): string | undefined {
  const known = failureWeeks.flatMap(({ share }) => share ?? []);
  if (known.length < FEWEST_WEEKS) return undefined;
  const allowed = budget && typeof budget === 'object' ? 1 - budget.target : 0;
  const line = sparkline(
    failureWeeks.map(({ share }) => share),
    allowed,
  );
  const unread = failureWeeks.length - known.length;
  const what = measure === 'requests' ? 'errors' : 'time down';
  const weeks = `in ${failureWeeks.length} weeks${unread > 0 ? ` (${unread} without figures)` : ''}`;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (most === 0) return `${line}  no ${what} ${weeks}`;
  const peak = peakWords(failureWeeks, most, releases, timeZone);
  return `${line}  ${what} ${weeks}, ${rangeWords(least, most)}${peak}`;
}

function rangeWords(least: number, most: number): string {
  const [low, high] = [percentWords(least), percentWords(most)];
  return low === high ? high : `${low.replace(/ %$/, '')} to ${high}`;
}

function peakWords(
  weeks: AreaStanding['failureWeeks'],
  most: number,
  releases: readonly Shipped[],
  timeZone: string,
): string {
  const sorted = weeks.flatMap(({ share }) => share ?? []).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const peak = weeks.findLastIndex(({ share }) => share === most);
  const endsAt = weeks[peak]?.endsAt;
  if (!endsAt || most < PEAK_FACTOR * usual) return '';
  const shipped = releases
    .filter(({ releasedAt }) => releasedAt <= endsAt && releasedAt.getTime() > endsAt.getTime() - WEEK_MS)
    .map(({ version }) => cutText(version, 40));
  const isNow = peak === weeks.length - 1;
  const when = isNow ? 'this week' : `week to ${dayWords(localDateOn(endsAt, timeZone))}`;
  return `, worst ${when}${shipped.length > 0 ? ` (${listed(shipped.slice(-2))} shipped)` : ''}`;
}

/** What the blocks say, for those who hear them. */
export function spokenReliability(report: ReliabilityReport, burners: readonly Burnt[]): string {
  return [
    'Reliability:',
    budgetsSentence(report),
    burnersSentence(burners),
    ...areaSentences(report),
    ...troubleLines(report),
  ]
    .filter((words) => words !== undefined)
    .join(' ');
}
