import { countTransitions, findStandingAt } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import {
  assembleBurndown,
  type Burndown,
  type Standing,
  standingBefore,
  type TransitionCount,
} from '../../domain/digest/burndown.ts';
import type { DigestWindow } from '../../domain/digest/digest.ts';

/** A digest's burn-downs. */
type Burndowns = { thisWeek: Burndown; lastWeek: Burndown };

/**
 * From how the list stands back through what the weeks brought, so that it takes no longer the older a program is.
 *
 * @param weeks oldest first, two at least
 * @param now how the list stood at the end of the last of them
 */
export function burndownsBack(weeks: TransitionCount[][], now: Standing): Burndowns {
  const [lastCounts = [], counts = []] = weeks.slice(-2);
  const then = standingBefore(now, counts);
  return {
    thisWeek: assembleBurndown(then, now, counts),
    lastWeek: assembleBurndown(standingBefore(then, lastCounts), then, lastCounts),
  };
}

/** The burn-down of any window, from the log alone. */
export async function burndownWithin(db: Db, program: Program, window: DigestWindow): Promise<Burndown> {
  return assembleBurndown(
    await findStandingAt(db, program.id, window.after),
    await findStandingAt(db, program.id, window.upTo),
    await countTransitions(db, program.id, window),
  );
}
