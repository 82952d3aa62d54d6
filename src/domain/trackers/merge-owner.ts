import { hasSameMembers } from './same-members.ts';

/** How both sides stood when they were last brought together. */
export type AgreedOwner = {
  /** The owner that the ticket names; null where it names none, or where nobody knows yet who that is there. */
  ownerId: string | null;
  /** Since when it had that owner; another instant is another edit, also where it leads back to the same. Null where nobody knows. */
  ownerAt: Date | null;
  /** The same of the assignees, by the tracker's clock; null where nobody asked. */
  assignedAt: Date | null;
  /** The accounts that the ticket is assigned to. */
  assignees: readonly string[];
  /** The account that was being assigned when nobody could tell any more whether it arrived; null where all is known. */
  given: string | null;
  /** The accounts that were being taken away at that moment. */
  leaving: readonly string[];
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
  | { kind: 'give'; add: string | null; remove: readonly string[]; isWhole: boolean };

/** Whether what was being assigned has arrived, by our own account: both agreed on that then. */
export function hasArrived({ given, assignees }: AgreedOwner, theirs: Theirs): boolean {
  const added = theirs.assignees.filter((account) => !assignees.includes(account));
  return theirs.isOwn && given !== null && added.length === 1 && added[0] === given;
}

/**
 * What to do where a defect and its ticket may both have been given to somebody else.
 * 1. Of a ticket that was just linked nothing is news; one that nobody is assigned to is given to the owner.
 * 2. Where the owner is among the assignees both say the same, whoever else is assigned.
 * 3. What only one side changed, the other follows; what both changed goes by the later change, at the same instant by the
 *    ticket's, since a person made it. What was changed and changed back was changed; an echo of what was being given
 *    is no change.
 * 4. The account that was added counts; where none was added, the first that is left. One that nobody is assigned to any
 *    more keeps its owner here: what is to be done needs one.
 * 5. Given, only the account of the owner before is taken away, with those that were being assigned or taken away when the
 *    owner changed again.
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
  const ownOnes = new Set([...before, ...(agreed?.given ? [agreed.given] : []), ...(agreed?.leaving ?? [])]);
  const remove = [...ownOnes].filter(
    (account) => theirs.assignees.includes(account) && !ours.accounts.includes(account),
  );
  // Cut short between the two, it has the new one and the one before.
  if (isNamed && agreed?.given && remove.length > 0) return { kind: 'give', add: null, remove, isWhole: true };
  if (isNamed) return REST;
  if (!agreed) return theirs.assignees.length === 0 && ours.ownerId ? give(ours, []) : REST;
  const isEcho = hasArrived(agreed, theirs);
  // Ours was that when it was given, so it has changed since, though it may be back at what both agreed on.
  const isNew = agreed.ownerAt !== null && ours.at > agreed.ownerAt;
  const oursChanged = isEcho || isNew || ours.ownerId !== agreed.ownerId;
  const isLater = theirs.at >= ours.at;
  const isAgain = oursChanged && !theirs.isOwn && (agreed.assignedAt === null || theirs.at > agreed.assignedAt);
  const theirsChanged = !isEcho && (!hasSameMembers(theirs.assignees, agreed.assignees) || isAgain);
  if (oursChanged && !(theirsChanged && isLater)) return give(ours, remove);
  const added = theirs.assignees.find((account) => !agreed.assignees.includes(account));
  const account = added ?? theirs.assignees[0];
  return theirsChanged && account !== undefined ? { kind: 'take', account } : REST;
}

const REST: OwnerStep = { kind: 'rest', isWhole: true };

function give({ ownerId, accounts }: Ours, remove: readonly string[]): OwnerStep {
  const add = accounts[0] ?? null;
  const isWhole = add !== null || ownerId === null;
  return add === null && remove.length === 0 ? { kind: 'rest', isWhole } : { kind: 'give', add, remove, isWhole };
}
