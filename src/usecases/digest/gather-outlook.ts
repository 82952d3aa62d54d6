import { listFixLives, measureImpacts } from '../../db/digest/outlook-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { OutlookFacts } from '../../domain/digest/outlook.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

const IMPACT_DAYS = 56;

/**
 * What a digest's outlook rests on beside the list. Its forecast is seeded by the program and the instant's day, so that the
 * same digest always says the same.
 */
export async function gatherOutlook(
  db: Db,
  program: Program,
  upTo: Date,
): Promise<Omit<OutlookFacts, 'flows' | 'openNow'>> {
  const [fixes, impacts] = await Promise.all([
    listFixLives(db, program.id, upTo),
    measureImpacts(db, program.id, { after: new Date(upTo.getTime() - IMPACT_DAYS * DAY_MS), upTo }),
  ]);
  const { id, timeZone } = program;
  return { fixes, impacts, now: upTo, timeZone, seed: Math.floor(upTo.getTime() / DAY_MS) + id };
}
