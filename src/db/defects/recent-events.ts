import { max, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { defectEvents } from '../schema/defects.ts';

/** The id of the newest event of all programs; 0 where there is none. */
export async function findLastEventId(db: Db): Promise<number> {
  const [last] = await db.select({ id: max(defectEvents.id) }).from(defectEvents);
  return last?.id ?? 0;
}

/** Whether a program has an event newer than that one; true of every program where it is 0. */
export function hasEventsAfter(programId: SQL, eventId: number): SQL {
  if (eventId === 0) return sql`true`;
  return sql`${programId} = any(array(select distinct program_id from ${defectEvents} where id > ${eventId}))`;
}

/** Whether any of these defects has an event newer than that one; true of all where it is 0. */
export function haveEventsAfter(defectIds: SQL, eventId: number): SQL {
  if (eventId === 0) return sql`true`;
  return sql`${defectIds} && array(select distinct defect_id from ${defectEvents} where id > ${eventId})`;
}
