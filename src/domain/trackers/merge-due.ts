export type DueStep = 'rest' | 'take' | 'give';

type Due = { dueOn: string | null; at: Date };
/** `isOwn`: our own account gave it this date, or the tracker does not tell whose it was. */
type Theirs = Due & { isOwn: boolean };

/** How both sides stood when they were last brought together, which may differ. */
type AgreedDue = {
  ours: string | null;
  theirs: string | null;
  /** What was being written to the ticket when nobody could tell any more whether it arrived; undefined where all is known. */
  given?: string | null | undefined;
};

/**
 * What to do where a defect and its ticket may both have been given another due date.
 * 1. Of a ticket that was just linked nothing is news; one without a date is given that of its defect.
 * 2. What only one side changed, the other side follows; what both changed goes by the later change, at the same instant
 *    by the ticket's, since a person made it. An echo of what was being given is no change.
 * 3. A date that is taken away in the tracker stays here: a defect that is to be done needs one.
 *
 * @param agreed null until they are brought together for the first time
 */
export function mergeDue(agreed: AgreedDue | null, ours: Due, theirs: Theirs): DueStep {
  if (ours.dueOn === theirs.dueOn) return 'rest';
  if (!agreed) return theirs.dueOn === null ? 'give' : 'rest';
  const oursChanged = ours.dueOn !== agreed.ours;
  const isEcho = agreed.given !== undefined && agreed.given === theirs.dueOn && theirs.isOwn;
  const theirsChanged = !isEcho && theirs.dueOn !== agreed.theirs;
  if (oursChanged && (!theirsChanged || ours.at > theirs.at)) return 'give';
  return theirsChanged && theirs.dueOn !== null ? 'take' : 'rest';
}
