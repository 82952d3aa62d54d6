import type { Db } from '../../../src/db/engine/client.ts';
import { upsertAreaMetrics } from '../../../src/db/reliability/area-metrics.ts';
import { insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { MONDAY } from '../../builders.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';

/** Billing, the second area of a program, with a target (a share, 0 to 1) and a source that may push its figures. */
export async function aFiguredArea(db: Db, program: ProgramInTest, target: number) {
  const areaId = program.areaIds[1] ?? 0;
  const setup = { target, periodDays: 28, thresholdSeconds: null, question: null };
  await upsertAreaMetrics(db, program.id, areaId, { ...setup, changedBy: 'ULEAD', changedAt: MONDAY });
  const { id: sourceId } = await insertSignalSource(db, {
    programId: program.id,
    kind: 'json',
    name: 'Figures',
    areaId,
    severity: 'S3',
    token: `figures of ${program.id}`,
    secrets: [],
    createdBy: 'ULEAD',
    createdAt: MONDAY,
  });
  return { areaId, sourceId };
}
