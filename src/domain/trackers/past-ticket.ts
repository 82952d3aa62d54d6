import type { Ticket } from './tracker.ts';

/** A ticket of a place's history. */
export type PastTicket = {
  ticket: Ticket;
  /** As the tracker's interface gives it, which is how an export of the tracker has it, too. */
  record: Record<string, unknown>;
  /** Whose it is where that is no person: such tickets are no reports of anybody. */
  madeBy: 'bot' | 'us' | null;
  isPullRequest: boolean;
};

/** Some of the tickets that a place has. `next` is where the following ones begin; null where there are no more. */
export type HistoryPage = { past: readonly PastTicket[]; next: string | null };

/** What became of a history so far: how many were taken in, as what, and how many were left out, why. */
export type HistoryTally = {
  opened: number;
  joined: number;
  /** Those that an import had brought, which were only linked. Not there in what was begun by an earlier version. */
  linked?: number;
  became: Partial<Record<'claimed' | 'risk_accepted' | 'dismissed' | 'merged', number>>;
  leftOut: Partial<Record<LeftOut, number>>;
  /** Kinds of work that are no defects. */
  kinds: Record<string, number>;
  /** The first that could not be read, and why. */
  unreadable: readonly { key: string; reason: string }[];
};

export const LEFT_OUT = ['pull_request', 'bot', 'ours', 'here', 'unreadable'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

const UNREADABLE_KEPT = 3;

export const NOTHING_YET: HistoryTally = {
  opened: 0,
  joined: 0,
  linked: 0,
  became: {},
  leftOut: {},
  kinds: {},
  unreadable: [],
};

export function addTallies(a: HistoryTally, b: HistoryTally): HistoryTally {
  return {
    opened: a.opened + b.opened,
    joined: a.joined + b.joined,
    linked: (a.linked ?? 0) + (b.linked ?? 0),
    became: addCounts(a.became, b.became),
    leftOut: addCounts(a.leftOut, b.leftOut),
    kinds: addCounts(a.kinds, b.kinds),
    unreadable: [...a.unreadable, ...b.unreadable].slice(0, UNREADABLE_KEPT),
  };
}

function addCounts<C extends Partial<Record<string, number>>>(a: C, b: C): C {
  const sum: Record<string, number> = {};
  for (const [key, count] of [...Object.entries(a), ...Object.entries(b)]) sum[key] = (sum[key] ?? 0) + (count ?? 0);
  return sum as C;
}
