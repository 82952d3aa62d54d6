import { type Defect, findDefect } from '../../db/defects/defects.ts';
import { logChange } from '../../db/defects/events.ts';
import { lastEventIds } from '../../db/reminders/live-messages.ts';
import { randomMarker } from '../../db/trackers/markers.ts';
import { findLink, insertTicket, listTickets, type TicketRow, updateTicket } from '../../db/trackers/tickets.ts';
import { listTrackers, type TrackerRow } from '../../db/trackers/trackers.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { type NamedTicket, ticketInUrl } from '../../domain/trackers/ticket-url.ts';
import { TRACKER_NAMES } from '../../domain/trackers/tracker.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { because, type Db, type Doing, holdDefect, type Program } from '../doing.ts';

export type Linked = { defect: Defect; key: string; place: string };

/**
 * Links a defect to a ticket by the address that people see. Nothing of the ticket is changed by that: it is read soon
 * after, and what differs on both sides stays until somebody changes it; of one that is done already its owner is asked.
 */
export async function linkTicket(tx: Db, program: Program, number: number, url: string, doing: Doing): Promise<Linked> {
  const defect = await holdDefect(tx, program, number);
  if (defect.isSample) throw new Refusal(`${defectKey(number)} is part of the sample data, so it gets no ticket.`);
  if (defect.state === 'merged')
    throw new Refusal(`${defectKey(number)} is merged. Link the defect that it is part of.`);
  const { tracker, named } = await findPlaceOf(tx, program, url);
  const linked = await findLink(tx, tracker.id, named.externalId);
  if (linked?.defectId === defect.id) return { defect, key: linked.key ?? named.key, place: tracker.place };
  if (linked) await refuseTaken(tx, program, linked, named.key);
  const ticket = await insertTicket(tx, {
    ...linkOf(tracker, defect, doing),
    ...named,
    toldEventId: (await lastEventIds(tx, [defect.id]))[0] ?? 0,
  });
  // Somebody else has linked it at this very moment.
  if (!ticket) throw new Refusal(`${named.key} has just been linked. Look again.`);
  await logChange(tx, defect, 'ticket_linked', because(doing, `Linked to ${named.key}.`, { url: named.url }));
  return { defect, key: named.key, place: tracker.place };
}

/** Ends a link. The ticket stays as it is, and so does what was written there. */
export async function unlinkTicket(
  tx: Db,
  program: Program,
  number: number,
  url: string | null,
  doing: Doing,
): Promise<Linked> {
  const defect = await holdDefect(tx, program, number);
  const all = await listTickets(tx, defect.id);
  if (all.length === 0) throw new Refusal(`${defectKey(number)} is linked to no ticket.`);
  if (url === null && all.length > 1)
    throw new Refusal(`${defectKey(number)} has ${all.length} tickets. Say which: \`unlink ${number} https://…\`.`);
  const ticket = url === null ? all[0] : all.find((one) => one.url === plainUrl(url) || one.key === url);
  if (!ticket) throw new Refusal(`${defectKey(number)} is not linked to that ticket.`);
  await updateTicket(tx, ticket.id, { unlinkedAt: doing.now, dueAt: null });
  const key = ticket.key ?? ticket.place;
  await logChange(tx, defect, 'ticket_unlinked', because(doing, `No longer linked to ${key}.`, { url: ticket.url }));
  return { defect, key, place: ticket.place };
}

/** The columns that every new link has. */
export function linkOf(tracker: TrackerRow, defect: Defect, doing: Doing) {
  return {
    programId: defect.programId,
    trackerId: tracker.id,
    defectId: defect.id,
    marker: randomMarker(),
    dueAt: doing.now,
    linkedBy: doing.by,
    linkedAt: doing.now,
  };
}

async function findPlaceOf(
  tx: Db,
  program: Program,
  url: string,
): Promise<{ tracker: TrackerRow; named: NamedTicket }> {
  const connected = await listTrackers(tx, program.id);
  if (connected.length === 0)
    throw new Refusal('No tracker is connected yet. A lead does that in `/defect settings`, Trackers.');
  for (const tracker of connected) {
    const named = ticketInUrl(tracker, url);
    if (named) return { tracker, named };
  }
  const places = connected.map(({ kind, place }) => `${place} (${TRACKER_NAMES[kind]})`).join(', ');
  throw new Refusal(`That is no ticket of ${places}. Paste the address of one, as the browser shows it.`, 'ticket');
}

async function refuseTaken(tx: Db, program: Program, ticket: TicketRow, key: string): Promise<never> {
  const other = await findDefect(tx, program.id, ticket.defectId);
  const whose = other ? defectKey(other.number) : 'another defect';
  throw new Refusal(`${key} is linked to ${whose} already. A ticket has one defect: unlink it there first.`, 'ticket');
}

function plainUrl(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/\/+$/, '');
}
