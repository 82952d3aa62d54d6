import { ACTIONS, VIEWS } from '../../blocks/kit/ids.ts';
import { mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { completeClaimModal, TICKET_INPUTS, ticketModal } from '../../blocks/trackers/ticket-forms.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { defectKey, FIX_KINDS } from '../../domain/vocabulary.ts';
import { onOpen } from '../../requests/listen/on-button.ts';
import { onForm } from '../../requests/listen/on-form.ts';
import { findOrRefuse } from '../../usecases/defects/show-defect.ts';
import { completeClaim } from '../../usecases/trackers/complete-claim.ts';
import { createTicket } from '../../usecases/trackers/create-ticket.ts';
import { linkTicket } from '../../usecases/trackers/link-ticket.ts';
import { listPlaces } from '../../usecases/trackers/read-tickets.ts';
import { defectForm } from '../defects/defect-form.ts';
import { defectInValue } from '../defects/named-defect.ts';
import type { Deps } from '../deps.ts';

const decides = { right: 'decide', names: defectInValue } as const;

/** What a defect's card and the messages about its ticket offer. */
export function registerTickets(deps: Deps): void {
  const { db } = deps;
  onOpen(deps, ACTIONS.openTicketForm, {
    ...decides,
    view: async ({ program, named: { number } }) => {
      const { title, state } = await findOrRefuse(db, program, number);
      const places = await listPlaces(db, program, state);
      return ticketModal({ ref: { programId: program.id, number }, title, places });
    },
  });
  onOpen(deps, ACTIONS.completeClaim, {
    ...decides,
    view: async ({ program, named: { number } }) => {
      const { title, keepingNote, fixKind } = await findOrRefuse(db, program, number);
      return completeClaimModal({ ref: { programId: program.id, number }, title, keepingNote, fixKind });
    },
  });

  onForm(deps, VIEWS.ticket, {
    ...defectForm(async (tx, { program, named: { number }, form, doing }) => {
      const url = form.text(TICKET_INPUTS.url).trim();
      const trackerId = Number(form.choice(TICKET_INPUTS.tracker));
      if (url) {
        const { key } = await linkTicket(tx, program, number, url, doing);
        return mrkdwn`${defectKey(number)} is linked to ${key} now.`;
      }
      if (!trackerId) throw new Refusal('Paste the address of a ticket, or pick where to make one.', TICKET_INPUTS.url);
      const { place } = await createTicket(tx, program, number, trackerId, doing);
      return mrkdwn`${defectKey(number)} gets a ticket in ${place}. Its card names it in a moment.`;
    }),
    inputs: TICKET_INPUTS,
  });
  onForm(
    deps,
    VIEWS.completeClaim,
    defectForm(async (tx, { program, named: { number }, form, doing }) => {
      const fixKind = FIX_KINDS.find((one) => one === form.choice(TICKET_INPUTS.fixKind));
      if (!fixKind) throw new Refusal('Pick one of the answers.', TICKET_INPUTS.fixKind);
      const keepingNote = form.text(TICKET_INPUTS.keeping);
      await completeClaim(tx, program, number, { keepingNote, fixKind }, doing);
      return mrkdwn`The claim of ${defectKey(number)} is complete. Proving goes on.`;
    }),
  );
}
