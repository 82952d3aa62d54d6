import { untilNextPull } from '../../../db/fixes/pulls-to-tell.ts';
import { untilNextTicket } from '../../../db/trackers/tickets.ts';
import type { Db } from '../../doing.ts';

/** In how many milliseconds a ticket or a pull request is due that rests now; null where none does. */
export async function untilNextWork(db: Db, now: Date): Promise<number | null> {
  const waits = [await untilNextTicket(db, now), await untilNextPull(db, now)].filter((ms) => ms !== null);
  return waits.length > 0 ? Math.min(...waits) : null;
}
