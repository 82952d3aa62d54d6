import { and, asc, eq, gt, isNotNull, or, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '../engine/client.ts';
import { listKeyIds, resealEach } from '../engine/reseal.ts';
import type { KeyRing, Place } from '../engine/sealed.ts';
import { trackers } from '../schema/trackers.ts';
import { programs } from '../schema/workspaces.ts';

type Owner = { workspaceId: string; addressHash: string };
type SecretColumn = 'sealed_token' | 'sealed_secret';

/** The token that opens a tracker, and what its webhooks are signed with. */
export type TrackerSecrets = { token: string; secret: string };

export function sealTrackerSecrets(keys: KeyRing, { token, secret }: TrackerSecrets, owner: Owner) {
  return {
    sealedToken: keys.seal(token, placeOf(owner, 'sealed_token')),
    sealedSecret: sealTrackerSecret(keys, secret, owner),
  };
}

export function sealTrackerSecret(keys: KeyRing, secret: string, owner: Owner): string {
  return keys.seal(secret, placeOf(owner, 'sealed_secret'));
}

export function openTrackerToken(keys: KeyRing, sealed: string, owner: Owner): string {
  return keys.open(sealed, placeOf(owner, 'sealed_token'));
}

export function openTrackerSecret(keys: KeyRing, sealed: string, owner: Owner): string {
  return keys.open(sealed, placeOf(owner, 'sealed_secret'));
}

/** The ids of the keys that secrets of trackers are sealed with. */
export function listTrackerKeysInUse(db: Db): Promise<string[]> {
  return listKeyIds(db, sql`${trackers}, unnest(array[${trackers.sealedToken}, ${trackers.sealedSecret}]) as sealed`);
}

/** Seals everything with the current key. */
export function rekeyTrackers(db: Db, keys: KeyRing): Promise<number> {
  const isOld = (column: AnyPgColumn) =>
    sql`split_part(coalesce(${column}, ''), ':', 2) not in ('', ${keys.currentId})`;
  return resealEach(db, 0, async (tx, after) => {
    const [row] = await tx
      .select({
        id: trackers.id,
        addressHash: trackers.addressHash,
        token: trackers.sealedToken,
        secret: trackers.sealedSecret,
        workspaceId: programs.workspaceId,
      })
      .from(trackers)
      .innerJoin(programs, eq(programs.id, trackers.programId))
      .where(
        and(
          gt(trackers.id, after),
          isNotNull(trackers.sealedToken),
          or(isOld(trackers.sealedToken), isOld(trackers.sealedSecret)),
        ),
      )
      .orderBy(asc(trackers.id))
      .limit(1)
      .for('no key update', { of: trackers });
    if (!row) return null;
    const opened = {
      token: row.token === null ? '' : openTrackerToken(keys, row.token, row),
      secret: row.secret === null ? '' : openTrackerSecret(keys, row.secret, row),
    };
    await tx
      .update(trackers)
      .set(sealTrackerSecrets(keys, opened, row))
      .where(eq(trackers.id, row.id));
    return row.id;
  });
}

function placeOf({ workspaceId, addressHash }: Owner, column: SecretColumn): Place {
  return { workspaceId, column: `trackers.${column}`, row: addressHash };
}
