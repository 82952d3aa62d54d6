import { type Defect, lockDefect, updateDefect } from '../../db/defects/defects.ts';
import { applyTransition, listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { updateCriterion } from '../../db/proof/criteria.ts';
import { listFixesToJudge } from '../../db/proof/fixes.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { hasOtherEvidence } from '../../domain/proof/criterion-evidence.ts';
import { type ComebackKind, THE_BOT } from '../../domain/vocabulary.ts';
import { endQuestions } from './ask-reporters.ts';
import { proofOfFix, type StoredProof } from './proof-of-fix.ts';
import { fixData, noteReduction, takeFixBack } from './take-fix-back.ts';

export type ProofsEvaluated = Record<'proven' | ComebackKind | 'stalled' | 'proving', number>;

/**
 * Judges every claimed fix of a program as of `now`, every proven one that reports have come in for since, and looks whether
 * one that failed has ended a part. Running it
 * twice changes nothing more: a fix that was settled is no longer claimed.
 */
export async function evaluateProofs(
  tx: Db,
  program: Program,
  { now }: { dueAt?: Date; now: Date },
): Promise<ProofsEvaluated> {
  const tally = { proven: 0, failed: 0, reduced: 0, regressed: 0, stalled: 0, proving: 0 };
  for (const id of await listFixesToJudge(tx, program.id, now)) {
    const defect = await lockDefect(tx, program.id, id);
    const outcome = defect && (await evaluateFix(tx, program, defect, now));
    if (outcome) tally[outcome] += 1;
  }
  return tally;
}

/** Judges one fix whose defect is held. Null where there is none to judge, or a proven one still holds. */
export async function evaluateFix(
  tx: Db,
  program: Program,
  defect: Defect,
  now: Date,
): Promise<keyof ProofsEvaluated | null> {
  if (defect.state !== 'claimed' && defect.state !== 'proven' && defect.state !== 'accepted') return null;
  const proof = await proofOfFix(tx, program, defect, now);
  if (!proof) return null;
  if (defect.state === 'accepted') {
    if (proof.outcome !== 'reduced' || !(await hasFailed(tx, defect))) return null;
    await noteReduction(tx, program, defect, proof, now);
    return 'reduced';
  }
  if (proof.guard.failed) {
    await takeFixBack(tx, program, defect, proof, now);
    if (defect.state === 'proven') return 'regressed';
    return proof.outcome === 'reduced' ? 'reduced' : 'failed';
  }
  if (defect.state === 'proven') return null;
  await keepEvidence(tx, proof, now);
  if (proof.outcome === 'proven') await markProven(tx, program, defect, proof, now);
  else await keepWindow(tx, defect, proof);
  return proof.outcome;
}

async function hasFailed(tx: Db, { id }: Defect): Promise<boolean> {
  return (await listEvents(tx, id)).findLast(({ toState }) => toState !== null)?.kind === 'failed';
}

async function markProven(tx: Db, program: Program, defect: Defect, proof: StoredProof, now: Date): Promise<void> {
  await applyTransition(
    tx,
    defect,
    planTransition(defect, 'proven'),
    { actor: THE_BOT, at: now, why: proof.sentence, data: fixData(defect, proof) },
    { regressedAt: null },
  );
  await endQuestions(tx, program, defect, 'proven', now);
}

async function keepEvidence(tx: Db, proof: StoredProof, now: Date): Promise<void> {
  for (const stored of proof.criteria) {
    const row = proof.evidence.find(({ criterion }) => criterion === stored.criterion);
    if (!row) continue;
    // Silence is only met once its window is over; until then it merely has not been broken.
    const isMet = row.state === 'met' && (stored.criterion.kind !== 'max_reports' || proof.outcome === 'proven');
    const metAt = isMet ? (stored.metAt ?? now) : stored.criterion.kind === 'second_person' ? stored.metAt : null;
    if (stored.evidence === row.sentence && stored.metAt?.getTime() === metAt?.getTime()) continue;
    await updateCriterion(tx, stored.id, { metAt, evidence: row.sentence });
  }
}

/**
 * A report from before the fix that was filed late changes the defect's own rate, and with it the window; another
 * criterion gives a fix that silence cannot prove the longest one.
 */
async function keepWindow(tx: Db, defect: Defect, { window, endsAt, criteria }: StoredProof): Promise<void> {
  const hasEnd = window.provable || hasOtherEvidence(criteria);
  const windowEndsAt = hasEnd ? endsAt : null;
  const windowDays = window.provable ? window.days : null;
  if (defect.windowDays === windowDays && defect.windowEndsAt?.getTime() === windowEndsAt?.getTime()) return;
  await updateDefect(tx, defect.id, { windowDays, windowEndsAt });
}
