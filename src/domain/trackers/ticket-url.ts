import type { TrackerKind } from './tracker.ts';

/** A ticket as an address names it. */
export type NamedTicket = { externalId: string; key: string; url: string };

type Place = { kind: TrackerKind; place: string; webUrl: string };

const LONGEST = 2000;

/** The ticket of a connected place that an address shows; null for any other address. */
export function ticketInUrl(tracker: Place, typed: string): NamedTicket | null {
  const path = pathUnder(tracker.webUrl, typed);
  if (path === null) return null;
  switch (tracker.kind) {
    case 'github': {
      const number = /^\/issues\/([1-9]\d{0,9})(?:\/|$)/.exec(path)?.[1];
      if (!number) return null;
      return { externalId: number, key: `${tracker.place}#${number}`, url: `${tracker.webUrl}/issues/${number}` };
    }
  }
}

/** What follows the address of the place, where the two are of the same host; case counts for nothing in either. */
function pathUnder(webUrl: string, typed: string): string | null {
  if (typed.length > LONGEST || !URL.canParse(typed)) return null;
  const url = new URL(typed);
  const place = new URL(webUrl);
  if (url.origin !== place.origin || url.username || url.password) return null;
  const base = place.pathname.replace(/\/+$/, '').toLowerCase();
  return url.pathname.toLowerCase().startsWith(`${base}/`) ? url.pathname.slice(base.length) : null;
}
