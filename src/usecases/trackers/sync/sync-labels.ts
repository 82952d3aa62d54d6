import { findDefect } from '../../../db/defects/defects.ts';
import { findTicket, listLabelled, makeDue, type TicketRow, updateTicket } from '../../../db/trackers/tickets.ts';
import type { TrackerRow } from '../../../db/trackers/trackers.ts';
import { isOpen } from '../../../domain/defects/lifecycle.ts';
import { labelsFor, planLabels } from '../../../domain/trackers/labels.ts';
import type { Ticket } from '../../../domain/trackers/tracker.ts';
import { harmNow } from '../../defects/describe-defect.ts';
import type { Db, Program } from '../../doing.ts';
import { must, mustHold } from './stopped.ts';
import type { TicketWork } from './sync-ticket.ts';

/**
 * Writes severity and harm as labels, where the tracker has labels and the program wants that. Which of them are ours is
 * stored before they are written, so that none is left behind.
 */
export async function syncLabels(
  work: TicketWork,
  { id }: TicketRow,
  { externalId, labels: there }: Ticket,
): Promise<void> {
  const { db, program, tracker, row, now } = work;
  const ticket = await findTicket(db, id);
  const defect = ticket && (await findDefect(db, program.id, ticket.defectId));
  if (!tracker.changeLabels || !row.labels || !ticket || !defect || !isOpen(defect.state)) return;
  const { ownLabels: own, labelsWanted: before } = ticket;
  const wanted = labelsFor({ severity: defect.severity, harmPerWeek: harmNow(defect, program, now) }, before);
  const plan = planLabels(wanted, { there, own, before });
  if (!plan) return;
  await updateTicket(db, id, { ownLabels: [...new Set([...own, ...plan.add])] });
  if (plan.add.length + plan.remove.length > 0) {
    await mustHold(work);
    await must(tracker.changeLabels(externalId, plan));
  }
  await updateTicket(db, id, { ownLabels: plan.own, labelsWanted: wanted });
}

/** Harm fades by itself: the tickets whose labels say something else by now are looked at soon. */
export async function callForLabels(tx: Db, program: Program, tracker: TrackerRow, now: Date): Promise<void> {
  if (!tracker.labels) return;
  const stale = (await listLabelled(tx, tracker.id)).filter(({ defect, before }) => {
    const wanted = labelsFor({ severity: defect.severity, harmPerWeek: harmNow(defect, program, now) }, before);
    return wanted.some((label) => !before.includes(label));
  });
  await makeDue(
    tx,
    tracker.id,
    stale.map(({ externalId }) => externalId),
    now,
  );
}
