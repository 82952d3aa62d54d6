import type { Db } from '../../db/engine/client.ts';
import { findReleaseNear } from '../../db/signals/releases.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

/** A claim later than this was made after looking at the silence, and any release may have been picked for it. */
const CLAIMED_WITHIN_DAYS = 3;

/**
 * The release that went out at the moment that a claim names, where the claim came soon after it: then silence counts from
 * the deployment, not from the claim. A rollout is witnessed at its beginning only, so its end is never earlier than said.
 */
export async function findWitness(
  db: Db,
  programId: number,
  { deployedAt, environments }: { deployedAt: Date; environments: readonly string[] | null },
  now: Date,
): Promise<string | null> {
  if (now.getTime() - deployedAt.getTime() > CLAIMED_WITHIN_DAYS * DAY_MS) return null;
  return (await findReleaseNear(db, programId, { at: deployedAt, environments }))?.version ?? null;
}
