import { findStandingAt } from '../../db/defects/events.ts';
import { listFixLives } from '../../db/digest/outlook-facts.ts';
import { openCount } from '../../domain/digest/burndown.ts';
import { type ExitCriteria, hasExitCriteria } from '../../domain/exit/exit-criteria.ts';
import { type ExitScorecard, exitScorecard } from '../../domain/exit/exit-scorecard.ts';
import { weekBounds } from '../../domain/time/week-bounds.ts';
import type { Db, Program } from '../doing.ts';
import { gatherReliability } from '../reliability/gather-reliability.ts';

export function exitCriteriaOf(program: Program): ExitCriteria {
  return {
    openUnder: program.exitOpenUnder,
    holdPercent: program.exitHoldPercent,
    objectiveWeeks: program.exitObjectiveWeeks,
  };
}

/** How a program stood at an instant against what it sets for its own end. Null where it sets nothing. */
export async function gatherScorecard(db: Db, program: Program, now: Date): Promise<ExitScorecard | null> {
  const criteria = exitCriteriaOf(program);
  if (!hasExitCriteria(criteria)) return null;
  return exitScorecard(criteria, {
    open: openCount(await findStandingAt(db, program.id, now)),
    fixes: await listFixLives(db, program.id, now),
    areas: await gatherReliability(db, program, weekBounds(program, now)),
    now,
  });
}
