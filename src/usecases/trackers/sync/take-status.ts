import { ticketClaimedMessage } from '../../../blocks/trackers/ticket-messages.ts';
import type { Defect } from '../../../db/defects/defects.ts';
import { applyTransition } from '../../../db/defects/events.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { listCriteria } from '../../../db/proof/criteria.ts';
import type { TicketRow } from '../../../db/trackers/tickets.ts';
import { planTransition } from '../../../domain/defects/lifecycle.ts';
import { Refusal } from '../../../domain/errors/refusal.ts';
import { planTaking } from '../../../domain/trackers/take-status.ts';
import { ticketStatusWords } from '../../../domain/trackers/ticket-status.ts';
import { THE_BOT } from '../../../domain/vocabulary.ts';
import type { Db } from '../../doing.ts';
import { waitsForShipment } from '../../fixes/witness-fix.ts';
import { claimFix } from '../../proof/claim-fix.ts';
import { askAboutTicket, namesOf, tellOfTicket } from './tell-of-ticket.ts';

/** Lets a defect follow its ticket, or asks whoever owns it. Answers the defect as it is after that. */
export async function takeStatus(
  tx: Db,
  program: Program,
  defect: Defect,
  ticket: TicketRow,
  now: Date,
): Promise<Defect> {
  const { status } = ticket;
  if (!status) return defect;
  const criteriaCount = (await listCriteria(tx, defect.id)).length;
  const taking = planTaking(status, { ...defect, criteriaCount });
  switch (taking.kind) {
    case 'claim':
      if (await waitsForShipment(tx, defect, now)) return defect;
      return claim(tx, program, defect, ticket, now);
    case 'take_claim_back':
      return applyTransition(
        tx,
        defect,
        planTransition(defect, 'taken_back', {}, 'accepted'),
        { actor: THE_BOT, at: now, why: `${ticket.key} was opened again, so the claim is taken back.` },
        { claimedAt: null, deployedAt: null, windowDays: null, windowEndsAt: null },
      );
    case 'reopen':
      return applyTransition(tx, defect, planTransition(defect, 'reopened'), {
        actor: THE_BOT,
        at: now,
        why: `${ticket.key} was opened again.`,
      });
    case 'ask':
      await askAboutTicket(tx, program, defect, ticket, taking.question, now);
      return defect;
    case 'nothing':
      return defect;
  }
}

/** Proving begins when the ticket was closed, as its tracker tells; what the form would have asked is asked of the owner. */
async function claim(tx: Db, program: Program, defect: Defect, ticket: TicketRow, now: Date): Promise<Defect> {
  const { statusAt, key } = ticket;
  if (!defect.ownerId) {
    await askAboutTicket(tx, program, defect, ticket, 'claim', now);
    return defect;
  }
  const isUsable = statusAt && statusAt <= now && statusAt >= defect.firstSeenAt;
  const said = {
    keepingNote: `still to be said. ${key} was ${ticketStatusWords('done')}.`,
    fixKind: null,
    deployedAt: isUsable ? statusAt : now,
    environments: [],
  };
  try {
    const claimed = await claimFix(tx, program, defect.number, said, { by: defect.ownerId, now, actor: THE_BOT });
    await tellOfTicket(tx, program, defect, ticket, ticketClaimedMessage(namesOf(program, defect, ticket)), now);
    return claimed;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await askAboutTicket(tx, program, defect, ticket, 'claim', now);
    return defect;
  }
}
