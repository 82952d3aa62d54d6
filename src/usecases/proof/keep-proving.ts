import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition, listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria } from '../../db/proof/criteria.ts';
import { planTransition } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';
import { askReporters, planQuestions } from './ask-reporters.ts';
import { askSecondPerson } from './ask-second-person.ts';
import { fixOfDefect } from './fix-of-defect.ts';
import { sizeWindow } from './size-window.ts';

/**
 * Of a fix that has ended only a part somebody says that the rest is gone too: the same fix is claimed anew. What was seen
 * until now no longer counts against it, and silence must beat the rate of the rest, which is the longer wait.
 */
export async function keepProving(db: Db, program: Program, number: number, doing: Doing): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const last = (await listEvents(tx, defect.id)).findLast(({ toState }) => toState !== null);
    const fix = fixOfDefect(defect);
    if (last?.kind !== 'reduced' || !fix) {
      throw new Refusal(
        `${defectKey(number)} does not wait for this any more. Look at it with \`/defect show ${number}\`.`,
      );
    }
    const criteria = (await listCriteria(tx, defect.id)).map(({ criterion }) => criterion);
    const { keepingNote } = defect;
    const transition = planTransition(defect, 'claimed', { criteriaCount: criteria.length, keepingNote });
    const resumed = { ...fix, resumedAt: doing.now, claimedAt: doing.now, witness: null };
    const window = await sizeWindow(tx, defect, resumed);
    const questions = await planQuestions(tx, program, defect, resumed, doing);
    const claimed = await applyTransition(
      tx,
      defect,
      transition,
      because(doing, 'The rest is said to be gone too: proving goes on.', {
        fixKind: defect.fixKind,
        ownerId: defect.ownerId,
        deployedAt: fix.deployedAt.toISOString(),
        reachedAllAt: fix.reachedAllAt?.toISOString() ?? null,
        resumedAt: doing.now.toISOString(),
        witness: null,
        environments: fix.environments,
        keepingNote,
        criteria,
        ...questions,
      }),
      {
        claimedAt: doing.now,
        provingResumedAt: doing.now,
        deploymentWitness: null,
        windowDays: window.days,
        windowEndsAt: window.endsAt,
      },
    );
    await askSecondPerson(tx, program, claimed, doing.now);
    await askReporters(tx, program, claimed, questions);
    await settleTriageItem(tx, program, claimed, 'accept', doing);
    return claimed;
  });
}
