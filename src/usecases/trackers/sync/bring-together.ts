import type { Defect } from '../../../db/defects/defects.ts';
import { type DefectEvent, listEvents } from '../../../db/defects/events.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import { lastShownMove, statusOf, type TicketStatus } from '../../../domain/trackers/ticket-status.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import type { Db } from '../../doing.ts';
import { holdBothSides } from './both-sides.ts';
import { decideStatus } from './decide-status.ts';
import { takeStatus } from './take-status.ts';
import { askAboutTicket } from './tell-of-ticket.ts';

/** What is to be written to the ticket, and since when the defect stands so. */
export type Give = { status: TicketStatus; oursAt: Date };

/**
 * Compares a ticket, as it was just read, with its defect, and lets the defect follow where the ticket has news. Answers
 * what the ticket is to be given; that it will be given is remembered first, so that it is known again as our own.
 */
export async function bringTogether(
  db: Db,
  program: Program,
  { ticketId, fresh, account }: { ticketId: number; fresh: Ticket; account: string },
  now: Date,
): Promise<Give | null> {
  return db.transaction(async (tx) => {
    const sides = await holdBothSides(tx, { programId: program.id, ticketId, fresh });
    if (!sides) return null;
    const { defect } = sides;
    const ours = oursOf(defect, await listEvents(tx, defect.id));
    const { title, status, statusAt, changedAt, key, url } = fresh;
    const ticket = await updateTicket(tx, ticketId, { title, status, statusAt, changedAt, key, url });
    const isOwn = fresh.statusBy === null || fresh.statusBy === account;
    const theirs = { status, at: statusAt, isOwn };
    const step = await decideStatus(tx, { defect, ticket, agreed: agreedOf(ticket), ours, theirs }, now);
    switch (step) {
      case 'give':
        await updateTicket(tx, ticketId, { given: ours.status });
        return { status: ours.status, oursAt: ours.at };
      case 'take': {
        const after = await takeStatus(tx, program, defect, ticket, now);
        await agree(tx, ticket, oursOf(after, await listEvents(tx, defect.id)));
        return null;
      }
      case 'ask':
        await askAboutTicket(tx, program, defect, ticket, 'still_to_do', now);
        await agree(tx, ticket, ours);
        return null;
      case 'rest':
        await agree(tx, ticket, ours);
        return null;
    }
  });
}

export function oursOf(defect: Defect, events: readonly DefectEvent[]) {
  const move = lastShownMove(events);
  return { status: statusOf(defect.state), at: move?.at ?? defect.createdAt, move };
}

function agreedOf({ agreedOurs, agreedOursAt, agreedTheirs, agreedTheirsAt, given }: TicketRow) {
  if (!agreedOurs || !agreedOursAt || !agreedTheirs || !agreedTheirsAt) return null;
  return { ours: agreedOurs, oursAt: agreedOursAt, theirs: agreedTheirs, theirsAt: agreedTheirsAt, given };
}

async function agree(tx: Db, ticket: TicketRow, ours: { status: TicketStatus; at: Date }): Promise<void> {
  await updateTicket(tx, ticket.id, {
    agreedOurs: ours.status,
    agreedOursAt: ours.at,
    agreedTheirs: ticket.status,
    agreedTheirsAt: ticket.statusAt,
    given: null,
  });
}
