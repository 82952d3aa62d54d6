import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Ranked } from '../../domain/defects/rank.ts';
import { isDefectNumber } from '../../domain/vocabulary.ts';
import type { Db } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { mustBe } from '../programs/programs.ts';
import { defects } from '../schema/defects.ts';
import { areas } from '../schema/workspaces.ts';
import { isOpen } from './open-states.ts';
import { inRankOrder } from './rank-order.ts';

export type Defect = typeof defects.$inferSelect;
/** A defect with the name of its area, as people read it. */
export type DefectInArea = Defect & { area: string };

/** Which part of the rank somebody asked for. */
export type RankFilter =
  | { kind: 'all' }
  | { kind: 'area'; areaId: number }
  | { kind: 'owner'; userId: string }
  | { kind: 'overdue'; todayOn: string }
  | { kind: 'unowned' }
  | { kind: 'proving' };

export async function insertDefect(tx: Db, defect: typeof defects.$inferInsert): Promise<Defect> {
  const [row] = await tx.insert(defects).values(defect).returning();
  return mustBe(row);
}

/** In any order. */
export async function insertDefects(tx: Db, rows: readonly (typeof defects.$inferInsert)[]): Promise<Defect[]> {
  return tx
    .insert(defects)
    .values([...rows])
    .returning();
}

export async function updateDefect(tx: Db, id: number, patch: Partial<typeof defects.$inferInsert>): Promise<Defect> {
  const [row] = await tx.update(defects).set(patch).where(eq(defects.id, id)).returning();
  return mustBe(row);
}

export async function findDefect(db: Db, programId: number, id: number): Promise<Defect | null> {
  const [row] = await db
    .select()
    .from(defects)
    .where(and(eq(defects.programId, programId), eq(defects.id, id)));
  return row ?? null;
}

export async function findDefectByNumber(db: Db, programId: number, number: number): Promise<DefectInArea | null> {
  if (!isDefectNumber(number)) return null;
  const [row] = await selectInArea(db)
    .where(and(eq(defects.programId, programId), eq(defects.number, number)))
    .limit(1);
  return row ? inArea(row) : null;
}

/** The same row, held against other writers until the transaction ends. */
export async function lockDefectByNumber(tx: Db, programId: number, number: number): Promise<Defect | null> {
  if (!isDefectNumber(number)) return null;
  const [row] = await tx
    .select()
    .from(defects)
    .where(and(eq(defects.programId, programId), eq(defects.number, number)))
    .for('no key update');
  return row ?? null;
}

export async function lockDefect(tx: Db, programId: number, id: number): Promise<Defect | null> {
  const [row] = await tx
    .select()
    .from(defects)
    .where(and(eq(defects.programId, programId), eq(defects.id, id)))
    .for('no key update');
  return row ?? null;
}

export async function listDefects(db: Db, programId: number, ids: readonly number[]): Promise<DefectInArea[]> {
  if (ids.length === 0) return [];
  const found = await selectInArea(db).where(and(eq(defects.programId, programId), inArray(defects.id, [...ids])));
  return found.map(inArea);
}

/** Open defects by rank. */
export async function listRanked(
  db: Db,
  programId: number,
  filter: RankFilter,
  page: { limit: number; offset?: number },
): Promise<DefectInArea[]> {
  const found = await selectInArea(db)
    .where(ranked(programId, filter))
    .orderBy(...inRankOrder)
    .limit(page.limit)
    .offset(page.offset ?? 0);
  return found.map(inArea);
}

/** @param most where there are more, one more than this is answered */
export async function countRanked(db: Db, programId: number, filter: RankFilter, most?: number): Promise<number> {
  const of = db.select({ id: defects.id }).from(defects).where(ranked(programId, filter));
  const counted = (most === undefined ? of : of.limit(most + 1)).as('counted');
  const [row] = await db.select({ count: count() }).from(counted);
  return Number(mustBe(row).count);
}

/** How many open defects rank before this one, by the same order as the list. */
export async function countAhead(db: Db, programId: number, defect: Ranked): Promise<number> {
  const tied = and(
    eq(defects.rankLevel, defect.rankLevel),
    sql`((${defects.regressedAt} is null), ${defects.firstSeenAt}, ${defects.number}) <
        (${defect.regressedAt === null}::boolean, ${instant(defect.firstSeenAt)}, ${defect.number}::int)`,
  );
  const [row] = await db
    .select({ count: count() })
    .from(defects)
    .where(and(ranked(programId, { kind: 'all' }), or(gt(defects.rankLevel, defect.rankLevel), tied)));
  return Number(mustBe(row).count);
}

/** The next defect ahead of this one in the list that does less harm; null where it stands as by harm alone. */
export async function findLessHarmfulAhead(
  db: Db,
  programId: number,
  { rankLevel, heatLevel }: Pick<Defect, 'rankLevel' | 'heatLevel'>,
): Promise<Defect | null> {
  const [row] = await db
    .select()
    .from(defects)
    .where(and(ranked(programId, { kind: 'all' }), gt(defects.rankLevel, rankLevel), lt(defects.heatLevel, heatLevel)))
    .orderBy(sql`${defects.rankLevel} nulls first`)
    .limit(1);
  return row ?? null;
}

function ranked(programId: number, filter: RankFilter): SQL | undefined {
  return and(eq(defects.programId, programId), isOpen, matching(filter));
}

function matching(filter: RankFilter): SQL | undefined {
  switch (filter.kind) {
    case 'all':
      return undefined;
    case 'area':
      return eq(defects.areaId, filter.areaId);
    case 'owner':
      return eq(defects.ownerId, filter.userId);
    case 'overdue':
      return and(eq(defects.state, 'accepted'), lt(defects.dueOn, filter.todayOn));
    case 'unowned':
      return isNull(defects.ownerId);
    case 'proving':
      return eq(defects.state, 'claimed');
  }
}

function selectInArea(db: Db) {
  return db.select().from(defects).innerJoin(areas, eq(areas.id, defects.areaId));
}

function inArea(row: { defects: Defect; areas: typeof areas.$inferSelect }): DefectInArea {
  return { ...row.defects, area: row.areas.name };
}

/** Every defect of a program, open or not, the one that does most harm first. */
export async function listAllDefects(db: Db, programId: number): Promise<DefectInArea[]> {
  const found = await selectInArea(db)
    .where(eq(defects.programId, programId))
    .orderBy(sql`${defects.heatLevel} desc nulls last`, asc(defects.number));
  return found.map(inArea);
}

/** Open defects on which somebody has been asked and has not answered. */
export async function listAsked(db: Db, programId: number, userId: string, limit: number): Promise<DefectInArea[]> {
  const found = await selectInArea(db)
    .where(and(ranked(programId, { kind: 'all' }), eq(defects.askedUserId, userId), isNotNull(defects.askedAt)))
    .orderBy(asc(defects.askedAt))
    .limit(limit);
  return found.map(inArea);
}

/** The ids of all defects that have reports. */
export async function listReportedDefects(db: Db, programId: number): Promise<number[]> {
  const found = await db
    .select({ id: defects.id })
    .from(defects)
    .where(and(eq(defects.programId, programId), gt(defects.reportCount, 0)))
    .orderBy(asc(defects.id));
  return found.map(({ id }) => id);
}

export async function setHeatLevel(tx: Db, id: number, level: number): Promise<void> {
  await tx.update(defects).set({ heatLevel: level }).where(eq(defects.id, id));
}
