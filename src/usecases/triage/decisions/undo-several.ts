import { severalDecided } from '../../../blocks/triage/decide-several.ts';
import { type Defect, lockDefectByNumber, updateDefect } from '../../../db/defects/defects.ts';
import { applyTransition, listEvents, logChange } from '../../../db/defects/events.ts';
import { enqueueUpdate } from '../../../db/messages/outbox.ts';
import { replaceCriteria } from '../../../db/proof/criteria.ts';
import { findBatch, markBatchUndone } from '../../../db/triage/decision-batches.ts';
import { listTriageItems, lockOpenTriage, markItemUndecided, markTriageShown } from '../../../db/triage/triages.ts';
import { planTransition } from '../../../domain/defects/lifecycle.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import type { DecidedBefore } from '../../../domain/triage/decide-several.ts';
import type { OpenState } from '../../../domain/vocabulary.ts';
import { because, type Db, type Doing, type Program } from '../../doing.ts';
import { updateEscalation } from '../escalate.ts';
import { addressOf, triageKeys, updateThread } from '../render-triage.ts';

const TAKEN_BACK = 'Decided with others, and taken back.';
/** What happens to a defect by itself does not stand in the way of taking a decision back. */
const BY_ITSELF = new Set(['report_joined', 'report_moved', 'tickets_added', 'evidence', 'signal_resolved']);

/** Takes back what was decided in one form, while its thread is open. What somebody has gone on with since stays. */
export async function undoSeveral(
  db: Db,
  program: Program,
  batchId: number,
  doing: Doing,
): Promise<{ undone: number[]; kept: number[] }> {
  return db.transaction(async (tx) => {
    const batch = await findBatch(tx, program.id, batchId);
    if (!batch) throw new Refusal('These decisions are no longer here.');
    const held: { before: DecidedBefore; defect: Defect }[] = [];
    for (const before of [...batch.before].sort((a, b) => a.number - b.number)) {
      const defect = await lockDefectByNumber(tx, program.id, before.number);
      if (defect) held.push({ before, defect });
    }
    const triage = await lockOpenTriage(tx, program.id);
    if (triage?.id !== batch.triageId) {
      throw new Refusal('The thread is closed. Take each of them back by its card: `/defect show`.');
    }
    if (!(await markBatchUndone(tx, batchId, { by: doing.by, at: doing.now }))) {
      throw new Refusal('Somebody has taken this back already.');
    }
    const undone: number[] = [];
    const kept: number[] = [];
    for (const { before, defect } of held) {
      if (await hasGoneOn(tx, defect, before)) kept.push(defect.number);
      else {
        await restore(tx, defect, before, doing);
        await markItemUndecided(tx, triage.id, defect.id);
        await updateEscalation(tx, program, defect, null, doing.now);
        undone.push(defect.number);
      }
    }
    await enqueueUpdate(tx, {
      ...addressOf(program, doing.now),
      targetKey: triageKeys.several(program, triage.dueAt, batchId),
      body: severalDecided({
        ref: { programId: program.id, batchId },
        by: batch.decidedBy,
        numbers: batch.before.map(({ number }) => number),
        undone: { by: doing.by, kept },
      }),
    });
    await updateThread(tx, program, triage, await listTriageItems(tx, triage.id), doing.now);
    await markTriageShown(tx, triage);
    return { undone, kept };
  });
}

async function hasGoneOn(tx: Db, defect: Defect, { eventId }: DecidedBefore): Promise<boolean> {
  return (await listEvents(tx, defect.id)).some(({ id, kind }) => id > eventId && !BY_ITSELF.has(kind));
}

async function restore(tx: Db, defect: Defect, before: DecidedBefore, doing: Doing): Promise<void> {
  const patch = {
    ownerId: before.ownerId,
    dueOn: before.dueOn,
    escape: before.escape,
    acceptedAt: dateOf(before.acceptedAt),
    lastTriagedAt: dateOf(before.lastTriagedAt),
    askedAt: dateOf(before.askedAt),
    deferStreak: before.deferStreak,
  };
  const why = because(doing, TAKEN_BACK, { ownerId: before.ownerId, dueOn: before.dueOn });
  await replaceCriteria(tx, defect.id, before.criteria, doing.now);
  if (defect.state === before.state) {
    await logChange(tx, defect, 'taken_back', why);
    await updateDefect(tx, defect.id, patch);
    return;
  }
  const transition = planTransition(defect, 'taken_back', {}, before.state as OpenState);
  await applyTransition(tx, defect, transition, why, patch);
}

function dateOf(iso: string | null): Date | null {
  return iso === null ? null : new Date(iso);
}
