/** What an account is to the workspace that the bot is installed in. */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';

/**
 * Who asks. An account of an organisation may have an id of its own there: `ids` are all by which Slack calls it.
 * `isAdmin` is an owner or admin of the bot's own workspace.
 */
export type Person = { userId: string; ids: readonly string[]; standing: Standing; isAdmin: boolean };

/** What somebody may be in one program, the more the later. */
export type Role = 'stranger' | 'reader' | 'decider' | 'lead';

/** What a request needs. `answer` is for whoever was asked something. */
export type Right = 'report' | 'read' | 'answer' | 'decide' | 'lead';

const RIGHTS: Record<Role, readonly Right[]> = {
  stranger: ['report'],
  reader: ['report', 'read', 'answer'],
  decider: ['report', 'read', 'answer', 'decide'],
  lead: ['report', 'read', 'answer', 'decide', 'lead'],
};

export function may(role: Role, right: Right): boolean {
  return RIGHTS[role].includes(right);
}

/** What a program says of roles. */
export type RoleSettings = {
  leadIds: readonly string[];
  /** Null is everybody in the channel. */
  deciderIds: readonly string[] | null;
  strangersMayReport: boolean;
};

/** The channel of a program, as far as one person is concerned. */
export type Seat = { isPrivate: boolean; isInChannel: boolean };

/**
 * The role of a person in a program, null for whom it does not exist.
 *
 * 1. Deactivated accounts and bots have none.
 * 2. People of other organisations are strangers where the lead lets them report, in its channel only.
 * 3. Guests read in a channel that they are in, and never more.
 * 4. Full members read what is public, and what is private from within.
 * 5. Of those, leads and admins lead; the ones named decide, or everybody in the channel where nobody is named.
 */
export function roleIn(program: RoleSettings, person: Person, { isPrivate, isInChannel }: Seat): Role | null {
  if (person.standing === 'deactivated' || person.standing === 'bot') return null;
  if (person.standing === 'stranger') return program.strangersMayReport && isInChannel ? 'stranger' : null;
  if (person.standing === 'guest') return isInChannel ? 'reader' : null;
  if (isPrivate && !isInChannel) return null;
  if (person.isAdmin || isNamed(person, program.leadIds)) return 'lead';
  const decides = program.deciderIds === null ? isInChannel : isNamed(person, program.deciderIds);
  return decides ? 'decider' : 'reader';
}

export function isNamed({ ids }: Person, named: readonly string[]): boolean {
  return ids.some((id) => named.includes(id));
}

/** The role of a person in a program whose channel is gone: who leads it by name may still choose another one. */
export function roleWithoutChannel({ leadIds }: RoleSettings, person: Person): Role | null {
  return person.standing === 'member' && isNamed(person, leadIds) ? 'lead' : null;
}
