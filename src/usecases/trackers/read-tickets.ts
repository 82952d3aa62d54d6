import type { ShownTicket } from '../../blocks/trackers/ticket-line.ts';
import { listTickets } from '../../db/trackers/tickets.ts';
import { listTrackers } from '../../db/trackers/trackers.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { DefectState } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';

/** The tickets of a defect as its card shows them. */
export async function readTickets(db: Db, defectId: number): Promise<ShownTicket[]> {
  return (await listTickets(db, defectId)).map(({ key, url, place, status, trouble }) => ({
    key,
    url,
    place,
    status,
    trouble,
  }));
}

/** Where the tickets of a program may be, and where one may be made for a defect in this state. */
export async function listPlaces(db: Db, program: Program, state: DefectState) {
  const connected = await listTrackers(db, program.id);
  if (connected.length === 0)
    throw new Refusal('No tracker is connected yet. A lead does that in `/defect settings`, Trackers.');
  return connected.map(({ id, place, creation }) => ({
    id,
    place,
    mayCreate: creation !== 'never' && state === 'accepted',
  }));
}

/** Whether defects of a program can have tickets at all. */
export async function hasTrackers(db: Db, program: Program): Promise<boolean> {
  return (await listTrackers(db, program.id)).length > 0;
}
