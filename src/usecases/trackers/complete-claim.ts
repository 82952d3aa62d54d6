import { updateDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import { stateWords } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { cleanText } from '../../domain/text/clean-text.ts';
import { defectKey, type FixKind } from '../../domain/vocabulary.ts';
import { because, type Db, type Doing, holdDefect, type Program } from '../doing.ts';

const NOTE_LIMIT = 1000;

/** Says of a claim that a closed ticket has made what its form would have asked. Proving goes on as it is. */
export async function completeClaim(
  tx: Db,
  program: Program,
  number: number,
  said: { keepingNote: string; fixKind: FixKind },
  doing: Doing,
): Promise<void> {
  const defect = await holdDefect(tx, program, number);
  if (defect.state !== 'claimed' && defect.state !== 'proven')
    throw new Refusal(`${defectKey(number)} is ${stateWords(defect.state)}, so there is no claim to complete.`);
  const keepingNote = cleanText(said.keepingNote, NOTE_LIMIT);
  if (!keepingNote) throw new Refusal('Say what keeps it fixed: a test, an alert or a runbook.', 'keeping');
  await updateDefect(tx, defect.id, { keepingNote, fixKind: said.fixKind });
  await logChange(
    tx,
    defect,
    'claim_completed',
    because(doing, 'Said what the fix is and what keeps it.', { ...said }),
  );
}
