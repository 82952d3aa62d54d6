import {
  type AccountHome,
  keepAccount,
  keepUnknownPerson,
  listTrackerPeople,
} from '../../../db/trackers/tracker-people.ts';
import type { Account, Assigning } from '../../../domain/trackers/assigning.ts';
import type { TrackerAnswer } from '../../../domain/trackers/tracker.ts';
import { homeOf } from '../../../domain/trackers/tracker-person.ts';
import type { Db, Program } from '../../doing.ts';
import type { SlackPeople } from './slack-people.ts';

export type Finding = {
  db: Db;
  program: Program;
  at: AccountHome;
  assigning: Assigning;
  slack: SlackPeople;
  now: Date;
};

/** Where the accounts of a tracker are ones, for a program. */
export function accountHome(
  { id: programId }: Pick<Program, 'id'>,
  tracker: Parameters<typeof homeOf>[0],
): AccountHome {
  return { programId, kind: tracker.kind, home: homeOf(tracker) };
}

/**
 * Looks once for whom an account belongs to: by its e-mail, where the tracker tells it and Slack knows it. What is found is
 * kept, and that nobody was found too, so that it is not looked for again. False where Slack gave no answer.
 */
export async function findPersonOf(
  { db, program, at, assigning, slack, now }: Finding,
  account: Account,
): Promise<TrackerAnswer<boolean>> {
  if ((await listTrackerPeople(db, at)).some((one) => one.account === account.id)) return { ok: true };
  const email = await emailOfAccount(assigning, account);
  if ('trouble' in email) return email;
  const userId = email.ok === null ? null : await slack.findByEmail(program.workspaceId, email.ok);
  if (userId === 'unknown') return { ok: false };
  const known = { account: account.id, name: account.name, userId, knownBy: userId === null ? null : 'email' } as const;
  await keepAccount(db, at, known, now);
  return { ok: true };
}

/** A list of tickets may leave out what the account itself tells. */
async function emailOfAccount(assigning: Assigning, account: Account): Promise<TrackerAnswer<string | null>> {
  if (account.email !== null) return { ok: account.email };
  const known = await assigning.findAccount(account.name);
  if ('trouble' in known) return known;
  return { ok: known.ok?.id === account.id ? known.ok.email : null };
}

/** The same from the other side: looks once for the account of somebody. */
export async function findAccountOf(
  { db, program, at, assigning, slack, now }: Finding,
  userId: string,
): Promise<TrackerAnswer<boolean>> {
  if ((await listTrackerPeople(db, at)).some((one) => one.userId === userId)) return { ok: true };
  const email = await slack.emailOf(program.workspaceId, userId);
  if (email === 'unknown') return { ok: false };
  const found = email === null || !isPlain(email) ? { ok: null } : await assigning.findAccount(email);
  if ('trouble' in found) return found;
  if (found.ok) {
    const { id: account, name } = found.ok;
    const kept = await keepAccount(db, at, { account, name, userId, knownBy: 'email' }, now);
    // Somebody has said that it is another person's.
    if (kept.userId === userId) return { ok: true };
  }
  await keepUnknownPerson(db, at, userId, now);
  return { ok: true };
}

// What is searched for must be nothing but an address.
function isPlain(email: string): boolean {
  return /^[\w.+'-]{1,64}@[\w.-]{1,190}$/.test(email);
}
