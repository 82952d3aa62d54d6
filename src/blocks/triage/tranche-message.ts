import type { KnownBlock } from '@slack/types';
import { cleanLine } from '../../domain/text.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { CommittedDefect, TrancheReview } from '../../domain/triage/tranche.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { joinMrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, header, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords, momentWords, points } from '../kit/words.ts';

export type TrancheReviewed = {
  programName: string;
  timeZone: string;
  dueAt: Date;
  late: boolean;
  /** The tranche that ends; null at the first review, when there is none. */
  closed: { number: number; startsAt: Date; review: TrancheReview } | null;
  next: { number: number; endsAt: Date | null; committed: number };
  proposed: readonly { number: number; title: string; harm: number }[];
};

const SHOWN = 5;
const TITLE = 80;

/** What a tranche came to, and what the next one begins with. */
export function trancheMessage(reviewed: TrancheReviewed): Message {
  const { programName, closed, next, timeZone, dueAt, late } = reviewed;
  const until = next.endsAt ? `, until ${dayWords(localDateOn(next.endsAt, timeZone))}` : '';
  const begins =
    next.committed === 0
      ? `Tranche ${next.number} begins${until} with an empty burn-down list.`
      : `Tranche ${next.number} begins${until} with ${counted(next.committed, 'defect')} on the burn-down list.`;
  const ended = closed ? endWords(closed.number, closed.review) : '';
  return message([`${programName}.`, ended, begins].filter(Boolean).join(' '), [
    header(closed ? `Review of tranche ${closed.number}` : `Tranche ${next.number} begins`),
    ...(closed ? [section(mrkdwn`*${ended}*`), ...reviewBlocks(closed.review)] : []),
    section(mrkdwn`${begins}`),
    ...proposalBlocks(reviewed),
    ...(late ? [context(mrkdwn`Late: this was due ${momentWords(dueAt, timeZone)}.`)] : []),
  ]);
}

function endWords(number: number, review: TrancheReview): string {
  const { committed, proven, failed, harmRemoved, harmCommitted } = review;
  if (committed === 0) return `Tranche ${number} had committed to nothing.`;
  const share = harmCommitted > 0 ? ` (${Math.floor((harmRemoved / harmCommitted) * 100)} %)` : '';
  const removed = `${points(harmRemoved)} of ${points(harmCommitted)} points of harm a week${share}`;
  const lost = failed.length === 0 ? '' : ` ${counted(failed.length, 'fix', 'fixes')} did not hold.`;
  return `Tranche ${number}: ${proven.length} of ${counted(committed, 'defect')} proven, which did ${removed}.${lost}`;
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
    ({ number, title, harm }) => mrkdwn`${defectKey(number)}  ${cleanLine(title, TITLE)}, harm ${points(harm)} a week`,
  );
  const heading = mrkdwn`*Proposed for it: the hottest that nobody has accepted yet*`;
  return [
    section(joinMrkdwn([heading, ...lines])),
    context(
      mrkdwn`\`/defect accept ${proposed[0]?.number ?? 1}\` takes one on, or decide about them in the next triage.`,
    ),
  ];
}
