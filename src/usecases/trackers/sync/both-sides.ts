import { type Defect, findDefect, lockDefect } from '../../../db/defects/defects.ts';
import { findTicket, lockTicket, type TicketRow } from '../../../db/trackers/tickets.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import type { Db } from '../../doing.ts';

export type BothSides = { defect: Defect; ticket: TicketRow };

/** A ticket and its defect, to compare them with the ticket as it was just read. */
type Compared = { programId: number; ticketId: number; fresh: Ticket };

/** Null where they are linked no more, or where something newer than what was read is known already. */
export async function readBothSides(db: Db, { programId, ticketId, fresh }: Compared): Promise<BothSides | null> {
  const ticket = await findTicket(db, ticketId);
  const defect = ticket && (await findDefect(db, programId, ticket.defectId));
  return defect && isToCompare(ticket, fresh) ? { defect, ticket } : null;
}

/** The same, held in the order in which everybody else holds them. */
export async function holdBothSides(tx: Db, { programId, ticketId, fresh }: Compared): Promise<BothSides | null> {
  const named = await findTicket(tx, ticketId);
  const defect = named && (await lockDefect(tx, programId, named.defectId));
  const ticket = defect && (await lockTicket(tx, ticketId));
  return defect && ticket && isToCompare(ticket, fresh) ? { defect, ticket } : null;
}

function isToCompare({ unlinkedAt, changedAt }: TicketRow, fresh: Ticket): boolean {
  return unlinkedAt === null && (changedAt === null || fresh.changedAt >= changedAt);
}
