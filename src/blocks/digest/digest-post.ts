import type { KnownBlock } from '@slack/types';
import { openCount } from '../../domain/digest/burndown.ts';
import type { ChartSlot } from '../../domain/digest/charts.ts';
import type { Digest } from '../../domain/digest/digest.ts';
import { sinceWhenSentence } from '../../domain/digest/since-when-words.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { countWords, fewWords } from '../kit/few-words.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, header, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords, momentWords } from '../kit/words.ts';
import { sampleLine } from '../programs/sample-message.ts';
import { budgetsSentence } from '../reliability/budget-words.ts';
import { areaLines } from '../reliability/reliability-words.ts';
import { burndownLine } from './burndown-words.ts';
import { chartPlace, isChartPlace, withCharts } from './chart-slots.ts';
import { missedWords } from './health-words.ts';
import { needLine } from './need-words.ts';

/** Where and when a digest is read. */
export type DigestSetting = {
  /** Null where it is called by its channel, which is where the digest stands. */
  programName: string | null;
  timeZone: string;
  /** When it is written. */
  now: Date;
  /** Only when it comes late. */
  late: boolean;
  hasSample: boolean;
  charts?: readonly ChartSlot[];
};

/** A digest is one screen. */
const MOST_WORDS = 120;
/** How much of the two lists there is room for, the fullest first. */
const ROOM: readonly { needs: number; areas: number }[] = [
  { needs: 3, areas: 4 },
  { needs: 3, areas: 3 },
  { needs: 3, areas: 2 },
  { needs: 2, areas: 2 },
  { needs: 2, areas: 1 },
  { needs: 1, areas: 1 },
  { needs: 1, areas: 0 },
  { needs: 0, areas: 0 },
];

/** The post that tells a program's channel what a week changed. What there is to say beyond it stands in its thread. */
export function digestPost(digest: Digest, setting: DigestSetting): Message {
  if (digest.isQuiet) return quietPost(digest, setting);
  const { charts = [] } = setting;
  const fitting = ROOM.map((room) => blocksOf(digest, setting, room)).find(
    (blocks) => countWords(blocks.filter(({ block_id }) => !isChartPlace(block_id))) <= MOST_WORDS,
  );
  const blocks = fitting ?? blocksOf(digest, setting, { needs: 0, areas: 0 });
  return withCharts(message(spokenWords(digest, setting), blocks), charts);
}

function blocksOf(digest: Digest, setting: DigestSetting, room: { needs: number; areas: number }): KnownBlock[] {
  const needs = digest.needs.slice(0, room.needs).map((need) => needLine(need));
  const areas = digest.reliability ? areaLines(digest.reliability, room.areas) : [];
  return [
    header(titleOf(digest, setting)),
    section(mrkdwn`*${verdictOf(digest, setting)}*\n${burndownLine(digest)}`),
    ...chartPlace(setting.charts ?? [], 'burndown'),
    ...(needs.length > 0 ? [section(bullets(needs))] : []),
    ...(areas.length > 0 ? [section(joinMrkdwn(areas.map((line) => mrkdwn`${line}`)))] : []),
    context(mrkdwn`${footWords(digest, setting).join(' ')}`),
    ...(setting.hasSample ? [sampleLine()] : []),
  ];
}

function bullets(lines: readonly Mrkdwn[]): Mrkdwn {
  return joinMrkdwn(lines.map((line) => mrkdwn`•  ${line}`));
}

function titleOf({ window }: Digest, { programName, timeZone }: DigestSetting): string {
  return `${programName === null ? 'Digest' : fewWords(programName, 6, 80)}, week to ${dayWords(localDateOn(window.upTo, timeZone))}`;
}

/** The verdict of the program, or what came in its first week. */
function verdictOf({ verdicts, week }: Digest, { timeZone, now }: DigestSetting): string {
  if (verdicts) return sinceWhenSentence(verdicts.reports, { timeZone, now });
  return `${counted(week.reports, 'report')} in this first week. Too early to call a trend.`;
}

function footWords({ unowned, nextTriageAt, health, window }: Digest, { timeZone, late }: DigestSetting): string[] {
  return [
    ...(unowned.total > 0
      ? [`${unowned.total.toLocaleString('en-GB')} ${unowned.total === 1 ? 'has' : 'have'} no owner.`]
      : []),
    ...(nextTriageAt ? [`Next triage ${momentWords(nextTriageAt, timeZone)}.`] : ['No triage is planned.']),
    ...(health.missed.length > 0 ? [missedWords(health.missed, timeZone, 1)] : []),
    ...(late ? [`Late: this was due ${momentWords(window.upTo, timeZone)}.`] : []),
  ];
}

/** A digest with nothing to say says so in one line, and still what was missed. */
function quietPost(digest: Digest, { programName, timeZone, late, hasSample }: DigestSetting): Message {
  const { thisWeek, nextTriageAt, window, health, gaps, reliability } = digest;
  const open = openCount(thisWeek.now) === 0 ? 'nothing is open' : `${openCount(thisWeek.now)} open, as a week ago`;
  const line = [
    `A quiet week: no reports and no changes, ${open}.`,
    reliability && budgetsSentence(reliability),
    health.missed.length > 0 && missedWords(health.missed, timeZone),
    nextTriageAt && `Next triage ${momentWords(nextTriageAt, timeZone)}.`,
    late && `This was due ${momentWords(window.upTo, timeZone)}.`,
    gaps.length > 0 && 'The burn-down does not add up, so do not rely on it.',
  ]
    .filter(Boolean)
    .join(' ');
  const name = programName === null ? null : fewWords(programName, 6, 80);
  return message(name === null ? line : `${name}. ${line}`, [
    section(name === null ? mrkdwn`${line}` : mrkdwn`*${name}*  ${line}`),
    ...(hasSample ? [sampleLine()] : []),
  ]);
}

/** All of it, for a notification or a screen reader. */
function spokenWords(digest: Digest, setting: DigestSetting): string {
  const areas = digest.reliability ? areaLines(digest.reliability, 3).map((line) => `${line}.`) : [];
  return [
    `${titleOf(digest, setting)}.`,
    verdictOf(digest, setting),
    burndownLine(digest),
    ...areas,
    ...footWords(digest, setting),
  ].join(' ');
}
