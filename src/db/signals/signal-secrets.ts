import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { listKeyIds, resealEach } from '../engine/reseal.ts';
import type { KeyRing, Place } from '../engine/sealed.ts';
import { type SealedSecret, type SignalSecret, signalSources } from '../schema/signals.ts';
import { programs } from '../schema/workspaces.ts';

/** Whose secret it is. */
export type SecretOwner = { workspaceId: string; tokenHash: string };

export function sealSecret(keys: KeyRing, secret: string, owner: SecretOwner): SealedSecret {
  return { sealed: keys.seal(secret, placeOf(owner)), expiresAt: null };
}

/** The secrets that count at an instant, the newest first. */
export function openSecrets(keys: KeyRing, secrets: readonly SignalSecret[], owner: SecretOwner, at: Date): string[] {
  return activeSecrets(secrets, at).map((one) => openSecret(keys, one, owner));
}

export function activeSecrets(secrets: readonly SignalSecret[], at: Date): SignalSecret[] {
  return secrets.filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > at);
}

/** The ids of the keys that secrets of sources are sealed with. */
export function listKeysInUse(db: Db): Promise<string[]> {
  return listKeyIds(
    db,
    sql`(select one->>'sealed' as sealed
         from ${signalSources}, jsonb_array_elements(${signalSources.secrets}) as one) as secrets`,
  );
}

/** Seals what is not sealed yet. Returns how many sources had such secrets. */
export function sealClearSecrets(db: Db, keys: KeyRing): Promise<number> {
  return reseal(db, keys, sql`one->>'sealed' is null`);
}

/** Seals everything with the current key. */
export function rekeySecrets(db: Db, keys: KeyRing): Promise<number> {
  return reseal(db, keys, sql`coalesce(split_part(one->>'sealed', ':', 2), '') <> ${keys.currentId}`);
}

function reseal(db: Db, keys: KeyRing, isMeant: SQL): Promise<number> {
  const hasSuch = sql`exists (select 1 from jsonb_array_elements(${signalSources.secrets}) as one where ${isMeant})`;
  return resealEach(db, 0, async (tx, after) => {
    const [row] = await tx
      .select({
        id: signalSources.id,
        tokenHash: signalSources.tokenHash,
        secrets: signalSources.secrets,
        workspaceId: programs.workspaceId,
      })
      .from(signalSources)
      .innerJoin(programs, eq(programs.id, signalSources.programId))
      .where(and(gt(signalSources.id, after), hasSuch))
      .orderBy(asc(signalSources.id))
      .limit(1)
      .for('no key update', { of: signalSources });
    if (!row) return null;
    const secrets = row.secrets.map((one) => ({
      ...sealSecret(keys, openSecret(keys, one, row), row),
      expiresAt: one.expiresAt,
    }));
    await tx.update(signalSources).set({ secrets }).where(eq(signalSources.id, row.id));
    return row.id;
  });
}

function openSecret(keys: KeyRing, one: SignalSecret, owner: SecretOwner): string {
  return 'sealed' in one ? keys.open(one.sealed, placeOf(owner)) : one.secret;
}

function placeOf({ workspaceId, tokenHash }: SecretOwner): Place {
  return { workspaceId, column: 'signal_sources.secrets', row: tokenHash };
}
