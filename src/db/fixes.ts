import { and, asc, eq, gt, isNotNull, or } from 'drizzle-orm';
import type { Db } from './client.ts';
import { defects } from './schema.ts';

/** Claimed fixes, and proven ones of whose defect something was seen since the fix was deployed. */
export async function listFixesToJudge(db: Db, programId: number): Promise<number[]> {
  const found = await db
    .select({ id: defects.id })
    .from(defects)
    .where(
      and(
        eq(defects.programId, programId),
        isNotNull(defects.deployedAt),
        or(eq(defects.state, 'claimed'), and(eq(defects.state, 'proven'), gt(defects.lastSeenAt, defects.deployedAt))),
      ),
    )
    .orderBy(asc(defects.id));
  return found.map(({ id }) => id);
}
