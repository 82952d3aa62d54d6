import type { Db } from '../engine/client.ts';
import { groupings } from '../schema/defects.ts';

/** Remembers that two defects are the same failure, or are not. The newest word on a pair counts. */
export async function rememberGrouping(
  tx: Db,
  programId: number,
  verdict: 'must_link' | 'cannot_link',
  oneId: number,
  otherId: number,
  decided: { by: string; now: Date },
): Promise<void> {
  const row = {
    programId,
    verdict,
    aId: Math.min(oneId, otherId),
    bId: Math.max(oneId, otherId),
    decidedBy: decided.by,
    at: decided.now,
  };
  await tx
    .insert(groupings)
    .values(row)
    .onConflictDoUpdate({
      target: [groupings.programId, groupings.aId, groupings.bId],
      set: { verdict: row.verdict, decidedBy: row.decidedBy, at: row.at },
    });
}
