import { type Defect, findDefect, lockDefect } from '../db/defects/defects.ts';
import type { Db } from '../db/engine/client.ts';
import type { Program } from '../db/programs/programs.ts';
import { evaluateFix } from '../usecases/proof/evaluate-proofs.ts';

/** The end of a claimed fix's validation window, in the order of time. */
export type Judgement = { at: Date; defectId: number };

/** Notes when a fix that has just been claimed is to be judged; never where silence cannot prove it. */
export function awaitJudgement(judgements: Judgement[], { id, windowDays, windowEndsAt }: Defect): void {
  if (windowDays === null || !windowEndsAt) return;
  const place = judgements.findLastIndex(({ at }) => at <= windowEndsAt) + 1;
  judgements.splice(place, 0, { at: windowEndsAt, defectId: id });
}

/** Judges the fixes whose windows have ended by an instant, each at the instant at which its own did. */
export async function judgeUpTo(tx: Db, program: Program, judgements: Judgement[], upTo: Date): Promise<void> {
  for (let next = judgements[0]; next && next.at <= upTo; next = judgements[0]) {
    judgements.shift();
    const defect = await lockDefect(tx, program.id, next.defectId);
    // A fix that failed meanwhile and was made again has a window of its own.
    if (defect?.state !== 'claimed' || defect.windowEndsAt?.getTime() !== next.at.getTime()) continue;
    await evaluateFix(tx, program, defect, next.at);
    const after = await findDefect(tx, program.id, defect.id);
    if (after?.state === 'claimed' && after.windowEndsAt && after.windowEndsAt > next.at)
      awaitJudgement(judgements, after);
  }
}
