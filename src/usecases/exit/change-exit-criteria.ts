import { criteriaWords } from '../../blocks/exit/exit-words.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram, updateProgram } from '../../db/programs/programs.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type ExitCriteria, exitErrors } from '../../domain/exit/exit-criteria.ts';
import type { Db, Doing, Program } from '../doing.ts';
import { exitCriteriaOf } from './gather-scorecard.ts';

/**
 * Changes what a program sets for its own end; its leads may then be asked again. What is wrong is a Refusal that names its
 * field. Answers what is set now, a sentence, or nothing where it was set before.
 */
export async function changeExitCriteria(
  tx: Db,
  program: Program,
  wanted: ExitCriteria,
  doing: Doing,
): Promise<string[]> {
  const [first, ...others] = Object.entries(exitErrors(wanted));
  if (first) throw new Refusal(first[1], first[0], Object.fromEntries(others));
  const [before, after] = [criteriaWords(exitCriteriaOf(await lockProgram(tx, program.id))), criteriaWords(wanted)];
  if (before === after) return [];
  await updateProgram(tx, program.id, {
    exitOpenUnder: wanted.openUnder,
    exitHoldPercent: wanted.holdPercent,
    exitObjectiveWeeks: wanted.objectiveWeeks,
    exitAskedAt: null,
    exitAskedIn: [],
  });
  await insertAudit(tx, program.id, doing, [
    { kind: 'setting_changed', subject: 'what ends the program', before: before ?? '', after: after ?? '' },
  ]);
  return [after ? `The program now ends with ${after}.` : 'The program now sets nothing for its own end.'];
}
