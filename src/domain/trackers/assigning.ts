import type { Ticket, TrackerAnswer } from './tracker.ts';

/** What is kept of the name of an account. */
export const NAME_LIMIT = 100;

/** An account of a tracker: what it is called in requests, what people call it, and its e-mail where the tracker tells. */
export type Account = { id: string; name: string; email: string | null };

/** Who was changed last among the assignees of a ticket, when, and by whom. */
export type LastAssigned = {
  at: Date;
  /** Null where the tracker does not tell. */
  by: Account | null;
  /** Our own account did it. */
  isOwn: boolean;
};

/** What a tracker does about assignees; left out by one that has none. */
export type Assigning = {
  /** Adds one and takes some away, and leaves all others as they are. */
  assign: (
    externalId: string,
    change: { add: string | null; remove: readonly string[] },
  ) => Promise<TrackerAnswer<Ticket>>;
  /** When the assignees were changed last; null where the tracker tells of no change. */
  lastAssigned: (externalId: string) => Promise<TrackerAnswer<LastAssigned | null>>;
  /** Whose account it is, by its e-mail or by what people call it; null where there is no such, or several. */
  findAccount: (named: string) => Promise<TrackerAnswer<Account | null>>;
};
