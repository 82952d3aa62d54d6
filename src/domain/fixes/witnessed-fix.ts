import { DAY_MS } from '../time/durations.ts';

/** When a merged fix went out, as a release or a deployment tells that contains it. */
export type Shipped = {
  mergedAt: Date;
  foundAt: Date;
  shippedAt: Date;
  shippedIn: string;
  /** Where it went to; null for everywhere. */
  shippedTo: readonly string[] | null;
};

/** Since when a fix is out, and since when to all. */
export type Out = { deployedAt: Date; reachedAllAt: Date | null };

/** What was made to fit later than this may have been made to fit after looking at the silence. */
const FOUND_WITHIN_DAYS = 3;

/**
 * What witnesses the fix of a defect: of the merges since it came back and up to its claim, the last to go out, since the
 * fix is whole with it. Null where one of them is not out yet, where none is, or where the merge is older than the failure.
 */
export function witnessOf(
  merges: readonly (Omit<Shipped, 'shippedAt' | 'shippedIn'> & { shippedAt: Date | null; shippedIn: string | null })[],
  { firstSeenAt, cameBackAt, claimedAt }: { firstSeenAt: Date; cameBackAt: Date | null; claimedAt: Date | null },
): Shipped | null {
  const current = merges.filter(
    ({ mergedAt }) => mergedAt > (cameBackAt ?? firstSeenAt) && (!claimedAt || mergedAt <= claimedAt),
  );
  const shipped = current.flatMap((one): Shipped[] => {
    const { shippedAt, shippedIn } = one;
    return shippedAt && shippedIn ? [{ ...one, shippedAt, shippedIn }] : [];
  });
  if (shipped.length < current.length) return null;
  const [last] = shipped.sort((a, b) => b.shippedAt.getTime() - a.shippedAt.getTime());
  return last && last.foundAt.getTime() - last.shippedAt.getTime() <= FOUND_WITHIN_DAYS * DAY_MS ? last : null;
}

/**
 * Since when a fix is out that something else than its claimant saw go out. Proof counts from there:
 * 1. Whoever said a later day, and reports came in between, is taken to have meant a rollout up to that day: those reports
 *    neither fail nor prove it.
 * 2. Whoever said an earlier day keeps to it where reports came since: they stay reports against the fix. A day that only a
 *    closed ticket told is no such word.
 * Null where the word stands as it is.
 *
 * @param seen when each report was seen
 */
export function witnessedFix(
  said: Out & { isWord: boolean },
  { shippedAt }: Pick<Shipped, 'shippedAt'>,
  seen: readonly Date[],
): Out | null {
  const between = (from: Date, to: Date) => seen.some((at) => at > from && at <= to);
  const { deployedAt, reachedAllAt } = said;
  if (deployedAt >= shippedAt) {
    const isRollout = between(shippedAt, deployedAt);
    const toAll = reachedAllAt ?? deployedAt;
    return { deployedAt: shippedAt, reachedAllAt: isRollout || reachedAllAt ? toAll : null };
  }
  if (said.isWord && between(deployedAt, shippedAt)) return null;
  const isLater = reachedAllAt && reachedAllAt > shippedAt;
  return { deployedAt: shippedAt, reachedAllAt: isLater ? reachedAllAt : null };
}
