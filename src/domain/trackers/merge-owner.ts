import { hasSameMembers } from './same-members.ts';

/** How both sides stood when they were last brought together. */
export type AgreedOwner = {
  /** The owner that the ticket names; null where it names none, or where nobody knows yet who that is there. */
  ownerId: string | null;
  /** The accounts that the ticket is assigned to. */
  assignees: readonly string[];
  /** The account that was being assigned when nobody could tell any more whether it arrived; null where all is known. */
  given: string | null;
};

type Ours = {
  ownerId: string | null;
  /** The owner's accounts there, the one to be assigned first; none while nobody knows them. */
  accounts: readonly string[];
  at: Date;
};

/** `isOwn`: our own account made the last change of the assignees, or the tracker does not tell whose it was. */
type Theirs = { assignees: readonly string[]; at: Date; isOwn: boolean };

export type OwnerStep =
  /** There is nothing to do but to remember how both stand. `isWhole` is false while nobody knows the account of the owner. */
  | { kind: 'rest'; isWhole: boolean }
  /** The ticket was given to an account: the defect follows, once somebody knows whose it is. */
  | { kind: 'take'; account: string }
  /** The defect was given to somebody: the ticket follows. */
  | { kind: 'give'; add: string | null; remove: string | null; isWhole: boolean };

/**
 * What to do where a defect and its ticket may both have been given to somebody else.
 * 1. Of a ticket that was just linked nothing is news; one that nobody is assigned to is given to the owner.
 * 2. Where the owner is among the assignees both say the same, whoever else is assigned.
 * 3. What only one side changed, the other follows; what both changed goes by the later change, at the same instant by the
 *    ticket's, since a person made it. An echo of what was being given is no change.
 * 4. The account that was added counts; where none was added, the first that is left. One that nobody is assigned to any
 *    more keeps its owner here: what is to be done needs one.
 * 5. Given, only the account of the owner before is taken away.
 *
 * @param before the accounts of the owner that both agreed on
 */
export function mergeOwner(
  agreed: AgreedOwner | null,
  ours: Ours,
  theirs: Theirs,
  before: readonly string[] = [],
): OwnerStep {
  const isNamed = ours.accounts.some((account) => theirs.assignees.includes(account));
  const was = before.find((account) => theirs.assignees.includes(account));
  // Cut short between the two, it has the new one and the one before.
  const isHalf = agreed?.given != null && was !== undefined && !ours.accounts.includes(was);
  if (isNamed) return isHalf ? give(ours, was) : REST;
  if (!agreed) return theirs.assignees.length === 0 && ours.ownerId ? give(ours, null) : REST;
  const added = theirs.assignees.filter((account) => !agreed.assignees.includes(account));
  const isEcho = theirs.isOwn && agreed.given !== null && added.length === 1 && added[0] === agreed.given;
  const theirsChanged = !isEcho && !hasSameMembers(theirs.assignees, agreed.assignees);
  const oursChanged = ours.ownerId !== agreed.ownerId;
  if (oursChanged && (!theirsChanged || ours.at > theirs.at)) {
    return give(ours, (isEcho ? agreed.given : was) ?? null);
  }
  const account = added[0] ?? theirs.assignees[0];
  return theirsChanged && account !== undefined ? { kind: 'take', account } : REST;
}

const REST: OwnerStep = { kind: 'rest', isWhole: true };

function give({ ownerId, accounts }: Ours, remove: string | null): OwnerStep {
  const add = accounts[0] ?? null;
  const isWhole = add !== null || ownerId === null;
  return add === null && remove === null ? { kind: 'rest', isWhole } : { kind: 'give', add, remove, isWhole };
}
