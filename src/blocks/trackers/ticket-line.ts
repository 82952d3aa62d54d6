import { type TicketStatus, ticketStatusWords } from '../../domain/trackers/ticket-status.ts';
import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';

/** A ticket as a defect's card shows it; without a key while it is being made, without a status while nobody has read it. */
export type ShownTicket = {
  key: string | null;
  url: string | null;
  place: string;
  status: TicketStatus | null;
  trouble: string | null;
  /** Whom it is assigned to, where nobody here knows who that is. */
  stranger: string | null;
};

const SHOWN = 5;

/** "Tickets: acme/api#12, open", or undefined where there are none. */
export function ticketLine(tickets: readonly ShownTicket[]): Mrkdwn | undefined {
  if (tickets.length === 0) return undefined;
  const more = tickets.length > SHOWN ? [mrkdwn`and ${tickets.length - SHOWN} more`] : [];
  const shown = joinMrkdwn([...tickets.slice(0, SHOWN).map(oneTicket), ...more], '; ');
  return mrkdwn`*${tickets.length === 1 ? 'Ticket' : 'Tickets'}:* ${shown}`;
}

function oneTicket({ key, url, place, status, trouble, stranger }: ShownTicket): Mrkdwn {
  if (!key || !url) return trouble ? mrkdwn`could not be made in ${place}` : mrkdwn`is being made in ${place}`;
  const named = link(url, key);
  if (trouble) return mrkdwn`${named}, which could not be brought up to date`;
  const to = stranger === null ? mrkdwn`` : mrkdwn`, assigned to ${stranger}, whom nobody here knows`;
  return status ? mrkdwn`${named}, ${ticketStatusWords(status)}${to}` : named;
}
