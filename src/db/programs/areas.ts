import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { criteria, defects, groupingRules, reports } from '../schema/defects.ts';
import { areaMetrics } from '../schema/reliability.ts';
import { signalSources } from '../schema/signals.ts';
import { areas } from '../schema/workspaces.ts';
import { type Area, mustBe } from './programs.ts';

export async function insertArea(tx: Db, area: typeof areas.$inferInsert): Promise<Area> {
  const [row] = await tx.insert(areas).values(area).returning();
  return mustBe(row);
}

export async function updateArea(tx: Db, id: number, patch: Partial<typeof areas.$inferInsert>): Promise<void> {
  await tx.update(areas).set(patch).where(eq(areas.id, id));
}

const OPEN = ['new', 'accepted', 'claimed'] as const;

/** How many open defects each area has. */
export async function countOpenByArea(db: Db, programId: number): Promise<ReadonlyMap<number, number>> {
  const counted = await db
    .select({ areaId: defects.areaId, open: count() })
    .from(defects)
    .where(and(eq(defects.programId, programId), inArray(defects.state, [...OPEN])))
    .groupBy(defects.areaId);
  return new Map(counted.map(({ areaId, open }) => [areaId, open]));
}

/** The open defects that are proven by a figure of an area. */
export async function listProvenByFigureOf(db: Db, areaId: number): Promise<number[]> {
  const found = await db
    .selectDistinct({ number: defects.number })
    .from(criteria)
    .innerJoin(defects, eq(defects.id, criteria.defectId))
    .where(and(inArray(defects.state, [...OPEN]), sql`(${criteria.criterion}->>'areaId')::bigint = ${areaId}`))
    .orderBy(asc(defects.number));
  return found.map(({ number }) => number);
}

/** What is in an area, whatever its state. */
export async function countHoldings(
  db: Db,
  areaId: number,
): Promise<{ defects: number; sources: number; rules: number; hasMetrics: boolean }> {
  const [ofDefects] = await db.select({ count: count() }).from(defects).where(eq(defects.areaId, areaId));
  const [ofSources] = await db.select({ count: count() }).from(signalSources).where(eq(signalSources.areaId, areaId));
  const [ofRules] = await db.select({ count: count() }).from(groupingRules).where(eq(groupingRules.areaId, areaId));
  const metrics = await db
    .select({ areaId: areaMetrics.areaId })
    .from(areaMetrics)
    .where(eq(areaMetrics.areaId, areaId));
  return {
    defects: mustBe(ofDefects).count,
    sources: mustBe(ofSources).count,
    rules: mustBe(ofRules).count,
    hasMetrics: metrics.length > 0,
  };
}

/** The defects of an area that are open, for the log of what moved. */
export async function listOpenInArea(db: Db, areaId: number): Promise<{ id: number; programId: number }[]> {
  return db
    .select({ id: defects.id, programId: defects.programId })
    .from(defects)
    .where(and(eq(defects.areaId, areaId), inArray(defects.state, [...OPEN])))
    .orderBy(asc(defects.id));
}

/** Gives all that an area holds to another one. */
export async function moveHoldings(tx: Db, from: number, into: number): Promise<void> {
  for (const table of [defects, reports, signalSources, groupingRules])
    await tx.update(table).set({ areaId: into }).where(eq(table.areaId, from));
}
