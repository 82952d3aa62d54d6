import type { Defect } from '../../../db/defects/defects.ts';
import { type DefectEvent, listEvents } from '../../../db/defects/events.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import { findTracker } from '../../../db/trackers/trackers.ts';
import { isComeback } from '../../../domain/defects/lifecycle.ts';
import { mergeStatus } from '../../../domain/trackers/merge-status.ts';
import { planReopening } from '../../../domain/trackers/reopening.ts';
import { lastShownMove, statusOf, type TicketStatus } from '../../../domain/trackers/ticket-status.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import type { Db } from '../../doing.ts';
import { intendTicket } from '../create-ticket.ts';
import { holdBothSides } from './both-sides.ts';
import { takeStatus } from './take-status.ts';

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
    const agreed = agreedOf(ticket);
    const isOwn = fresh.statusBy === null || fresh.statusBy === account;
    // Of a ticket that has just been linked nothing is news.
    const step = agreed ? mergeStatus(agreed, ours, { status, at: statusAt, isOwn }) : ({ kind: 'rest' } as const);
    const isGiving = step.kind === 'give' && (await isGiven(tx, { defect, ticket, move: ours.move }, now));
    if (step.kind === 'give' && isGiving) {
      await updateTicket(tx, ticketId, { given: step.status });
      return { status: step.status, oursAt: ours.at };
    }
    // A ticket that stays as a person has set it is their news still.
    if (step.kind === 'take' || (step.kind === 'give' && status !== agreed?.theirs)) {
      const after = await takeStatus(tx, program, defect, ticket, now);
      await agree(tx, ticket, oursOf(after, await listEvents(tx, defect.id)));
      return null;
    }
    await agree(tx, ticket, ours);
    return null;
  });
}

function oursOf(defect: Defect, events: readonly DefectEvent[]) {
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

/** What came back by the data reopens a ticket only as the program wants it; everything else is a person's decision. */
async function isGiven(
  tx: Db,
  { defect, ticket, move }: { defect: Defect; ticket: TicketRow; move: DefectEvent | null },
  now: Date,
): Promise<boolean> {
  if (!move || !isComeback(move.kind) || !ticket.status || !ticket.statusAt) return true;
  const tracker = await findTracker(tx, defect.programId, ticket.trackerId);
  if (!tracker) return false;
  const plan = planReopening(tracker, { status: ticket.status, statusAt: ticket.statusAt }, now);
  if (plan === 'new_ticket') await intendTicket(tx, tracker, defect, { by: ticket.linkedBy, now });
  return plan === 'reopen';
}
