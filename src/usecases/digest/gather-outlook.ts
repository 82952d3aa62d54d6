import { countFlowWeeks, listFixLives, measureImpacts } from '../../db/digest/outlook-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { assembleOutlook, type Outlook } from '../../domain/digest/outlook.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

const IMPACT_DAYS = 56;

/**
 * What can be said beyond the week that ends at an instant. The forecast is seeded by the program and that instant's day,
 * so that the same digest always says the same.
 *
 * @param bounds the ends of the weeks to look back over, oldest first; the last is `upTo`
 */
export async function gatherOutlook(
  db: Db,
  program: Program,
  { bounds, openNow, upTo }: { bounds: readonly Date[]; openNow: number; upTo: Date },
): Promise<Outlook> {
  return assembleOutlook({
    openNow,
    flows: await countFlowWeeks(db, program.id, bounds),
    fixes: await listFixLives(db, program.id, upTo),
    impacts: await measureImpacts(db, program.id, { after: new Date(upTo.getTime() - IMPACT_DAYS * DAY_MS), upTo }),
    now: upTo,
    timeZone: program.timeZone,
    seed: Math.floor(upTo.getTime() / DAY_MS) + program.id,
  });
}
