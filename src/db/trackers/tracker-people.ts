import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { TrackerKind } from '../../domain/trackers/tracker.ts';
import type { KnownBy } from '../../domain/trackers/tracker-person.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defects } from '../schema/defects.ts';
import { tickets, trackerPeople, trackers } from '../schema/trackers.ts';

export type TrackerPersonRow = typeof trackerPeople.$inferSelect;
/** Where accounts are known by their ids, in one program. */
export type AccountHome = { programId: number; kind: TrackerKind; home: string };

/** Accounts and people of one place, those whose other side nobody knows first. */
export async function listTrackerPeople(db: Db, at: AccountHome): Promise<TrackerPersonRow[]> {
  return db
    .select()
    .from(trackerPeople)
    .where(inHome(at))
    .orderBy(sql`${trackerPeople.knownBy} is not null`, asc(trackerPeople.name), asc(trackerPeople.id));
}

export async function lockTrackerPerson(tx: Db, programId: number, id: number): Promise<TrackerPersonRow | null> {
  const [row] = await tx
    .select()
    .from(trackerPeople)
    .where(and(eq(trackerPeople.programId, programId), eq(trackerPeople.id, id)))
    .for('no key update');
  return row ?? null;
}

export async function findTrackerPerson(db: Db, programId: number, id: number): Promise<TrackerPersonRow | null> {
  const [row] = await db
    .select()
    .from(trackerPeople)
    .where(and(eq(trackerPeople.programId, programId), eq(trackerPeople.id, id)));
  return row ?? null;
}

type Known = { account: string; name: string; userId: string | null; knownBy: KnownBy | null };

/** Keeps who an account is, unless that is known already; what a person says counts in any case. */
export async function keepAccount(tx: Db, at: AccountHome, known: Known, now: Date): Promise<TrackerPersonRow> {
  const { name, userId, knownBy } = known;
  const said = { name, userId, knownBy, changedAt: now };
  const [kept] = await tx
    .insert(trackerPeople)
    .values({ ...at, ...known, changedAt: now })
    .onConflictDoUpdate({
      target: [trackerPeople.programId, trackerPeople.kind, trackerPeople.home, trackerPeople.account],
      targetWhere: sql`account is not null`,
      set: said,
      setWhere:
        knownBy === 'person' ? sql`true` : sql`${trackerPeople.knownBy} is null and ${knownBy}::text is not null`,
    })
    .returning();
  // Who has an account is asked no more.
  if (kept?.userId) await tx.delete(trackerPeople).where(and(inHome(at), waiting(kept.userId)));
  const [row] = kept
    ? [kept]
    : await tx
        .select()
        .from(trackerPeople)
        .where(and(inHome(at), isAccount(known.account)));
  if (!row) throw new Error('An account was forgotten at the moment at which it was kept.');
  return row;
}

/** Keeps that nobody knows which account somebody has. */
export async function keepUnknownPerson(
  tx: Db,
  at: AccountHome,
  userId: string,
  now: Date,
): Promise<TrackerPersonRow | null> {
  await tx
    .insert(trackerPeople)
    .values({ ...at, userId, changedAt: now })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(trackerPeople)
    .where(and(inHome(at), waiting(userId)));
  return row ?? null;
}

export async function updateTrackerPerson(
  tx: Db,
  id: number,
  patch: Partial<typeof trackerPeople.$inferInsert>,
): Promise<void> {
  await tx.update(trackerPeople).set(patch).where(eq(trackerPeople.id, id));
}

/** It is known now who somebody is: what waits for that is looked at soon. */
export async function callTicketsOf(
  tx: Db,
  { programId, kind }: AccountHome,
  { accounts, userIds }: { accounts: readonly string[]; userIds: readonly string[] },
  now: Date,
): Promise<void> {
  const list = (values: readonly string[]) =>
    sql`(select value from jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;
  await rows(
    tx,
    sql`update ${tickets} t set due_at = ${instant(now)}, calls = calls + 1
        from ${trackers} r, ${defects} d
        where r.id = t.tracker_id and d.id = t.defect_id and t.program_id = ${programId} and r.kind = ${kind}
          and t.unlinked_at is null and t.trouble is null and (d.owner_id in ${list(userIds)} or exists (
            select from jsonb_array_elements(coalesce(t.assignees, '[]'::jsonb)) one where one->>'id' in ${list(accounts)}))
        returning 1 as one`,
  );
}

function inHome({ programId, kind, home }: AccountHome) {
  return and(eq(trackerPeople.programId, programId), eq(trackerPeople.kind, kind), eq(trackerPeople.home, home));
}

function isAccount(account: string) {
  return eq(trackerPeople.account, account);
}

function waiting(userId: string) {
  return and(eq(trackerPeople.userId, userId), isNull(trackerPeople.account));
}
