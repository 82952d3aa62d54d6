import { asc, eq } from 'drizzle-orm';
import type { Criterion } from '../../domain/proof/criteria.ts';
import type { Db } from '../engine/client.ts';
import { criteria } from '../schema/defects.ts';

export type StoredCriterion = typeof criteria.$inferSelect;

export async function listCriteria(db: Db, defectId: number): Promise<StoredCriterion[]> {
  return db.select().from(criteria).where(eq(criteria.defectId, defectId)).orderBy(asc(criteria.id));
}

/** The criteria of a defect become exactly these; evidence of earlier ones is dropped with them. */
export async function replaceCriteria(
  tx: Db,
  defectId: number,
  wanted: readonly Criterion[],
  now: Date,
): Promise<void> {
  await tx.delete(criteria).where(eq(criteria.defectId, defectId));
  if (wanted.length === 0) return;
  await tx.insert(criteria).values(wanted.map((criterion) => ({ defectId, criterion, createdAt: now })));
}

export async function updateCriterion(
  tx: Db,
  id: number,
  patch: Partial<Pick<StoredCriterion, 'metAt' | 'metBy' | 'evidence'>>,
): Promise<void> {
  await tx.update(criteria).set(patch).where(eq(criteria.id, id));
}
