import type { TrackerKind } from './tracker.ts';

/** By its e-mail, or because somebody has said so. */
export type KnownBy = 'email' | 'person';

/** An account of a tracker and who that is in Slack. */
export type TrackerPerson = {
  account: string | null;
  /** What people call the account. */
  name: string | null;
  userId: string | null;
  /** Null while one side is not known; where somebody has said that there is nobody, it stays empty. */
  knownBy: KnownBy | null;
  changedAt: Date;
};

/**
 * Where the accounts of a tracker are ones: two repositories of one host share them, two sites do not. The addresses that
 * people find a tracker at begin with it.
 */
export function homeOf({ kind, site, webUrl }: { kind: TrackerKind; site: string | null; webUrl: string }): string {
  switch (kind) {
    case 'github':
      return new URL(webUrl).origin;
    case 'linear':
      return webUrl.replace(/\/team\/[^/]*$/, '');
    case 'jira':
      return site ?? new URL(webUrl).origin;
  }
}

/** The accounts of somebody: what a person has said comes before what an e-mail tells, the newest first. */
export function accountsOf(userId: string | null, people: readonly TrackerPerson[]): string[] {
  const rank = ({ knownBy }: TrackerPerson) => (knownBy === 'person' ? 0 : 1);
  return people
    .filter((one) => userId !== null && one.userId === userId && one.account !== null)
    .sort((a, b) => rank(a) - rank(b) || b.changedAt.getTime() - a.changedAt.getTime())
    .flatMap(({ account }) => account ?? []);
}
