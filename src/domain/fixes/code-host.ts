import type { TrackerAnswer, TrackerKind } from '../trackers/tracker.ts';

/** The trackers that hold code beside their tickets. */
export const CODE_KINDS: readonly TrackerKind[] = ['github'];

/** A pull request that was merged, as its host tells of it. */
export type PullRequest = {
  number: number;
  title: string;
  body: string;
  url: string;
  /** The branch that was merged, and the one that it was merged into. */
  branch: string;
  base: string;
  author: Account;
  mergedAt: Date;
  mergeSha: string;
  changedAt: Date;
};

/** `isBot` as the host says it of the account. */
export type Account = { login: string; isBot: boolean };

/** Code that went out to users: a release, or a deployment that succeeded. */
export type Shipment = {
  /** The same one is told under the same id. */
  id: string;
  /** As people call it: v1.4, or the place that it went to. */
  name: string;
  url: string | null;
  /** The tag or commit that went out. */
  ref: string;
  /** The branch that it was cut from, where the host tells. */
  branch: string | null;
  at: Date;
};

/** The code of one place. Nothing here throws. */
export type CodeHost = {
  /** What is merged and has changed since an instant. */
  listMerged: (since: Date) => Promise<TrackerAnswer<readonly PullRequest[]>>;
  /** Who wrote a pull request beside its author, by login where it is known, else by name. */
  listCoAuthors: (number: number) => Promise<TrackerAnswer<readonly string[]>>;
  /** What went out to users since an instant, the oldest first. */
  listShipments: (since: Date) => Promise<TrackerAnswer<readonly Shipment[]>>;
  /** Whether a commit is part of what went out; null where the host cannot tell. */
  contains: (shipment: Shipment, sha: string) => Promise<TrackerAnswer<boolean | null>>;
};
