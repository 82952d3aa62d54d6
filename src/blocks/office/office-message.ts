import type { Chart } from '../../domain/digest/charts.ts';
import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import { type Quarter, quarterWords } from '../../domain/office/quarter.ts';
import { WEEK_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { chartPlace, chartSlots, withCharts } from '../digest/chart-slots.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, header, type Message, message, section } from '../kit/parts.ts';
import { type NamedProgram, programLink } from '../kit/program-link.ts';
import { counted, dayWords, listed } from '../kit/words.ts';
import { sampleLine } from '../programs/sample-message.ts';
import { holdWords, spentWords, trendWords } from './period-words.ts';

/** One program of an office. `name` is null where the reader may not read it. */
export type OfficeRow = { facts: PeriodFacts; name: NamedProgram | null; endedAt: Date | null; hasSample: boolean };

export type OfficePage = {
  rows: readonly OfficeRow[];
  lookback: { kind: 'month'; month: string } | { kind: 'quarter'; quarter: Quarter } | { kind: 'weeks' };
  timeZone: string;
  now: Date;
};

/** A program whose last triage and digest are older than this has no living ritual. */
const LIVING_WEEKS = 5;
/** Slack takes 50 blocks; the others are counted. */
const SHOWN = 40;
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** The programs of an office on one page. Of defects there are counts alone. */
export function officeMessage(page: OfficePage): Message {
  const title = `Office, ${lookbackWords(page)}`;
  const summary = summaryWords(page);
  const more = page.rows.length - SHOWN;
  return message(`${title}. ${summary}`, [
    header(title),
    section(mrkdwn`*${summary}*`),
    ...page.rows
      .slice(0, SHOWN)
      .map(({ name, ...row }) => section(mrkdwn`*${name ? programLink(name) : UNNAMED}*\n${rowWords(row, page)}`)),
    ...(more > 0 ? [context(mrkdwn`And ${counted(more, 'program')} more.`)] : []),
    ...(page.rows.some(({ hasSample }) => hasSample) ? [sampleLine()] : []),
    context(mrkdwn`${footWords(page)}`),
  ]);
}

/** The same with its page as a picture, for a person alone. */
export function officeQuarterMessage(page: OfficePage): Message {
  const { text, blocks } = officeMessage(page);
  const lines = page.rows.map(({ name, ...row }) => `${name?.name ?? UNNAMED}: ${rowWords(row, page)}`);
  const title = `Office, ${lookbackWords(page)}`;
  const drawn: Chart = { kind: 'page', title, lines: [summaryWords(page), ...lines], weeks: [] };
  const slots = chartSlots([drawn], 'pictures');
  const [foot] = blocks.slice(-1);
  return withCharts(
    message(text, [...blocks.slice(0, -1), ...chartPlace(slots, 'page'), ...(foot ? [foot] : [])]),
    slots,
  );
}

/** For a channel in which somebody is whom the office does not concern. */
export function withheldMessage(): Message {
  return message('The roll-up of the office is not posted here.', [
    section(
      mrkdwn`*The roll-up of the office is not posted here:* somebody in this channel is of another organisation, or it has too many members to tell. \`/defect office\` shows it to those who may read it.`,
    ),
  ]);
}

const UNNAMED = 'A program that is not named here';

function summaryWords(page: OfficePage): string {
  const { rows } = page;
  if (rows.length === 0) return 'No program was part of it.';
  const sum = (of: (facts: PeriodFacts) => number) => rows.reduce((all, { facts }) => all + of(facts), 0);
  const grade = (wanted: string) => rows.filter(({ facts }) => facts.trend?.grade === wanted).length;
  const [fewer, more] = [grade('fewer'), grade('more')];
  const idle = rows.filter((row) => idleWords(row, page) !== undefined).length;
  const open = sum((facts) => facts.open).toLocaleString('en-GB');
  const proven = sum((facts) => facts.flows.proven).toLocaleString('en-GB');
  const trends = [
    ...(fewer > 0 ? [`${fewer} with lastingly fewer reports`] : []),
    ...(more > 0 ? [`${more} with lastingly more`] : []),
  ];
  const told = trends.length > 0 ? listed(trends) : 'none with a lasting change of reports';
  const rituals = idle === 0 ? '' : ` ${idle} without a living ritual.`;
  return `${counted(rows.length, 'program')}: ${told}. ${open} open, ${proven} proven.${rituals}`;
}

function rowWords(row: Omit<OfficeRow, 'name'>, page: OfficePage): string {
  const { facts } = row;
  const budgets = spentWords(facts);
  return [
    trendWords(facts),
    `${facts.open.toLocaleString('en-GB')} open, ${facts.openThen.toLocaleString('en-GB')} at the start; ${facts.flows.proven.toLocaleString('en-GB')} proven.`,
    holdWords(facts),
    ...(budgets ? [`${budgets[0]?.toUpperCase()}${budgets.slice(1)}.`] : []),
    ...[idleWords(row, page) ?? []].flat(),
  ].join(' ');
}

/** "No triage or digest since 12 Oct."; undefined where one was held lately. */
function idleWords({ facts, endedAt }: Omit<OfficeRow, 'name'>, { timeZone }: Pick<OfficePage, 'timeZone'>) {
  const { rituals, upTo } = facts;
  const end = new Date(upTo);
  if (endedAt && endedAt <= end) return undefined;
  const last = [rituals.triage.lastHeldAt, rituals.digest.lastHeldAt].filter((at) => at !== null).sort();
  const at = last.at(-1);
  if (at === undefined) return 'No triage or digest was ever held.';
  if (end.getTime() - new Date(at).getTime() <= LIVING_WEEKS * WEEK_MS) return undefined;
  return `No triage or digest since ${dayWords(localDateOn(new Date(at), timeZone), localDateOn(end, timeZone))}.`;
}

function lookbackWords({ lookback, timeZone, now }: OfficePage): string {
  if (lookback.kind === 'quarter') return quarterWords(lookback.quarter);
  if (lookback.kind === 'weeks') return `the four weeks to ${dayWords(localDateOn(now, timeZone))}`;
  const [year, month] = lookback.month.split('-');
  return `${MONTHS[Number(month) - 1]} ${year}`;
}

function footWords({ rows }: OfficePage): string {
  const isAllNamed = rows.every(({ name }) => name !== null);
  const names = isAllNamed ? '' : ' A program is named where everybody who reads this may read it.';
  return `Defects stay in their own programs.${names}`;
}
