import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { mustBe } from '../programs/programs.ts';
import { decisionBatches } from '../schema/rituals.ts';

export type DecisionBatch = typeof decisionBatches.$inferSelect;

export async function insertBatch(tx: Db, batch: typeof decisionBatches.$inferInsert): Promise<DecisionBatch> {
  const [row] = await tx.insert(decisionBatches).values(batch).returning();
  return mustBe(row);
}

export async function findBatch(db: Db, programId: number, id: number): Promise<DecisionBatch | null> {
  const [row] = await db
    .select()
    .from(decisionBatches)
    .where(and(eq(decisionBatches.programId, programId), eq(decisionBatches.id, id)));
  return row ?? null;
}

/** Null where somebody else has taken it back already. */
export async function markBatchUndone(
  tx: Db,
  id: number,
  undone: { by: string; at: Date },
): Promise<DecisionBatch | null> {
  const [row] = await tx
    .update(decisionBatches)
    .set({ undoneBy: undone.by, undoneAt: undone.at })
    .where(and(eq(decisionBatches.id, id), isNull(decisionBatches.undoneAt)))
    .returning();
  return row ?? null;
}
