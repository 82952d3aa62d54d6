export type DueStep = 'rest' | 'take' | 'give';

type Due = { dueOn: string | null; at: Date };

/**
 * What to do where a defect and its ticket may both have been given another due date.
 * 1. Of a ticket that was just linked nothing is news; one without a date is given that of its defect.
 * 2. What only one side changed, the other side follows; what both changed goes by the later change, at the same instant
 *    by the ticket's, since a person made it.
 * 3. A date that is taken away in the tracker stays here: a defect that is to be done needs one.
 *
 * @param agreed how both stood when they were last brought together, which may differ; null until then
 */
export function mergeDue(
  agreed: { ours: string | null; theirs: string | null } | null,
  ours: Due,
  theirs: Due,
): DueStep {
  if (ours.dueOn === theirs.dueOn) return 'rest';
  if (!agreed) return theirs.dueOn === null ? 'give' : 'rest';
  const oursChanged = ours.dueOn !== agreed.ours;
  const theirsChanged = theirs.dueOn !== agreed.theirs;
  if (oursChanged && (!theirsChanged || ours.at > theirs.at)) return 'give';
  return theirsChanged && theirs.dueOn !== null ? 'take' : 'rest';
}
