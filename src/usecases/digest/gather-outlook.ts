import { listFixLives, measureImpacts } from '../../db/digest/outlook-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { FlowWeek } from '../../domain/digest/forecast.ts';
import { assembleOutlook, type Outlook } from '../../domain/digest/outlook.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

const IMPACT_DAYS = 56;

/**
 * What can be said beyond the week that ends at an instant. The forecast is seeded by the program and that instant's day,
 * so that the same digest always says the same.
 *
 * @param flows of the weeks to look back over, oldest first; the last ends at `upTo`
 */
export async function gatherOutlook(
  db: Db,
  program: Program,
  { flows, openNow, upTo }: { flows: readonly FlowWeek[]; openNow: number; upTo: Date },
): Promise<Outlook> {
  const [fixes, impacts] = await Promise.all([
    listFixLives(db, program.id, upTo),
    measureImpacts(db, program.id, { after: new Date(upTo.getTime() - IMPACT_DAYS * DAY_MS), upTo }),
  ]);
  return assembleOutlook({
    openNow,
    flows,
    fixes,
    impacts,
    now: upTo,
    timeZone: program.timeZone,
    seed: Math.floor(upTo.getTime() / DAY_MS) + program.id,
  });
}
