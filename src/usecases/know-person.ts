import type { Db } from '../db/client.ts';
import { findPerson, type KnownPerson, upsertPerson } from '../db/people.ts';

/** What Slack tells of a person. */
export type PersonFacts = { name: string; timeZone: string; isAdmin: boolean; isActive: boolean };

const REFRESH_MS = 24 * 3_600_000;

/** A person as the bot knows them, asked for anew once a day. `ask` is the question to Slack. */
export async function knowPerson(
  db: Db,
  workspaceId: string,
  userId: string,
  now: Date,
  ask: (userId: string) => Promise<PersonFacts | null>,
): Promise<KnownPerson | null> {
  const known = await findPerson(db, workspaceId, userId);
  if (known && Math.abs(now.getTime() - known.refreshedAt.getTime()) < REFRESH_MS) return known;
  const told = await ask(userId);
  if (!told) return known;
  const person = { workspaceId, userId, ...told, refreshedAt: now };
  await upsertPerson(db, person);
  return person;
}
