import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How a tracker tells that something happened. */
export type Hook = {
  /** Whether these very bytes were signed with this secret. */
  isGenuine: (delivery: Delivery, secret: string) => boolean;
  /** The ticket of a place that a delivery is about; null where it is about none. */
  ticketIn: (json: Record<string, unknown>, place: string) => string | null;
  /** Whether it tells that code was merged in a place, or went out; absent where the tracker holds none. */
  tellsOfCode?: (headers: IncomingHttpHeaders, json: Record<string, unknown>, place: string) => boolean;
};

export type Delivery = { headers: IncomingHttpHeaders; body: Buffer };

/** Whether a header holds the hex HMAC-SHA256 of a body, behind whatever the tracker writes before it. */
export function isSigned({ headers, body }: Delivery, header: string, prefix: string, secret: string): boolean {
  const given = headers[header];
  if (typeof given !== 'string' || !given.startsWith(prefix)) return false;
  const made = createHmac('sha256', secret).update(body).digest();
  const told = Buffer.from(given.slice(prefix.length), 'hex');
  return told.length === made.length && timingSafeEqual(told, made);
}
