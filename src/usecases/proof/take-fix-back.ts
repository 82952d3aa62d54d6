import { comebackMessage } from '../../blocks/proof/comeback-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { updateCriterion } from '../../db/proof/criteria.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import { endQuestions } from './ask-reporters.ts';
import type { StoredProof } from './proof-of-fix.ts';

/**
 * The defect came back: a claimed fix has failed, a proven one has regressed. It returns to the list with its key, age
 * and history, what had been confirmed is to be confirmed again, and its owner is told at once.
 */
export async function takeFixBack(
  tx: Db,
  program: Program,
  defect: Defect,
  proof: StoredProof,
  now: Date,
): Promise<Defect> {
  const kind = defect.state === 'proven' ? 'regressed' : 'failed';
  const back = await applyTransition(
    tx,
    defect,
    planTransition(defect, kind),
    { actor: THE_BOT, at: now, why: proof.sentence, data: fixData(defect, proof) },
    {
      windowDays: null,
      windowEndsAt: null,
      ...(kind === 'failed' ? { failedFixes: defect.failedFixes + 1 } : { regressedAt: now }),
    },
  );
  for (const { id, criterion } of proof.criteria) {
    const evidence = proof.evidence.find((row) => row.criterion === criterion && row.state === 'broken');
    await updateCriterion(tx, id, { metAt: null, metBy: null, evidence: evidence?.sentence ?? null });
  }
  if (kind === 'failed') await endQuestions(tx, program, defect, 'failed', now);
  await tellOwner(tx, program, back, { kind, sentence: proof.sentence }, now);
  return back;
}

/** What the digest and the ledger of fixes need to know of a fix once the next one has taken its place. */
export function fixData(defect: Defect, { deployedAt, guard }: StoredProof): Record<string, unknown> {
  return {
    deployedAt: deployedAt.toISOString(),
    fixKind: defect.fixKind,
    ownerId: defect.ownerId,
    areaId: defect.areaId,
    reportIds: guard.counting.map(({ id }) => id),
  };
}

async function tellOwner(
  tx: Db,
  program: Program,
  defect: Defect,
  what: { kind: 'failed' | 'regressed'; sentence: string },
  now: Date,
): Promise<void> {
  if (defect.isSample) return;
  const once = `${what.kind}:${defect.id}:${defect.claimedAt?.toISOString() ?? now.toISOString()}`;
  for (const userId of defect.ownerId ? [defect.ownerId] : program.leadIds) {
    await enqueuePost(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      dedupeKey: defect.ownerId ? once : `${once}:${userId}`,
      channel: userId,
      body: comebackMessage({
        ...what,
        programId: program.id,
        number: defect.number,
        title: defect.title,
        failedFixes: defect.failedFixes,
        isOwner: defect.ownerId !== null,
      }),
      runAt: now,
    });
  }
}
