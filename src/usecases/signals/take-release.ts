import type { SignalOutcome } from '../../blocks/signals/signal-outcome.ts';
import type { Program } from '../../db/programs/programs.ts';
import { insertRelease } from '../../db/signals/releases.ts';
import type { SignalSource } from '../../db/signals/signal-sources.ts';
import { lookAtAllCodeSoon } from '../../db/trackers/trackers.ts';
import type { ReleaseSignal } from '../../domain/signals/signal.ts';
import { areaWordOf, rulesOf } from '../../domain/signals/source-rules.ts';
import type { Db } from '../doing.ts';

/** Keeps that a version went out, and has it looked at soon whether it contains what was merged. Told again, it is no other one. */
export async function takeRelease(
  tx: Db,
  { program, source }: { program: Program; source: SignalSource },
  { kind: _, at: releasedAt, areaNamed: said, ...told }: ReleaseSignal,
  now: Date,
): Promise<SignalOutcome> {
  const own = said === null ? undefined : areaWordOf([said], rulesOf(source.kind, source.rules));
  const areaNamed = own?.area ?? said;
  const kept = await insertRelease(tx, { programId: program.id, ...told, areaNamed, releasedAt, toldAt: now });
  if (kept === null) return { became: 'repeated', what: `Release ${told.version}` };
  await lookAtAllCodeSoon(tx, program.id, now);
  return { became: 'released', version: told.version };
}
