import { untilNextTicket } from '../../../db/trackers/tickets.ts';
import type { Db } from '../../doing.ts';

/** In how many milliseconds something is due that rests now; null where nothing does. */
export async function untilNextWork(db: Db, now: Date): Promise<number | null> {
  return untilNextTicket(db, now);
}
