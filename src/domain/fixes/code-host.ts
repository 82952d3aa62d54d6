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

/** What a source calls that which went out: the commit where it tells it, else a version, which may be the name of a tag. */
export type NamedCode = { version: string; commit: string | null };

/** The code of one place. Nothing here throws. */
export type CodeHost = {
  /** What is merged and has changed since an instant. */
  listMerged: (since: Date) => Promise<TrackerAnswer<readonly PullRequest[]>>;
  /** Who wrote a pull request beside its author, by login where it is known, else by name. */
  listCoAuthors: (number: number) => Promise<TrackerAnswer<readonly string[]>>;
  /** What went out to users since an instant, the oldest first. */
  listShipments: (since: Date) => Promise<TrackerAnswer<readonly Shipment[]>>;
  /** The commit that went out, never by the name of a branch, which moves on; null where there is none of that name. */
  findCommit: (named: NamedCode) => Promise<TrackerAnswer<string | null>>;
  /** Whether a commit is part of what went out; null where the host cannot tell. */
  contains: (shipment: Pick<Shipment, 'ref'>, sha: string) => Promise<TrackerAnswer<boolean | null>>;
};
