import { lockDefect } from '../../../db/defects/defects.ts';
import { listEvents, logChange } from '../../../db/defects/events.ts';
import { lastEventIds } from '../../../db/reminders/live-messages.ts';
import { insertTicket } from '../../../db/trackers/tickets.ts';
import type { TrackerRow } from '../../../db/trackers/trackers.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import { THE_BOT } from '../../../domain/vocabulary.ts';
import type { Db, Program } from '../../doing.ts';
import { linkOf } from '../link-ticket.ts';
import { oursOf } from '../sync/bring-together.ts';

/**
 * Links a defect to the ticket that it was taken in from. Both sides count as brought together as they stand, so that what
 * is changed from now on is news, and nothing is written to the ticket before.
 */
export async function linkPast(
  tx: Db,
  program: Program,
  tracker: TrackerRow,
  { defectId, ticket, why = `Taken in from ${ticket.key}.` }: { defectId: number; ticket: Ticket; why?: string },
  now: Date,
): Promise<void> {
  const defect = await lockDefect(tx, program.id, defectId);
  if (!defect) throw new Error('A defect was forgotten at the moment at which it was taken in.');
  const ours = oursOf(defect, await listEvents(tx, defectId));
  const { externalId, key, url, title, status, statusAt, changedAt } = ticket;
  const assignees = ticket.assignees?.map(({ id, name }) => ({ id, name }));
  await logChange(tx, defect, 'ticket_linked', {
    actor: THE_BOT,
    at: now,
    why,
    data: { url },
  });
  const linked = await insertTicket(tx, {
    ...linkOf(tracker, defect, { by: tracker.historyBy ?? tracker.createdBy, now }),
    ...{ externalId, key, url, title, status, statusAt, changedAt, dueAt: null },
    ...{ agreedOurs: ours.status, agreedOursAt: ours.at, agreedTheirs: status, agreedTheirsAt: statusAt },
    ...{ agreedDueOurs: defect.dueOn, agreedDueTheirs: ticket.dueOn ?? null, dueAgreedAt: now },
    ...(assignees && { assignees, agreedAssignees: assignees.map(({ id }) => id) }),
    ...{ agreedOwnerId: defect.ownerId, agreedOwnerAt: now },
    toldEventId: (await lastEventIds(tx, [defectId]))[0] ?? 0,
  });
  // Somebody has linked it at this very moment: then the page is read again, and this one is here already.
  if (!linked) throw new Error(`${key} was linked while it was taken in.`);
}
