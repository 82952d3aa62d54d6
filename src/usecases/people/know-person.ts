import type { Db } from '../../db/engine/client.ts';
import { findPerson, type KnownPerson, listUnknownOwners, upsertPerson } from '../../db/people/people.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { mergeAccounts } from './merge-accounts.ts';

/** What Slack tells of a person. */
export type PersonFacts = {
  name: string /** Empty where Slack knows none: then the program's counts. */;
  timeZone: string;
  isActive: boolean;
  /** The account that Slack answers with, where it is another one than was asked for. */
  becameId?: string;
  /** The same person's account in the whole organisation, where it is another one. */
  orgId?: string;
};

/** The question to Slack; null where it gives no answer. */
export type AskSlack = (userId: string) => Promise<PersonFacts | null>;

const NAME_LIMIT = 100;
const MOST_AT_ONCE = 50;
/** Before each morning's reminders, so that they know of whoever left the day before. */
const REFRESH_MS = DAY_MS / 2;

/** A person as the bot knows them, asked for anew where that is half a day old. */
export async function knowPerson(
  db: Db,
  workspaceId: string,
  userId: string,
  now: Date,
  ask: AskSlack,
): Promise<KnownPerson | null> {
  const known = await findPerson(db, workspaceId, userId);
  if (known && Math.abs(now.getTime() - known.refreshedAt.getTime()) < REFRESH_MS) return known;
  return askAnew(db, known, { workspaceId, userId }, now, ask);
}

/** Slack says that a person has changed: whoever the bot knows is asked for at once. Answers whether it knows them. */
export async function followPerson(
  db: Db,
  person: { workspaceId: string; userId: string },
  now: Date,
  ask: AskSlack,
): Promise<boolean> {
  const known = await findPerson(db, person.workspaceId, person.userId);
  if (known) await askAnew(db, known, person, now, ask);
  return known !== null;
}

async function askAnew(
  db: Db,
  known: KnownPerson | null,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  now: Date,
  ask: AskSlack,
): Promise<KnownPerson | null> {
  const told = await ask(userId);
  if (!told) return known;
  const into = told.becameId ?? (await knownAs(db, workspaceId, told.orgId));
  if (into) await mergeAccounts(db, { workspaceId, userId, into }, now);
  // Of a deactivated account Slack tells no full name and no zone any more.
  const { name: toldName, timeZone } = known && !told.isActive ? known : told;
  const name = cleanLine(toldName, NAME_LIMIT) || userId;
  const { isActive } = told;
  const person = { workspaceId, userId: into ?? userId, name, timeZone, isActive, refreshedAt: now };
  await upsertPerson(db, person);
  return person;
}

/** Where Slack uses both accounts of a person, it is the organisation's that stays. */
async function knownAs(db: Db, workspaceId: string, orgId: string | undefined): Promise<string | undefined> {
  return orgId && (await findPerson(db, workspaceId, orgId)) ? orgId : undefined;
}

/**
 * Learns the zones of whoever may be reminded, so that nobody is woken on another zone's morning. Whoever Slack says
 * nothing of is asked for after a growing pause, so that they keep nobody else waiting. False where others are left.
 */
export async function knowOwners(
  db: Db,
  workspaceId: string,
  now: Date,
  ask: AskSlack,
  pauses: LookupPauses,
): Promise<boolean> {
  const unknown = await listUnknownOwners(db, workspaceId, {
    knownSince: new Date(now.getTime() - REFRESH_MS),
    except: pauses.resting(now),
    limit: MOST_AT_ONCE,
  });
  for (const userId of unknown) {
    const person = await knowPerson(db, workspaceId, userId, now, ask);
    if (person?.refreshedAt.getTime() === now.getTime()) pauses.forget(userId);
    else pauses.failed(userId, now);
  }
  return unknown.length < MOST_AT_ONCE;
}

/** Whom a look-up failed for, and until when nobody asks again. */
export type LookupPauses = {
  failed: (userId: string, now: Date) => void;
  forget: (userId: string) => void;
  resting: (now: Date) => string[];
  /** Whether the pause of anybody is over. */
  isOver: (now: Date) => boolean;
};

const FIRST_PAUSE_MS = 60_000;

/** The pause doubles with each failure in a row, from a minute up to a day. */
export function createLookupPauses(): LookupPauses {
  const failures = new Map<string, { count: number; untilMs: number }>();
  return {
    failed: (userId, now) => {
      const count = (failures.get(userId)?.count ?? 0) + 1;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (count - 1), REFRESH_MS);
      failures.set(userId, { count, untilMs: now.getTime() + pauseMs });
    },
    forget: (userId) => {
      failures.delete(userId);
    },
    isOver: (now) => failures.values().some(({ untilMs }) => untilMs <= now.getTime()),
    resting: (now) => [...failures].filter(([, { untilMs }]) => untilMs > now.getTime()).map(([userId]) => userId),
  };
}
