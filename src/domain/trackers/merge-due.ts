export type DueStep = 'rest' | 'take' | 'give';

type Due = { dueOn: string | null; at: Date };
/** `isOwn`: our own account gave it this date, or the tracker does not tell whose it was. */
type Theirs = Due & { isOwn: boolean };

/** How both sides stood when they were last brought together, which may differ. */
type AgreedDue = {
  ours: string | null;
  /** Since when ours was so; another instant is another edit, also where it leads back to the same. */
  oursAt: Date;
  theirs: string | null;
  /** The same of theirs, by the tracker's clock; null where it did not tell. */
  theirsAt: Date | null;
};
/** What was being written to the ticket when nobody could tell any more whether it arrived; null where all is known. */
type Given = { dueOn: string | null } | null;

const LONG_AGO = new Date(0);

/** How both agreed since: on what was being given, where it has arrived and our own account gave it. */
export function agreedSince(agreed: AgreedDue | null, given: Given, theirs: Theirs): AgreedDue | null {
  const hasArrived = given !== null && given.dueOn === theirs.dueOn && theirs.isOwn;
  return hasArrived
    ? { ours: given.dueOn, oursAt: agreed?.oursAt ?? LONG_AGO, theirs: given.dueOn, theirsAt: theirs.at }
    : agreed;
}

/**
 * What to do where a defect and its ticket may both have been given another due date.
 * 1. Of a ticket that was just linked nothing is news; one without a date is given that of its defect.
 * 2. What only one side changed, the other side follows; what both changed goes by the later change, at the same instant
 *    by the ticket's, since a person made it. What was changed and changed back was changed.
 * 3. A date that is taken away in the tracker stays here: a defect that is to be done needs one.
 *
 * @param agreed null until they are brought together for the first time
 */
export function mergeDue(agreed: AgreedDue | null, ours: Due, theirs: Theirs): DueStep {
  if (ours.dueOn === theirs.dueOn) return 'rest';
  if (!agreed) return theirs.dueOn === null ? 'give' : 'rest';
  const oursChanged = ours.dueOn !== agreed.ours || ours.at > agreed.oursAt;
  const isLater = theirs.at >= ours.at;
  const isAgain = !theirs.isOwn && agreed.theirsAt !== null && theirs.at > agreed.theirsAt;
  const theirsChanged = theirs.dueOn !== agreed.theirs || isAgain;
  if (oursChanged && !(theirsChanged && isLater)) return 'give';
  return theirsChanged && theirs.dueOn !== null ? 'take' : 'rest';
}
