import type { TrackerKind } from './tracker.ts';

/** A ticket as an address names it. */
export type NamedTicket = { externalId: string; key: string; url: string };

type Place = { kind: TrackerKind; place: string; webUrl: string };

const LONGEST = 2000;

/** The ticket of a connected place that an address shows; null for any other address. */
export function ticketInUrl(tracker: Place, typed: string): NamedTicket | null {
  if (typed.length > LONGEST || !URL.canParse(typed)) return null;
  switch (tracker.kind) {
    case 'github': {
      const number = /^\/issues\/([1-9]\d{0,9})(?:\/|$)/.exec(pathUnder(tracker.webUrl, typed) ?? '')?.[1];
      if (!number) return null;
      return { externalId: number, key: `${tracker.place}#${number}`, url: `${tracker.webUrl}/issues/${number}` };
    }
    case 'linear': {
      const workspace = tracker.webUrl.replace(/\/team\/[^/]+$/, '');
      return named(tracker.place, `${workspace}/issue`, typed);
    }
    case 'jira':
      return named(tracker.place, tracker.webUrl.replace(/\/[^/]+$/, ''), typed);
  }
}

/** A ticket that is called ENG-12 everywhere. */
function named(place: string, webUrl: string, typed: string): NamedTicket | null {
  const [, prefix, number] = /^\/([a-z][a-z0-9_]*)-([1-9]\d{0,9})(?:\/|$)/i.exec(pathUnder(webUrl, typed) ?? '') ?? [];
  if (!number || prefix?.toUpperCase() !== place.toUpperCase()) return null;
  const key = `${place}-${number}`;
  return { externalId: key, key, url: `${webUrl}/${key}` };
}

/** What follows an address, where the two are of the same host; case counts for nothing in either. */
function pathUnder(webUrl: string, typed: string): string | null {
  const url = new URL(typed);
  const place = new URL(webUrl);
  if (url.origin !== place.origin || url.username || url.password) return null;
  const base = place.pathname.replace(/\/+$/, '').toLowerCase();
  return url.pathname.toLowerCase().startsWith(`${base}/`) ? url.pathname.slice(base.length) : null;
}
