import type { Defect } from '../../../db/defects/defects.ts';
import type { DefectEvent } from '../../../db/defects/events.ts';
import type { TicketRow } from '../../../db/trackers/tickets.ts';
import { findTracker } from '../../../db/trackers/trackers.ts';
import { isComeback } from '../../../domain/defects/lifecycle.ts';
import { type Agreed, agreedByLink, mergeStatus } from '../../../domain/trackers/merge-status.ts';
import { planReopening } from '../../../domain/trackers/reopening.ts';
import type { TicketStatus } from '../../../domain/trackers/ticket-status.ts';
import type { Db } from '../../doing.ts';
import { waitsForShipment } from '../../fixes/witness-fix.ts';
import { intendTicket } from '../create-ticket.ts';

type Compared = {
  defect: Defect;
  ticket: TicketRow;
  /** Null where they were just linked. */
  agreed: Agreed | null;
  /** `move` is what made it so. */
  ours: { status: TicketStatus; at: Date; move: DefectEvent | null };
  theirs: { status: TicketStatus; at: Date; isOwn: boolean };
};

/** The ticket is given the defect's status, the defect follows the ticket, its owner is asked whether that closing was the fix, or nothing. */
export type StatusStep = 'give' | 'take' | 'ask' | 'rest';

/**
 * What the merge of both sides means here.
 * 1. What a person has decided is given to the ticket.
 * 2. What the data brought back, and what was accepted after its ticket was closed, opens that again as the program wants it.
 *    Otherwise a ticket that stays as a person has set it is their news still, but a closing from before the comeback is no
 *    fix of what came back; of an acceptance the owner is asked.
 * 3. Of a ticket that was done before it was linked the owner is asked: whoever linked it has seen both, and it alone says
 *    neither that this closing was the fix nor that it was not.
 * 4. While a merged fix waits to go out, that its ticket is closed says nothing.
 */
export async function decideStatus(tx: Db, compared: Compared, now: Date): Promise<StatusStep> {
  const { defect, ticket, ours, theirs } = compared;
  const agreed = compared.agreed ?? agreedByLink(ticket.linkedAt, ours, theirs);
  const { kind } = mergeStatus(agreed, ours, theirs);
  if (kind === 'take') return 'take';
  const asked = async () => ((await waitsForShipment(tx, defect, now)) ? 'rest' : 'ask');
  if (kind === 'rest') {
    const isLinkedDone = compared.agreed === null && defect.state === 'accepted' && theirs.status === 'done';
    return isLinkedDone ? asked() : 'rest';
  }
  const isAccepted = ours.move?.kind === 'accepted';
  if (!isAccepted && !isComeback(ours.move?.kind ?? '')) return 'give';
  if (isAccepted && (await asked()) === 'rest') return 'rest';
  const tracker = await findTracker(tx, defect.programId, ticket.trackerId);
  if (!tracker) return 'rest';
  const by = isAccepted ? 'person' : 'data';
  const plan = planReopening(tracker, { status: theirs.status, statusAt: theirs.at, by }, now);
  if (plan === 'new_ticket') await intendTicket(tx, tracker, defect, { by: ticket.linkedBy, now });
  if (plan === 'reopen') return 'give';
  if (!isAccepted) return theirs.status === agreed.theirs || theirs.status === 'done' ? 'rest' : 'take';
  if (plan === 'new_ticket') return 'rest';
  return theirs.status === 'done' ? 'ask' : 'take';
}
