import { DAY_MS } from '../time/durations.ts';
import type { TicketStatus } from './ticket-status.ts';

export const REOPENINGS = ['reopen', 'comment', 'new_ticket'] as const;
/** What becomes of a ticket whose defect came back: it is told in any case. */
export type Reopening = (typeof REOPENINGS)[number];

export const DEFAULT_REOPENING: Reopening = 'reopen';
export const DEFAULT_REOPEN_DAYS = 14;
export const MOST_REOPEN_DAYS = 365;

export const CREATIONS = ['always', 'asked', 'never'] as const;
/** Whether a defect gets a ticket when it is accepted. */
export type Creation = (typeof CREATIONS)[number];

/**
 * What becomes of the closed ticket of a defect that is to do again, by the data or since a person accepted it after that
 * closing. The data open only one again that was closed as done: whoever closed it as not planned has decided something
 * else. Past the days it is left as it is.
 */
export function planReopening(
  policy: { reopening: Reopening; reopenDays: number },
  ticket: { status: TicketStatus; statusAt: Date; by: 'data' | 'person' },
  now: Date,
): 'reopen' | 'leave' | 'new_ticket' {
  if ((ticket.by === 'data' && ticket.status !== 'done') || policy.reopening === 'comment') return 'leave';
  if (policy.reopening === 'new_ticket') return 'new_ticket';
  const isYoung = now.getTime() - ticket.statusAt.getTime() < policy.reopenDays * DAY_MS;
  return isYoung ? 'reopen' : 'leave';
}
