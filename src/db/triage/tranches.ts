import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { inRankOrder } from '../defects/rank-order.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects } from '../schema/defects.ts';
import { trancheDefects, tranches } from '../schema/rituals.ts';

export type Tranche = typeof tranches.$inferSelect;

export async function findLatestTranche(db: Db, programId: number): Promise<Tranche | null> {
  const [row] = await db
    .select()
    .from(tranches)
    .where(eq(tranches.programId, programId))
    .orderBy(desc(tranches.number))
    .limit(1);
  return row ?? null;
}

/** Inserts a tranche, or answers null where the program has one of this number already. */
export async function insertTranche(tx: Db, tranche: typeof tranches.$inferInsert): Promise<Tranche | null> {
  const [row] = await tx
    .insert(tranches)
    .values(tranche)
    .onConflictDoNothing({ target: [tranches.programId, tranches.number] })
    .returning();
  return row ?? null;
}

export async function updateTranche(tx: Db, id: number, endsAt: Date): Promise<void> {
  await tx.update(tranches).set({ endsAt }).where(eq(tranches.id, id));
}

/** Commits a tranche to defects, with the heat that they have at this moment. */
export async function insertTrancheDefects(
  tx: Db,
  trancheId: number,
  committed: readonly { id: number; heatLevel: number }[],
): Promise<void> {
  if (committed.length === 0) return;
  await tx
    .insert(trancheDefects)
    .values(committed.map(({ id, heatLevel }) => ({ trancheId, defectId: id, heatLevel })))
    .onConflictDoNothing();
}

export type CommittedRow = {
  id: number;
  number: number;
  title: string;
  state: typeof defects.$inferSelect.state;
  levelThen: number;
  levelNow: number;
  failures: number;
};

/** What a tranche committed to, hottest first, with how often each came back since the tranche began. */
export async function listCommitted(db: Db, tranche: Tranche): Promise<CommittedRow[]> {
  const found = await db
    .select({
      id: defects.id,
      number: defects.number,
      title: defects.title,
      state: defects.state,
      levelThen: trancheDefects.heatLevel,
      levelNow: defects.heatLevel,
    })
    .from(trancheDefects)
    .innerJoin(defects, eq(defects.id, trancheDefects.defectId))
    .where(eq(trancheDefects.trancheId, tranche.id))
    .orderBy(desc(trancheDefects.heatLevel), defects.number);
  const failures = await countComebacks(db, tranche);
  return found.map((row) => ({ ...row, failures: failures.get(row.id) ?? 0 }));
}

async function countComebacks(db: Db, tranche: Tranche): Promise<Map<number, number>> {
  const found = await rows<{ defectId: string; count: number }>(
    db,
    sql`select event.defect_id as "defectId", count(*)::int as count
        from ${defectEvents} event
        join ${trancheDefects} committed on committed.defect_id = event.defect_id
        where committed.tranche_id = ${tranche.id} and event.kind in ${comebackKinds}
          and event.at > ${instant(tranche.startsAt)}
        group by 1`,
  );
  return new Map(found.map(({ defectId, count }) => [Number(defectId), Number(count)]));
}

/** Everything accepted or claimed, by rank: what the next tranche is committed to. */
export async function listOnBurndownList(db: Db, programId: number) {
  return db
    .select({
      id: defects.id,
      number: defects.number,
      title: defects.title,
      state: defects.state,
      ownerId: defects.ownerId,
      heatLevel: defects.heatLevel,
    })
    .from(defects)
    .where(and(eq(defects.programId, programId), inArray(defects.state, ['accepted', 'claimed'])))
    .orderBy(...inRankOrder);
}

/** Defects that nobody has accepted yet, by rank: what the next tranche might take on. */
export async function listProposable(db: Db, programId: number, limit: number) {
  const { number, title, heatLevel, quietHalvings } = defects;
  return db
    .select({ number, title, heatLevel, quietHalvings })
    .from(defects)
    .where(and(eq(defects.programId, programId), eq(defects.state, 'new')))
    .orderBy(...inRankOrder)
    .limit(limit);
}
