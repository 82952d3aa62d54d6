import type { CodeHost } from '../fixes/code-host.ts';
import type { Account, Assigning } from './assigning.ts';
import type { HistoryPage } from './past-ticket.ts';
import type { TicketStatus } from './ticket-status.ts';
import type { TicketText } from './ticket-text.ts';

export const TRACKER_KINDS = ['github', 'linear', 'jira'] as const;
export type TrackerKind = (typeof TRACKER_KINDS)[number];

export const TRACKER_NAMES: Record<TrackerKind, string> = { github: 'GitHub', linear: 'Linear', jira: 'Jira' };

/** What a tracker can do and how it writes: data of its adapter, so that no use case asks which tracker it is. */
export type Abilities = {
  /** Writes a text in the tracker's own markup, within its limit. */
  write: (text: TicketText, limit: number) => string;
  /** The most that one text may hold. */
  textLimit: number;
  /** How long a new ticket may be missing from what the tracker finds. */
  findsAfterMs: number;
};

/** A ticket as its tracker tells of it. */
export type Ticket = {
  /** What the tracker calls it in requests. */
  externalId: string;
  /** What people call it: acme/api#12. */
  key: string;
  url: string;
  title: string;
  status: TicketStatus;
  /** When it came to have this status; its last change of any kind where the tracker tells no more. */
  statusAt: Date;
  /** The account that gave it this status; null where the tracker does not tell. */
  statusBy: string | null;
  changedAt: Date;
  /** The day that it is due; left out by a tracker that has no due dates. */
  dueOn?: string | null;
  /** When it was given that day, and by which account, by its history; left out where that was not read or does not tell. */
  dueSaid?: { at: Date; by: string | null };
  /** Who is to do it; left out by a tracker that has no assignees. */
  assignees?: readonly Account[];
  labels: readonly string[];
};

/** Why a tracker did not do something. */
export type TrackerTrouble =
  /** Too much was asked of it: nothing more before `afterMs` have passed, where it says so. */
  | { kind: 'limited'; afterMs: number | null }
  /** It was not done, and may be done later: not before `afterMs` have passed, where that is known. */
  | { kind: 'later'; afterMs?: number }
  /** Nobody knows whether it was done. */
  | { kind: 'lost' }
  /** It stays impossible until a person acts. The words tell them what to do, `at` what of an app is wrong. */
  | { kind: 'refused'; words: string; at?: 'app' | 'installation' | 'key' }
  /** There is no such ticket, comment or place, or the token does not reach it. */
  | { kind: 'missing' };

export type TrackerAnswer<T> = { ok: T } | { trouble: TrackerTrouble };

export type LabelChange = { add: readonly string[]; remove: readonly string[] };

export type NewTicket = { title: string; text: string; marker: string };

export type Introduction = {
  account: string;
  /** What people call it, where the account is a mere id. */
  accountName?: string | undefined;
  webUrl: string;
  /** Whether everybody can read what is written there. */
  isPublic: boolean;
  latest: Ticket | null;
};

/** One project or repository of a tracker, opened with its token. Nothing here throws. */
export type Tracker = {
  abilities: Abilities;
  /** The account that writes, and where people find the place; reads, and writes nothing. */
  introduce: () => Promise<TrackerAnswer<Introduction>>;
  readTicket: (externalId: string) => Promise<TrackerAnswer<Ticket>>;
  /** The tickets that changed since an instant, the oldest change first; `isWhole` is false where there are still more. */
  listChanged: (since: Date) => Promise<TrackerAnswer<{ tickets: readonly Ticket[]; isWhole: boolean }>>;
  /**
   * The tickets that the place has, a page at a time, from where the page before ended; the first one for null. A ticket
   * may come twice, also on one page, and what is made or changed meanwhile may come or not.
   */
  listHistory: (from: string | null) => Promise<TrackerAnswer<HistoryPage>>;
  createTicket: (ticket: NewTicket) => Promise<TrackerAnswer<Ticket>>;
  /** The ticket that carries the marker, where one was created since an instant; null where none was. */
  findCreated: (marker: string, since: Date) => Promise<TrackerAnswer<Ticket | null>>;
  setStatus: (externalId: string, status: TicketStatus) => Promise<TrackerAnswer<Ticket>>;
  /** Left out by a tracker that has no due dates. */
  setDue?: (externalId: string, dueOn: string | null) => Promise<TrackerAnswer<Ticket>>;
  /** Answers the id of the comment. */
  comment: (externalId: string, comment: { text: string; marker: string }) => Promise<TrackerAnswer<string>>;
  /** The id of the comment that carries the marker, written since an instant; null where there is none. */
  findComment: (externalId: string, marker: string, since: Date) => Promise<TrackerAnswer<string | null>>;
  editComment: (
    externalId: string,
    commentId: string,
    comment: { text: string; marker: string },
  ) => Promise<TrackerAnswer<null>>;
  /** Adds labels and takes labels away, and leaves all others as they are; left out by a tracker that has none. */
  changeLabels?: (externalId: string, change: LabelChange) => Promise<TrackerAnswer<null>>;
  /** Left out by a tracker that has no assignees. */
  assigning?: Assigning;
  /** The code beside its tickets, where it holds any; a pull request is commented on as a ticket of the same number is. */
  code?: CodeHost;
};

/** How a tracker is reached: what the settings hold, with the token opened. */
export type Access = {
  kind: TrackerKind;
  place: string;
  /** Where it answers, for a tracker that everybody has at an address of their own. */
  site?: string | null;
  /** Or what stands for one: an app of GitHub. */
  token: string;
  /** The account that the token is of, where it is known already. */
  account: string | null;
};

/** Opens a tracker; nothing is sent by that. */
export type OpenTracker = (access: Access) => Tracker;
