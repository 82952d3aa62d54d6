import type { KnownBlock } from '@slack/types';
import type { ExitScorecard } from '../../domain/exit/exit-scorecard.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { WEEK_MS } from '../../domain/time/durations.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { CommittedDefect, TrancheReview } from '../../domain/triage/tranche.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { harmWords } from '../defects/harm-words.ts';
import { scorecardSection } from '../exit/exit-messages.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, header, type Message, message, section } from '../kit/parts.ts';
import { capitalized, counted, dayWords, momentWords, numberWord, points } from '../kit/words.ts';

export type TrancheReviewed = {
  programName: string;
  timeZone: string;
  dueAt: Date;
  late: boolean;
  /** The tranche that ends; null at the first review, when there is none. */
  closed: { number: number; startsAt: Date; review: TrancheReview } | null;
  next: { number: number; endsAt: Date | null; committed: number };
  /** How the program stands against its own end; null where it sets nothing for that. */
  scorecard?: ExitScorecard | null;
  proposed: readonly { number: number; title: string; harm: number; quietHalvings: number }[];
};

const SHOWN = 5;
const TITLE = 80;

/** What a tranche came to, and what the next one begins with. */
export function trancheMessage(reviewed: TrancheReviewed): Message {
  const { programName, closed, next, timeZone, dueAt, late } = reviewed;
  const until = next.endsAt ? ` until ${dayWords(localDateOn(next.endsAt, timeZone))}` : '';
  const list =
    next.committed === 0 ? 'an empty burn-down list' : `${counted(next.committed, 'defect')} on the burn-down list`;
  const begins = `Tranche ${next.number} runs${until} with ${list}.`;
  const ended = closed ? endWords(closed, dueAt) : '';
  return message([`${programName}.`, ended, begins].filter(Boolean).join(' '), [
    header(closed ? `Review of tranche ${closed.number}` : `Tranche ${next.number} begins`),
    ...(closed ? [section(mrkdwn`*${ended}*`), ...reviewBlocks(closed.review)] : []),
    section(mrkdwn`${begins}`),
    ...proposalBlocks(reviewed),
    ...(reviewed.scorecard ? [scorecardSection(reviewed.scorecard)] : []),
    ...(late ? [context(mrkdwn`Late: this was due ${momentWords(dueAt, timeZone)}.`)] : []),
  ]);
}

/** "Four weeks: none of the 22 committed defects is proven fixed. One fix failed. 19 had no fix at all." */
function endWords({ startsAt, review }: { startsAt: Date; review: TrancheReview }, endedAt: Date): string {
  const { committed, proven, failed, moved, proving, harmFaded } = review;
  const weeks = Math.max(1, Math.round((endedAt.getTime() - startsAt.getTime()) / WEEK_MS));
  const time = `${capitalized(numberWord(weeks))} ${weeks === 1 ? 'week' : 'weeks'}`;
  if (committed === 0) return `${time}: nothing was committed to.`;
  return [
    `${time}: ${provenWords(review)}`,
    ...(failed.length > 0
      ? [`${capitalized(numberWord(failed.length))} ${failed.length === 1 ? 'fix' : 'fixes'} failed.`]
      : []),
    ...(proving.length > 0 ? [`${proving.length} ${proving.length === 1 ? 'is' : 'are'} being proven.`] : []),
    ...(moved.length > 0 ? [`${moved.length} had no fix at all.`] : []),
    ...(harmFaded >= 0.05
      ? [`${proven.length > 0 ? 'Another ' : ''}${points(harmFaded)} points of harm only faded.`]
      : []),
  ].join(' ');
}

function provenWords({ committed, proven, harmRemoved, harmCommitted }: TrancheReview): string {
  if (committed === 1) return `the one committed defect is ${proven.length === 1 ? '' : 'not '}proven fixed.`;
  if (proven.length === 0) return `none of the ${committed} committed defects is proven fixed.`;
  const removed = `${points(harmRemoved)} of the ${points(harmCommitted)} points of harm a week`;
  return proven.length === 1
    ? `1 of the ${committed} committed defects is proven fixed; it did ${removed}.`
    : `${proven.length} of the ${committed} committed defects are proven fixed; they did ${removed}.`;
}

function reviewBlocks(review: TrancheReview): KnownBlock[] {
  const groups: readonly (readonly [string, readonly CommittedDefect[]])[] = [
    ['Proven', review.proven],
    ['The fix did not hold', review.failed],
    ['Claimed, being proven', review.proving],
    ['Not fixed, goes on', review.moved],
    ['Left the list without a fix', review.setAside],
  ];
  return groups
    .filter(([, defects]) => defects.length > 0)
    .map(([label, defects]) => {
      const lines = defects.slice(0, SHOWN).map(({ number, title, harmThen, harmNow }) => {
        const harm = `harm ${points(harmThen)} a week then, ${points(harmNow)} now`;
        return mrkdwn`${defectKey(number)}  ${cleanLine(title, TITLE)}, ${harm}`;
      });
      const more = defects.length - lines.length;
      const rest = more > 0 ? [mrkdwn`and ${more} more`] : [];
      return section(joinMrkdwn([mrkdwn`*${label}: ${defects.length}*`, ...lines, ...rest]));
    });
}

function proposalBlocks({ proposed }: TrancheReviewed): KnownBlock[] {
  if (proposed.length === 0) return [];
  const lines = proposed.map(
    ({ number, title, ...harm }) => mrkdwn`${defectKey(number)}  ${cleanLine(title, TITLE)}, ${harmWords(harm)}`,
  );
  const heading = mrkdwn`*Proposed for it: the top of the list that nobody has accepted yet*`;
  return [
    section(joinMrkdwn([heading, ...lines])),
    context(
      mrkdwn`\`/defect accept ${proposed[0]?.number ?? 1}\` takes one on, or decide about them in the next triage.`,
    ),
  ];
}
