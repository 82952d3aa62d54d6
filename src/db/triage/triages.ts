import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, min, sql } from 'drizzle-orm';
import type { Decision } from '../../domain/vocabulary.ts';
import type { DefectInArea } from '../defects/defects.ts';
import { hasEventsAfter } from '../defects/recent-events.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { mustBe } from '../programs/programs.ts';
import { defectEvents, defects } from '../schema/defects.ts';
import { triageItems, triages } from '../schema/rituals.ts';
import { areas } from '../schema/workspaces.ts';

export type Triage = typeof triages.$inferSelect;
export type TriageItem = typeof triageItems.$inferSelect;
export type TriageItemOfDefect = { item: TriageItem; defect: DefectInArea };

/** Inserts a triage, or answers null where the program has one of this instant, or another open one, already. */
export async function insertTriage(tx: Db, triage: typeof triages.$inferInsert): Promise<Triage | null> {
  const [row] = await tx.insert(triages).values(triage).onConflictDoNothing().returning();
  return row ?? null;
}

export async function insertTriageItems(
  tx: Db,
  items: readonly (typeof triageItems.$inferInsert)[],
): Promise<TriageItem[]> {
  if (items.length === 0) return [];
  return tx
    .insert(triageItems)
    .values([...items])
    .returning();
}

export async function findTriage(db: Db, programId: number, id: number): Promise<Triage | null> {
  const [row] = await db
    .select()
    .from(triages)
    .where(and(eq(triages.programId, programId), eq(triages.id, id)));
  return row ?? null;
}

export async function findTriageDueAt(db: Db, programId: number, dueAt: Date): Promise<Triage | null> {
  const [row] = await db
    .select()
    .from(triages)
    .where(and(eq(triages.programId, programId), eq(triages.dueAt, dueAt)));
  return row ?? null;
}

/** The last triage of the program that was due before an instant. */
export async function findTriageBefore(db: Db, programId: number, before: Date): Promise<Triage | null> {
  const [row] = await db
    .select()
    .from(triages)
    .where(and(eq(triages.programId, programId), lt(triages.dueAt, before)))
    .orderBy(desc(triages.dueAt))
    .limit(1);
  return row ?? null;
}

/** Who of these people facilitated last. */
export async function findLastFacilitator(db: Db, programId: number, among: readonly string[]): Promise<string | null> {
  if (among.length === 0) return null;
  const [row] = await db
    .select({ facilitatorId: triages.facilitatorId })
    .from(triages)
    .where(and(eq(triages.programId, programId), inArray(triages.facilitatorId, [...among])))
    .orderBy(desc(triages.dueAt))
    .limit(1);
  return row?.facilitatorId ?? null;
}

/**
 * The program's open triage, held until the transaction ends, so that its counts are written one after another.
 * Whoever also holds defects takes them first.
 */
export async function lockOpenTriage(tx: Db, programId: number): Promise<Triage | null> {
  const [row] = await tx
    .select()
    .from(triages)
    .where(and(eq(triages.programId, programId), isNull(triages.closedAt)))
    .for('update');
  return row ?? null;
}

/** The same triage, held against whoever else would change its messages until the transaction ends. */
export async function lockTriage(tx: Db, programId: number, id: number): Promise<Triage | null> {
  const [row] = await tx
    .select()
    .from(triages)
    .where(and(eq(triages.programId, programId), eq(triages.id, id)))
    .for('update');
  return row ?? null;
}

/** The program's open triage, or null. */
export async function findOpenTriage(db: Db, programId: number): Promise<Triage | null> {
  const [row] = await db
    .select()
    .from(triages)
    .where(and(eq(triages.programId, programId), isNull(triages.closedAt)));
  return row ?? null;
}

/** The open triages of which something has happened that their messages do not show. */
export async function listStaleTriages(db: Db, afterEventId: number): Promise<Triage[]> {
  return db
    .select()
    .from(triages)
    .where(
      and(
        isNull(triages.closedAt),
        hasEventsAfter(sql`${triages.programId}`, afterEventId),
        sql`exists (select 1 from ${defectEvents} event
                    where event.program_id = ${triages.programId} and event.id > ${triages.shownEventId})`,
      ),
    )
    .orderBy(asc(triages.id));
}

/**
 * The triages closed since an instant that left a defect open so often that the leads were asked to settle it, where
 * something has happened to it that this question does not show.
 */
export async function listStaleEscalations(
  db: Db,
  { since, streak }: { since: Date; streak: number },
  afterEventId: number,
): Promise<Triage[]> {
  return db
    .select()
    .from(triages)
    .where(
      and(
        gt(triages.closedAt, since),
        hasEventsAfter(sql`${triages.programId}`, afterEventId),
        sql`exists (select 1 from ${triageItems} item
                    join ${defectEvents} event on event.defect_id = item.defect_id
                    where item.triage_id = ${triages.id} and event.id > ${triages.shownEventId}
                      and (item.decision is null or item.decision = 'defer') and item.streak + 1 >= ${streak})`,
      ),
    )
    .orderBy(asc(triages.id));
}

/** Remembers that the messages of a triage show everything up to now. */
export async function markTriageShown(tx: Db, triage: Triage): Promise<void> {
  await tx
    .update(triages)
    .set({
      shownEventId: sql`coalesce((select max(id) from ${defectEvents} where program_id = ${triage.programId}), 0)`,
    })
    .where(eq(triages.id, triage.id));
}

/** Whoever answered the item that the overdue share first. */
export async function markNewDates(tx: Db, triageId: number, answered: { by: string; at: Date }): Promise<Triage> {
  const [row] = await tx
    .update(triages)
    .set({
      overdueBy: sql`coalesce(${triages.overdueBy}, ${answered.by})`,
      overdueAt: sql`coalesce(${triages.overdueAt}, ${instant(answered.at)})`,
    })
    .where(eq(triages.id, triageId))
    .returning();
  return mustBe(row);
}

/** Closes a triage once: null where somebody else already has. */
export async function markTriageClosed(
  tx: Db,
  triageId: number,
  closed: { at: Date; by: string | null; isOverdueSettled: boolean },
): Promise<Triage | null> {
  const [row] = await tx
    .update(triages)
    .set({
      ...{ closedAt: closed.at, closedBy: closed.by },
      ...(closed.isOverdueSettled ? { overdueAt: sql`coalesce(${triages.overdueAt}, ${instant(closed.at)})` } : {}),
    })
    .where(and(eq(triages.id, triageId), isNull(triages.closedAt)))
    .returning();
  return row ?? null;
}

export async function listDueTriages(db: Db, now: Date): Promise<Triage[]> {
  return db
    .select()
    .from(triages)
    .where(and(isNull(triages.closedAt), lte(triages.closesAt, now)))
    .orderBy(asc(triages.closesAt), asc(triages.id));
}

/** When the first of the open triages closes by itself. */
export async function nextTriageClosesAt(db: Db): Promise<Date | null> {
  const [next] = await db
    .select({ at: min(triages.closesAt) })
    .from(triages)
    .where(isNull(triages.closedAt));
  return next?.at ?? null;
}

export async function listTriageItems(db: Db, triageId: number): Promise<TriageItemOfDefect[]> {
  const found = await db
    .select()
    .from(triageItems)
    .innerJoin(defects, eq(defects.id, triageItems.defectId))
    .innerJoin(areas, eq(areas.id, defects.areaId))
    .where(eq(triageItems.triageId, triageId))
    .orderBy(asc(triageItems.position));
  return found.map((row) => ({ item: row.triage_items, defect: { ...row.defects, area: row.areas.name } }));
}

export async function findTriageItem(db: Db, triageId: number, defectId: number): Promise<TriageItem | null> {
  const [row] = await db
    .select()
    .from(triageItems)
    .where(and(eq(triageItems.triageId, triageId), eq(triageItems.defectId, defectId)));
  return row ?? null;
}

/** Records a decision on an item that has none yet. Null where somebody else was faster. */
export async function markItemDecided(
  tx: Db,
  itemId: number,
  decided: { decision: Decision; by: string; at: Date; outcome: string },
): Promise<TriageItem | null> {
  const [row] = await tx
    .update(triageItems)
    .set({ decision: decided.decision, decidedBy: decided.by, decidedAt: decided.at, outcome: decided.outcome })
    .where(and(eq(triageItems.id, itemId), isNull(triageItems.decision)))
    .returning();
  return row ?? null;
}

/** The items of a defect in threads that are closed, the latest first. */
export async function listPastItems(
  db: Db,
  programId: number,
  defectId: number,
): Promise<{ item: TriageItem; triage: Triage }[]> {
  return db
    .select({ item: triageItems, triage: triages })
    .from(triageItems)
    .innerJoin(triages, eq(triages.id, triageItems.triageId))
    .where(and(eq(triageItems.defectId, defectId), eq(triages.programId, programId), isNotNull(triages.closedAt)))
    .orderBy(desc(triages.dueAt));
}

/** Remembers what became of an item after its thread was closed, or that this was taken back. How the thread left it stays. */
export async function markSettledAfterwards(
  tx: Db,
  itemId: number,
  settled: { by: string; at: Date; outcome: string } | null,
): Promise<void> {
  const { by = null, at = null, outcome = null } = settled ?? {};
  await tx.update(triageItems).set({ decidedBy: by, decidedAt: at, outcome }).where(eq(triageItems.id, itemId));
}

/** Takes back what was decided on an item. */
export async function markItemUndecided(tx: Db, triageId: number, defectId: number): Promise<void> {
  await tx
    .update(triageItems)
    .set({ decision: null, decidedBy: null, decidedAt: null, outcome: null })
    .where(and(eq(triageItems.triageId, triageId), eq(triageItems.defectId, defectId)));
}

/** How each defect fared when it was last in a thread of the program. */
export type LastTime = { defectId: number; decision: Decision | null; streak: number; openedAt: Date };

export async function listLastTimes(db: Db, programId: number): Promise<LastTime[]> {
  const found = await rows<{ defectId: string; decision: Decision | null; streak: number; openedAt: Date | string }>(
    db,
    sql`select distinct on (item.defect_id) item.defect_id as "defectId", item.decision, item.streak,
               triage.opened_at as "openedAt"
        from ${triageItems} item
        join ${triages} triage on triage.id = item.triage_id
        where triage.program_id = ${programId} and triage.closed_at is not null
        order by item.defect_id, triage.due_at desc`,
  );
  return found.map((row) => ({
    defectId: Number(row.defectId),
    decision: row.decision,
    streak: row.streak,
    openedAt: new Date(row.openedAt),
  }));
}
