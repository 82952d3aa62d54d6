import type { DefectState } from '../vocabulary.ts';

export const TICKET_STATUSES = ['open', 'done', 'not_planned', 'duplicate'] as const;
/** What a tracker and a program both mean by the state of a ticket, whatever the tracker calls it. */
export type TicketStatus = (typeof TICKET_STATUSES)[number];

const STATUS_OF: Record<DefectState, TicketStatus> = {
  new: 'open',
  accepted: 'open',
  claimed: 'done',
  proven: 'done',
  risk_accepted: 'not_planned',
  dismissed: 'not_planned',
  merged: 'duplicate',
};

/** Done is claimed, never proven: both are done to a tracker. */
export function statusOf(state: DefectState): TicketStatus {
  return STATUS_OF[state];
}

const WORDS: Record<TicketStatus, string> = {
  open: 'open',
  done: 'closed as done',
  not_planned: 'closed as not planned',
  duplicate: 'closed as a duplicate',
};

export function ticketStatusWords(status: TicketStatus): string {
  return WORDS[status];
}

type Move = { id: number; at: Date; kind: string; fromState: DefectState | null; toState: DefectState | null };

/**
 * The last move of a defect that says something to a ticket, as it stands in the log; null where none does. A ticket shows
 * no acceptance, and yet it says that there is work to do. A merge that was undone changes nothing for a tracker.
 */
export function lastShownMove<M extends Move>(events: readonly M[]): M | null {
  const shown = events.filter(
    ({ kind, fromState, toState }) =>
      toState !== null && (kind === 'accepted' || fromState === null || statusOf(fromState) !== statusOf(toState)),
  );
  return shown.at(-1) ?? null;
}
