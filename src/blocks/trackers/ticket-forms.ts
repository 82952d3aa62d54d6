import type { KnownBlock, ModalView } from '@slack/types';
import { FIX_KINDS, type FixKind } from '../../domain/vocabulary.ts';
import { type DefectOfForm, defectForm } from '../defects/defect-form.ts';
import { VIEWS } from '../kit/ids.ts';
import { choiceInput, textInput } from '../kit/inputs.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, option } from '../kit/parts.ts';
import { FIX_KIND_WORDS } from '../kit/words.ts';

export const TICKET_INPUTS = { url: 'ticket', tracker: 'tracker', keeping: 'keeping', fixKind: 'fix_kind' } as const;

/** Where a ticket of a defect may be, and whether one may be made there. */
export type TicketPlace = { id: number; place: string; mayCreate: boolean };

/** Links a ticket that exists, or makes one where the program allows that. */
export function ticketModal(asked: DefectOfForm & { places: readonly TicketPlace[] }): ModalView {
  return defectForm(asked, VIEWS.ticket, 'Ticket', ticketInputs(asked.places));
}

/** Neither has to be answered. */
export function ticketInputs(places: readonly TicketPlace[]): KnownBlock[] {
  const creating = places.filter(({ mayCreate }) => mayCreate);
  return [
    textInput(TICKET_INPUTS.url, {
      label: 'Address of a ticket that exists',
      hint: `Of ${places.map(({ place }) => place).join(', ')}.`,
      limit: 1900,
      optional: true,
    }),
    ...(creating.length > 0
      ? [
          choiceInput(TICKET_INPUTS.tracker, {
            label: 'Or make one in',
            options: creating.map(({ id, place }) => option(place, String(id))),
            optional: true,
          }),
        ]
      : []),
  ];
}

/** What the form of a claim would have asked, where a closed ticket has claimed the fix. */
export function completeClaimModal(
  asked: DefectOfForm & { keepingNote: string | null; fixKind: FixKind | null },
): ModalView {
  return defectForm(asked, VIEWS.completeClaim, 'Complete the claim', [
    textInput(TICKET_INPUTS.keeping, {
      label: 'What keeps it fixed?',
      hint: 'A test, an alert or a runbook: a link or a sentence.',
      // Without its kind nobody has said it, and the note tells what claimed the fix.
      initial: asked.fixKind ? asked.keepingNote : null,
      limit: 1000,
      lines: true,
    }),
    choiceInput(TICKET_INPUTS.fixKind, {
      label: 'What kind of fix is it?',
      options: FIX_KINDS.map((kind) => option(FIX_KIND_WORDS[kind], kind)),
      initial: asked.fixKind,
    }),
    context(mrkdwn`Proving has begun and goes on as it is.`),
  ]);
}
