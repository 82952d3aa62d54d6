import type { TicketPlace } from '../../blocks/trackers/ticket-forms.ts';
import type { ShownTicket } from '../../blocks/trackers/ticket-line.ts';
import type { Defect } from '../../db/defects/defects.ts';
import { listTickets } from '../../db/trackers/tickets.ts';
import { listTrackers } from '../../db/trackers/trackers.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { DefectState } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';

/** The tickets of a defect as its card shows them. */
export async function readTickets(db: Db, defectId: number): Promise<ShownTicket[]> {
  return (await listTickets(db, defectId)).map(({ key, url, place, status, trouble, assignees, agreedAssignees }) => {
    // What was brought together is known.
    const unknown = agreedAssignees && assignees?.find(({ id }) => !agreedAssignees.includes(id));
    return { key, url, place, status, trouble, stranger: unknown?.name ?? null };
  });
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

/** Where the form of an acceptance offers a ticket: nowhere, where it is a sample or has one. One that it gets in any case is not asked for, and may still be named instead. */
export async function placesOnAccept(db: Db, program: Program, defect: Defect): Promise<TicketPlace[]> {
  if (defect.isSample || (await listTickets(db, defect.id)).length > 0) return [];
  const connected = await listTrackers(db, program.id);
  const isAlways = connected.some(({ creation }) => creation === 'always');
  return connected.map(({ id, place, creation }) => ({ id, place, mayCreate: creation === 'asked' && !isAlways }));
}

/** Whether defects of a program can have tickets at all. */
export async function hasTrackers(db: Db, program: Program): Promise<boolean> {
  return (await listTrackers(db, program.id)).length > 0;
}
