import type { Db } from '../../db/engine/client.ts';
import { findPerson, type KnownPerson, listUnknownOwners, upsertPerson } from '../../db/people/people.ts';
import { cleanLine } from '../../domain/text.ts';

/** What Slack tells of a person. */
export type PersonFacts = { name: string; timeZone: string; isActive: boolean };

/** The question to Slack; null where it gives no answer. */
export type AskSlack = (userId: string) => Promise<PersonFacts | null>;

const NAME_LIMIT = 100;
const REFRESH_MS = 24 * 3_600_000;

/** A person as the bot knows them, asked for anew once a day. */
export async function knowPerson(
  db: Db,
  workspaceId: string,
  userId: string,
  now: Date,
  ask: AskSlack,
): Promise<KnownPerson | null> {
  const known = await findPerson(db, workspaceId, userId);
  if (known && Math.abs(now.getTime() - known.refreshedAt.getTime()) < REFRESH_MS) return known;
  const told = await ask(userId);
  if (!told) return known;
  const name = cleanLine(told.name, NAME_LIMIT) || userId;
  const person = { workspaceId, userId, ...told, name, refreshedAt: now };
  await upsertPerson(db, person);
  return person;
}

/** Learns the zones of whoever may be reminded, so that nobody is woken on another zone's morning. */
export async function knowOwners(db: Db, workspaceId: string, now: Date, ask: AskSlack): Promise<void> {
  const unknown = await listUnknownOwners(db, new Date(now.getTime() - REFRESH_MS));
  for (const { userId, ...of } of unknown) {
    if (of.workspaceId === workspaceId) await knowPerson(db, workspaceId, userId, now, ask);
  }
}
