import type { TicketStatus } from './ticket-status.ts';

/** How things stood when both sides were last brought together. */
export type Agreed = {
  ours: TicketStatus;
  /** When ours had come to be so; another instant is another edit, also where it leads back to the same. */
  oursAt: Date;
  theirs: TicketStatus;
  theirsAt: Date;
  /** What was being written to the ticket when nobody could tell any more whether it arrived; null where all is known. */
  given: TicketStatus | null;
};

type Ours = { status: TicketStatus; at: Date };
/** `isOwn`: our own account gave it this status, or the tracker does not tell whose it was. */
type Theirs = { status: TicketStatus; at: Date; isOwn: boolean };

export type MergeStep =
  /** There is nothing to do but to remember how both stand. */
  | { kind: 'rest' }
  /** The ticket was changed: the defect follows, or somebody is asked. */
  | { kind: 'take' }
  /** The defect was changed: the ticket follows. */
  | { kind: 'give'; status: TicketStatus };

/**
 * What to do where a defect and its ticket may both have been changed.
 * 1. What only one side changed, the other side follows.
 * 2. What both changed goes by the later edit; at the same instant the ticket's counts, since a person may have made it.
 * 3. What was changed and changed back was changed: somebody looked at it and wants it so.
 * 4. The same said once more counts as said then: an acceptance after a closing means that it is to do, and a closing
 *    after the acceptance means what it always does.
 * 5. What the ticket has is an echo where it is what was given to it *and* our own account gave it. The same by somebody
 *    else, and anything else by anybody, is an edit.
 */
export function mergeStatus(agreed: Agreed, ours: Ours, theirs: Theirs): MergeStep {
  if (ours.status === theirs.status) return { kind: 'rest' };
  const isEcho = agreed.given === theirs.status && theirs.isOwn;
  const isAgain = !theirs.isOwn && theirs.at > agreed.theirsAt;
  const theirsChanged = !isEcho && (theirs.status !== agreed.theirs || isAgain);
  const oursChanged = ours.status !== agreed.ours || ours.at.getTime() !== agreed.oursAt.getTime();
  const give: MergeStep = { kind: 'give', status: ours.status };
  if (theirsChanged && oursChanged) return ours.at > theirs.at ? give : { kind: 'take' };
  if (theirsChanged) return { kind: 'take' };
  if (!oursChanged) return { kind: 'rest' };
  const isOlder = ours.status === agreed.ours && ours.at <= theirs.at;
  return isOlder && !isEcho ? { kind: 'take' } : give;
}

/** What both sides count as having agreed on by a link: of what was said before it nothing is news, but what was said with it. */
export function agreedByLink(linkedAt: Date, ours: Ours, theirs: Omit<Theirs, 'isOwn'>): Agreed {
  const before = (at: Date) => new Date(Math.min(at.getTime(), linkedAt.getTime() - 1));
  return {
    ...{ ours: ours.status, oursAt: before(ours.at) },
    ...{ theirs: theirs.status, theirsAt: before(theirs.at), given: null },
  };
}
