import type { Message } from '../../../blocks/kit/parts.ts';
import { ticketAskedMessage } from '../../../blocks/trackers/ticket-messages.ts';
import type { Defect } from '../../../db/defects/defects.ts';
import { enqueuePosts } from '../../../db/messages/outbox.ts';
import type { Program } from '../../../db/programs/programs.ts';
import type { TicketRow } from '../../../db/trackers/tickets.ts';
import type { TicketQuestion } from '../../../domain/trackers/take-status.ts';
import type { Db } from '../../doing.ts';

export async function askAboutTicket(
  tx: Db,
  program: Program,
  defect: Defect,
  ticket: TicketRow,
  question: TicketQuestion,
  now: Date,
): Promise<void> {
  const body = ticketAskedMessage({ ...namesOf(program, defect, ticket), question });
  // What is asked of an acceptance may follow what was asked when the ticket was closed.
  const what = question === 'still_to_do' ? `${question}:${defect.acceptedAt?.toISOString()}` : null;
  await tellOfTicket(tx, program, defect, ticket, body, now, what);
}

/** Once for each change of the ticket, and of `what` beside it: to the owner, or to the leads where nobody owns it. */
export async function tellOfTicket(
  tx: Db,
  program: Program,
  defect: Defect,
  ticket: TicketRow,
  body: Message,
  now: Date,
  what: string | null = null,
): Promise<void> {
  const change = `ticket:${ticket.id}:${ticket.status}:${ticket.statusAt?.toISOString() ?? ''}`;
  const post = {
    workspaceId: program.workspaceId,
    programId: program.id,
    dedupeKey: what === null ? change : `${change}:${what}`,
    body,
    runAt: now,
  };
  await enqueuePosts(tx, post, defect.ownerId ? [defect.ownerId] : program.leadIds);
}

export function namesOf({ id: programId }: Program, { number, title }: Defect, ticket: TicketRow) {
  return { programId, number, title, ticket: { key: ticket.key ?? '', url: ticket.url ?? '' } };
}
