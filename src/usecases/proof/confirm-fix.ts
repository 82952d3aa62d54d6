import { confirmMessage } from '../../blocks/proof/confirm-message.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueueUpdate } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria, updateCriterion } from '../../db/proof/criteria.ts';
import { stateWords } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { confirmKey } from './ask-second-person.ts';

/** The person whom a criterion names says that the claimed fix holds. Saying it twice changes nothing. */
export async function confirmFix(db: Db, program: Program, number: number, doing: Doing): Promise<Defect> {
  return db.transaction(async (tx) => {
    const defect = await holdDefect(tx, program, number);
    const key = defectKey(number);
    const criteria = await listCriteria(tx, defect.id);
    const asked = criteria.find(({ criterion }) => criterion.kind === 'second_person' && criterion.userId === doing.by);
    if (!asked) throw new Refusal(`You are not the person who was asked to confirm the fix of ${key}.`);
    if (defect.state !== 'claimed') {
      throw new Refusal(`${key} is ${stateWords(defect.state)}, so there is no claimed fix to confirm.`);
    }
    if (asked.metAt) return defect;
    await updateCriterion(tx, asked.id, { metAt: doing.now, metBy: doing.by });
    await logChange(tx, defect, 'confirmed', because(doing, 'Confirmed that the fix holds.'));
    await enqueueUpdate(tx, {
      workspaceId: program.workspaceId,
      programId: program.id,
      targetKey: confirmKey(asked.id, defect),
      channel: doing.by,
      body: confirmMessage({
        programId: program.id,
        number,
        title: defect.title,
        ownerId: defect.ownerId,
        keepingNote: defect.keepingNote,
        confirmed: true,
      }),
      runAt: doing.now,
    });
    return defect;
  });
}
