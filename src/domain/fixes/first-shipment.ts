import type { PullRequest, Shipment } from './code-host.ts';

/** What has not gone out by then is looked for no more. */
export const SHIPS_WITHIN_DAYS = 90;

/** What went out after a merge, the oldest first: one of them may be the first that contains it. */
export function shipmentsAfter<S extends Shipment>(
  mergedAt: Date,
  shipments: readonly S[],
  ruledOut: readonly string[],
): S[] {
  return shipments.filter(({ id, at }) => at >= mergedAt && !ruledOut.includes(id));
}

/** Where the host cannot tell what a shipment contains: it has what was merged into its branch before it was cut. */
export function isCutAfter(
  { branch, at }: Shipment,
  { base, mergedAt }: Pick<PullRequest, 'base' | 'mergedAt'>,
): boolean {
  return branch !== null && branch.replace(/^refs\/heads\//, '') === base && mergedAt <= at;
}
