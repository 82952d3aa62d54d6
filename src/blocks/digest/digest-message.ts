import type { KnownBlock, TableBlock } from '@slack/types';
import { openCount } from '../../domain/digest/burndown.ts';
import type { ChartSlot } from '../../domain/digest/charts.ts';
import type { Digest, FixOutcome } from '../../domain/digest/digest.ts';
import { cleanLine, cutText } from '../../domain/text.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, header, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords, momentWords, points } from '../kit/words.ts';
import { sampleLine } from '../programs/sample-message.ts';
import { budgetsSentence } from '../reliability/budget-words.ts';
import { reliabilityBlocks, spokenReliability } from '../reliability/reliability-blocks.ts';
import { outcomeReleaseWords, shippedWords, worstReleaseWords } from '../signals/release-words.ts';
import { chartPlace, withCharts } from './chart-slots.ts';
import {
  burndownRows,
  burndownSentence,
  escapeWords,
  fixKindWords,
  healthWords,
  openWords,
  supportWords,
  verdictWords,
} from './digest-words.ts';

/** Where and when a digest is read. */
export type DigestSetting = {
  programName: string;
  timeZone: string;
  /** Only when it comes late. */
  late: boolean;
  /** Shown to the asker alone, before it is due. */
  preview: boolean;
  hasSample: boolean;
  charts?: readonly ChartSlot[];
};

const OUTCOMES_SHOWN = 3;
const RELABELS_SHOWN = 3;
const TITLE = 80;

/** The post that tells a program's channel what a week changed. */
export function digestMessage(digest: Digest, setting: DigestSetting): Message {
  if (digest.isQuiet) return quietMessage(digest, setting);
  const upToOn = localDateOn(digest.window.upTo, setting.timeZone);
  const title = `${setting.programName}, week to ${dayWords(upToOn)}`;
  const verdict = verdictWords(digest.verdict);
  const { charts = [] } = setting;
  const spoken = `${title}. ${verdict} ${burndownSentence(digest.thisWeek)} ${spokenRest(digest)}`;
  const said = message(spoken, [
    header(cutText(title, 150)),
    ...(setting.hasSample ? [sampleLine()] : []),
    section(mrkdwn`*${verdict}*\n${openWords(digest.thisWeek)}`),
    ...chartPlace(charts, 'burndown'),
    burndownTable(digest),
    ...gapBlocks(digest),
    ...listBlocks('Proven', 'proven', digest),
    ...listBlocks('Failed', 'failed', digest),
    ...listBlocks('Regressed', 'regressed', digest),
    ...moverBlocks(digest),
    ...reliabilityPart(digest, setting),
    ...chartPlace(charts, 'reliability'),
    ...releaseBlocks(digest, setting.timeZone),
    ...supportBlocks(digest),
    ...unownedBlocks(digest),
    ...relabelBlocks(digest),
    ...outlookBlocks(digest),
    ...footBlocks(digest, setting),
  ]);
  return withCharts(said, charts);
}

/** A digest with nothing to say says so in one line. */
function quietMessage(digest: Digest, { programName, timeZone, late, hasSample }: DigestSetting): Message {
  const { thisWeek, nextTriageAt, window } = digest;
  const next = nextTriageAt ? ` Next triage ${momentWords(nextTriageAt, timeZone)}.` : '';
  const wasLate = late ? ` This was due ${momentWords(window.upTo, timeZone)}.` : '';
  const open = openCount(thisWeek.now) === 0 ? 'nothing is open' : `${openCount(thisWeek.now)} open, as a week ago`;
  const budgets = digest.reliability ? budgetsSentence(digest.reliability) : undefined;
  const line = `A quiet week: no reports and no changes, ${open}.${budgets ? ` ${budgets}` : ''}${next}${wasLate}`;
  const gaps = gapWords(digest);
  return message(`${programName}. ${line}${gaps ? ` ${gaps}` : ''}`, [
    section(mrkdwn`*${cutText(programName, 100)}*  ${line}`),
    ...(hasSample ? [sampleLine()] : []),
    ...gapBlocks(digest),
  ]);
}

function burndownTable({ thisWeek, lastWeek }: Digest): TableBlock {
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
    column_settings: [
      { align: 'left', is_wrapped: true },
      ...Array.from({ length: 4 }, () => ({ align: 'right' as const })),
    ],
  };
}

function gapWords({ gaps }: Digest): string | undefined {
  return gaps.length === 0
    ? undefined
    : `The burn-down does not add up, so do not rely on it this week: ${gaps.join('; ')}.`;
}

function gapBlocks(digest: Digest): KnownBlock[] {
  const words = gapWords(digest);
  return words ? [section(mrkdwn`*${words}*`)] : [];
}

function named(number: number, title: string): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE)}`;
}

function listBlocks(label: string, kind: FixOutcome['kind'], { outcomes }: Digest): KnownBlock[] {
  const all = outcomes.filter((outcome) => outcome.kind === kind);
  if (all.length === 0) return [];
  const lines = all.slice(0, OUTCOMES_SHOWN).map(({ number, title, why, release }) => {
    const where = release ? mrkdwn` ${outcomeReleaseWords(kind, release)}` : mrkdwn``;
    return mrkdwn`${named(number, title)}\n${cutText(why, 300)}${where}`;
  });
  return [section(joinMrkdwn([mrkdwn`*${label}*`, ...lines, ...restLine(all.length - OUTCOMES_SHOWN)]))];
}

function moverBlocks({ movers, pareto }: Digest): KnownBlock[] {
  const lines = movers.map(
    ({ number, title, reports, harmThen, harmNow }) =>
      mrkdwn`${named(number, title)}\n${counted(reports, 'report')} this week; harm ${points(harmThen)} a week before, ${points(harmNow)} now`,
  );
  if (lines.length === 0 && !pareto) return [];
  const most = pareto ? [mrkdwn`${pareto.sentence}`] : [];
  return [section(joinMrkdwn([...(lines.length > 0 ? [mrkdwn`*Hurting more*`] : []), ...lines, ...most]))];
}

function reliabilityPart(
  { reliability, releases = [], burners = [] }: Digest,
  { timeZone }: DigestSetting,
): KnownBlock[] {
  return reliability ? reliabilityBlocks(reliability, { releases, burners, timeZone }) : [];
}

function releaseBlocks({ worstRelease, releases = [], window }: Digest, timeZone: string): KnownBlock[] {
  const shipped = shippedWords(
    releases.filter(({ releasedAt }) => releasedAt > window.after),
    timeZone,
  );
  const lines = [...(shipped ? [shipped] : []), ...(worstRelease ? [worstReleaseWords(worstRelease)] : [])];
  return lines.length > 0 ? [section(joinMrkdwn(lines, ' '))] : [];
}

function supportBlocks({ support }: Digest): KnownBlock[] {
  const [verdict, ...rest] = supportWords(support);
  return verdict ? [section(joinMrkdwn([mrkdwn`*${verdict}*`, ...rest.map((words) => mrkdwn`${words}`)]))] : [];
}

function unownedBlocks({ unowned }: Digest): KnownBlock[] {
  if (unowned.total === 0) return [];
  const lines = unowned.top.map(
    ({ number, title, harm }) => mrkdwn`${named(number, title)}, harm ${points(harm)} a week`,
  );
  const heading = mrkdwn`*${counted(unowned.total, 'open defect')} without an owner*`;
  return [section(joinMrkdwn([heading, ...lines, ...restLine(unowned.total - unowned.top.length)]))];
}

function relabelBlocks({ relabels }: Digest): KnownBlock[] {
  if (relabels.length === 0) return [];
  const lines = relabels.slice(0, RELABELS_SHOWN).map(({ key, from, to, by, why }) => {
    const reason = why?.trim() ? cutText(why.trim(), 120) : 'no reason given';
    return mrkdwn`${key} from ${cutText(from, 40)} to ${cutText(to, 40)} by ${cutText(by, 60)}: ${reason}`;
  });
  const heading = mrkdwn`*Relabelled, which makes a list shorter without a fix*`;
  return [section(joinMrkdwn([heading, ...lines, ...restLine(relabels.length - RELABELS_SHOWN)]))];
}

/** Where it leads, and which labels no longer fit: one line each, and none where there is nothing to say. */
function outlookBlocks({ outlook }: Digest): KnownBlock[] {
  const { growth, forecast, drifts } = outlook;
  const lines = [
    ...(growth.length > 0 ? [`Growth by area, 1 is steady: ${growth.join('; ')}.`] : []),
    ...(forecast ? [forecast] : []),
    ...drifts,
  ];
  return lines.length === 0 ? [] : [section(joinMrkdwn(lines.map((line) => mrkdwn`${cutText(line, 400)}`)))];
}

function restLine(more: number): Mrkdwn[] {
  return more > 0 ? [mrkdwn`and ${more} more`] : [];
}

/** The quieter facts, small, in the order in which somebody might need them. */
function footBlocks(digest: Digest, { timeZone, late, preview }: DigestSetting): KnownBlock[] {
  const { health, escapes, fixes, outlook, nextTriageAt, tranche, window } = digest;
  const learned = [outlook.survival, fixKindWords(fixes), escapeWords(escapes)].filter((words) => words !== undefined);
  const next = [
    ...(tranche ? [trancheWords(tranche, timeZone)] : []),
    ...(nextTriageAt ? [`Next triage ${momentWords(nextTriageAt, timeZone)}.`] : []),
    ...(late ? [`Late: this was due ${momentWords(window.upTo, timeZone)}.`] : []),
    ...(preview ? ['A preview, shown to you alone. `/defect charts` sends you its charts.'] : []),
  ];
  return [healthWords(health), learned, next]
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => context(mrkdwn`${sentences.join(' ')}`));
}

function trancheWords({ number, committed, proven, endsAt }: NonNullable<Digest['tranche']>, timeZone: string): string {
  const until = endsAt ? `, until ${dayWords(localDateOn(endsAt, timeZone))}` : '';
  return `Tranche ${number}: ${proven} of ${committed} proven${until}.`;
}

/** What the table and the lists say, for a notification or a screen reader. */
function spokenRest(digest: Digest): string {
  const { outcomes, unowned } = digest;
  const keys = (kind: FixOutcome['kind']) =>
    outcomes.filter((outcome) => outcome.kind === kind).map(({ number }) => defectKey(number));
  const said = (['proven', 'failed', 'regressed'] as const)
    .map((kind) => ({ kind, list: keys(kind) }))
    .filter(({ list }) => list.length > 0)
    .map(({ kind, list }) => `${kind[0]?.toUpperCase()}${kind.slice(1)}: ${list.slice(0, 10).join(', ')}.`);
  const owners = unowned.total > 0 ? [`${unowned.total} without an owner.`] : [];
  const reliability = digest.reliability ? [spokenReliability(digest.reliability, digest.burners ?? [])] : [];
  return [gapWords(digest), ...said, ...reliability, ...owners].filter(Boolean).join(' ');
}
