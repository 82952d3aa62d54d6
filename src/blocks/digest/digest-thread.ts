import type { KnownBlock, TableBlock } from '@slack/types';
import type { ChartSlot } from '../../domain/digest/charts.ts';
import { type Digest, type FixOutcome, OUTCOMES_SHOWN } from '../../domain/digest/digest.ts';
import { sinceWhenSentence } from '../../domain/digest/since-when-words.ts';
import { cleanLine, cutText } from '../../domain/text/clean-text.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { harmWords } from '../defects/harm-words.ts';
import { ledgerLines } from '../fixes/ledger-words.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { button, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords, points } from '../kit/words.ts';
import { reliabilityBlocks, spokenReliability } from '../reliability/reliability-blocks.ts';
import { outcomeReleaseWords, shippedWords, worstReleaseWords } from '../signals/release-words.ts';
import { burndownRows, burndownSpoken } from './burndown-words.ts';
import { chartPlace, withCharts } from './chart-slots.ts';
import { escapeWords, fixKindWords, supportWords, trendLines } from './digest-words.ts';
import { healthWords } from './health-words.ts';

/** One reply in a digest's thread, and what it is about. */
export type Topic = { name: string; message: Message };

type Setting = { programId: number; timeZone: string; now: Date; charts?: readonly ChartSlot[] };

const RELABELS_SHOWN = 3;
const TITLE = 80;

/** What a digest has to say beyond its post: a reply a topic, only those with something to say. */
export function digestThread(digest: Digest, setting: Setting): Topic[] {
  if (digest.isQuiet) return [];
  const topics: [string, Message | undefined][] = [
    ['burndown', burndownReply(digest)],
    ['fixes', outcomesReply(digest)],
    ['reports', reportsReply(digest, setting)],
    ['reliability', reliabilityReply(digest, setting)],
    ['movers', moversReply(digest)],
    ['support', supportReply(digest, setting)],
    ['unowned', unownedReply(digest, setting)],
    ['labels', labelsReply(digest)],
    ['survival', linesReply('Fixes that hold, and how defects escape', survivalLines(digest))],
    ['rituals', linesReply('Rituals', ritualLines(digest, setting.timeZone))],
  ];
  return topics.flatMap(([name, said]) => (said ? [{ name, message: said }] : []));
}

function linesReply(heading: string, lines: readonly (string | Mrkdwn)[]): Message | undefined {
  if (lines.length === 0) return undefined;
  const said = joinMrkdwn([mrkdwn`*${heading}*`, ...lines.map((line) => mrkdwn`${line}`)]);
  return message(`${heading}. ${lines.map(String).join(' ')}`, [section(said)]);
}

function burndownReply({ thisWeek, lastWeek, gaps, outlook }: Digest): Message {
  const forecast = outlook.forecast ? [section(mrkdwn`${outlook.forecast}`)] : [];
  const gap =
    gaps.length > 0 ? [section(mrkdwn`*The burn-down does not add up: ${cutText(gaps.join('; '), 600)}.*`)] : [];
  const spoken = [burndownSpoken(thisWeek), outlook.forecast].filter(Boolean).join(' ');
  return message(spoken, [burndownTable({ thisWeek, lastWeek }), ...gap, ...forecast]);
}

function burndownTable({ thisWeek, lastWeek }: Pick<Digest, 'thisWeek' | 'lastWeek'>): TableBlock {
  const cell = (text: string) => ({ type: 'raw_text' as const, text });
  const head = ['Burn-down', 'To do', 'Claimed', 'Open', 'Last week'];
  const rows = burndownRows(thisWeek, lastWeek).map((row) => [
    row.label,
    row.toDo,
    row.claimed,
    row.open,
    row.lastWeek,
  ]);
  return {
    type: 'table',
    rows: [head, ...rows].map((row) => row.map(cell)),
    column_settings: [{ align: 'left' }, ...Array.from({ length: 4 }, () => ({ align: 'right' as const }))],
  };
}

const OUTCOMES: readonly [FixOutcome['kind'], string][] = [
  ['proven', 'Proven'],
  ['failed', 'Failed'],
  ['reduced', 'Seen less, not gone'],
  ['regressed', 'Regressed'],
];

function outcomesReply({ outcomes }: Digest): Message | undefined {
  const lists = OUTCOMES.flatMap(([kind, label]) => {
    const all = outcomes.filter((outcome) => outcome.kind === kind);
    return all.length === 0 ? [] : [{ kind, label, all }];
  });
  if (lists.length === 0) return undefined;
  const spoken = lists.map(
    ({ label, all }) =>
      `${label}: ${all
        .slice(0, 10)
        .map(({ number }) => defectKey(number))
        .join(', ')}.`,
  );
  return message(
    spoken.join(' '),
    lists.map(({ kind, label, all }) => {
      const lines = all.slice(0, OUTCOMES_SHOWN).map(({ number, title, why, release }) => {
        const where = release ? mrkdwn` ${outcomeReleaseWords(kind, release)}` : mrkdwn``;
        return mrkdwn`${named(number, title)}\n${cutText(why, 300)}${where}`;
      });
      return section(joinMrkdwn([mrkdwn`*${label}*`, ...lines, ...restLine(all.length - OUTCOMES_SHOWN)]));
    }),
  );
}

function reportsReply(
  { verdicts, worstRelease, releases = [], window }: Digest,
  setting: Setting,
): Message | undefined {
  const shipped = shippedWords(
    releases.filter(({ releasedAt }) => releasedAt > window.after),
    setting.timeZone,
  );
  return linesReply('Reports', [
    ...(verdicts ? trendLines(verdicts, setting) : []),
    ...(shipped ? [shipped] : []),
    ...(worstRelease ? [worstReleaseWords(worstRelease)] : []),
  ]);
}

function reliabilityReply({ reliability, releases = [], burners = [] }: Digest, setting: Setting): Message | undefined {
  if (!reliability) return undefined;
  const { charts = [], timeZone } = setting;
  const said = message(spokenReliability(reliability, burners), [
    ...reliabilityBlocks(reliability, { releases, burners, timeZone }),
    ...chartPlace(charts, 'reliability'),
  ]);
  return withCharts(said, charts);
}

function moversReply({ movers, pareto }: Digest): Message | undefined {
  const lines = movers.map(
    ({ number, title, reports, harmThen, harmNow }) =>
      mrkdwn`${named(number, title)}\n${counted(reports, 'report')} this week; harm ${points(harmNow)} a week, ${wasWords(harmThen)}`,
  );
  const added = lines.length > 0 ? ['What added most this week:'] : [];
  return linesReply('What does the most harm', [...(pareto ? [pareto.sentence] : []), ...added, ...lines]);
}

function wasWords(harmThen: number): string {
  return harmThen < 0.05 ? 'none before' : `was ${points(harmThen)}`;
}

function supportReply({ support, verdicts, week }: Digest, { timeZone, now }: Setting): Message | undefined {
  const most = supportWords(support);
  const verdict = verdicts?.tickets;
  if (!most && !verdict?.since && week.tickets === 0) return undefined;
  const said = verdict ? [sinceWhenSentence(verdict, { timeZone, now, noun: 'support ticket' })] : [];
  return linesReply('Support', [...said, ...(most ? [most] : [])]);
}

/** A button each, so that whoever reads it can name an owner on the spot. */
function unownedReply({ unowned }: Digest, { programId }: Setting): Message | undefined {
  if (unowned.total === 0) return undefined;
  const heading = `${counted(unowned.total, 'open defect')} without an owner`;
  const rows = unowned.top.map(({ number, title, ...harm }): KnownBlock => {
    const assign = button(ACTIONS.assign, 'Assign', defectRefValue({ programId, number }), {
      spoken: `Assign ${defectKey(number)}`,
    });
    return section(mrkdwn`${named(number, title)}\n${harmWords(harm)}`, assign);
  });
  const rest = restLine(unowned.total - unowned.top.length).map((line) => section(line));
  return message(`${heading}.`, [section(mrkdwn`*${heading}*`), ...rows, ...rest]);
}

function labelsReply({ relabels, outlook }: Digest): Message | undefined {
  const lines = relabels.slice(0, RELABELS_SHOWN).map(({ key, from, to, by, why }) => {
    const reason = why?.trim() ? cutText(why.trim(), 120) : 'no reason given';
    return mrkdwn`${key} from ${cutText(from, 40)} to ${cutText(to, 40)} by ${cutText(by, 60)}: ${reason}`;
  });
  const relabelled =
    lines.length > 0
      ? [
          mrkdwn`Relabelled, which makes a list shorter without a fix:`,
          ...lines,
          ...restLine(relabels.length - RELABELS_SHOWN),
        ]
      : [];
  return linesReply('Severities', [...outlook.drifts, ...relabelled]);
}

function survivalLines({ outlook, fixes, ledger, escapes }: Digest): string[] {
  return [outlook.survival, fixKindWords(fixes), ...ledgerLines(ledger), escapeWords(escapes)].filter(
    (words) => words !== undefined,
  );
}

function ritualLines({ health, tranche }: Digest, timeZone: string): string[] {
  return [...healthWords(health, timeZone), ...(tranche ? [trancheWords(tranche, timeZone)] : [])];
}

function trancheWords({ number, committed, proven, endsAt }: NonNullable<Digest['tranche']>, timeZone: string): string {
  const until = endsAt ? `, until ${dayWords(localDateOn(endsAt, timeZone))}` : '';
  return `Tranche ${number}: ${proven} of ${committed} proven${until}.`;
}

function named(number: number, title: string): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE)}`;
}

function restLine(more: number): Mrkdwn[] {
  return more > 0 ? [mrkdwn`and ${more} more`] : [];
}
