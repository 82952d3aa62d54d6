import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { updateCriterion } from '../../db/proof/criteria.ts';
import { lastEventIds } from '../../db/reminders/live-messages.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import { postLive } from '../reminders/live-message.ts';
import { endQuestions } from './ask-reporters.ts';
import type { StoredProof } from './proof-of-fix.ts';

/**
 * The defect came back: a claimed fix has failed or ended only a part, a proven one has regressed. It returns to the list with its key, age
 * and history, what had been confirmed is to be confirmed again, and its owner is told at once.
 */
export async function takeFixBack(
  tx: Db,
  program: Program,
  defect: Defect,
  proof: StoredProof,
  now: Date,
): Promise<Defect> {
  const kind = defect.state === 'proven' ? 'regressed' : proof.outcome === 'reduced' ? 'reduced' : 'failed';
  const back = await applyTransition(
    tx,
    defect,
    planTransition(defect, kind),
    { actor: THE_BOT, at: now, why: proof.sentence, data: fixData(defect, proof) },
    {
      // Its first promise was for the fix that is gone; a new date is asked for.
      dueOn: null,
      windowDays: null,
      windowEndsAt: null,
      ...(kind === 'failed' ? { failedFixes: defect.failedFixes + 1 } : {}),
      ...(kind === 'regressed' ? { regressedAt: now } : {}),
    },
  );
  for (const { id, criterion } of proof.criteria) {
    const evidence = proof.evidence.find((row) => row.criterion === criterion && row.state === 'broken');
    await updateCriterion(tx, id, { metAt: null, metBy: null, evidence: evidence?.sentence ?? null });
  }
  if (kind !== 'regressed') await endQuestions(tx, program, defect, kind, now);
  await tellOwner(tx, program, back, now);
  return back;
}

/**
 * What has come since a fix failed shows that it has ended a part: it counts as failed no more, and its owner is offered
 * the ways on. Its new date stays.
 */
export async function noteReduction(
  tx: Db,
  program: Program,
  defect: Defect,
  proof: StoredProof,
  now: Date,
): Promise<void> {
  const reduced = await applyTransition(
    tx,
    defect,
    planTransition(defect, 'reduced'),
    { actor: THE_BOT, at: now, why: proof.sentence, data: fixData(defect, proof) },
    { failedFixes: Math.max(0, defect.failedFixes - 1) },
  );
  await tellOwner(tx, program, reduced, now);
}

/** What the digest and the ledger of fixes need to know of a fix once the next one has taken its place. */
export function fixData(defect: Defect, { deployedAt, guard }: StoredProof): Record<string, unknown> {
  return {
    deployedAt: deployedAt.toISOString(),
    fixKind: defect.fixKind,
    ownerId: defect.ownerId,
    dueOn: defect.dueOn,
    areaId: defect.areaId,
    reportIds: guard.counting.map(({ id }) => id),
  };
}

async function tellOwner(tx: Db, program: Program, defect: Defect, now: Date): Promise<void> {
  if (defect.isSample) return;
  const [eventId = 0] = await lastEventIds(tx, [defect.id]);
  const on = localDateOn(now, program.timeZone);
  const told = { kind: 'comeback', on, programId: program.id, defectId: defect.id, eventId } as const;
  for (const userId of defect.ownerId ? [defect.ownerId] : program.leadIds) {
    const dedupeKey = `comeback:${defect.id}:${eventId}:${userId}`;
    await postLive(tx, { workspaceId: program.workspaceId, userId, dedupeKey, told }, now);
  }
}
