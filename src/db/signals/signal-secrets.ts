import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { rows } from '../engine/client.ts';
import type { KeyRing, Place } from '../engine/sealed.ts';
import { type SealedSecret, type SignalSecret, signalSources } from '../schema/signals.ts';
import { programs } from '../schema/workspaces.ts';

/** Whose secret it is. */
export type SecretOwner = { workspaceId: string; tokenHash: string };

const BATCH = 100;

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

/** The ids of the keys that values in the database are sealed with. */
export async function listKeysInUse(db: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select distinct split_part(one->>'sealed', ':', 2) as id
      from ${signalSources}, jsonb_array_elements(${signalSources.secrets}) as one
      where one->>'sealed' is not null order by id`,
  );
  return found.map(({ id }) => id);
}

/** Seals what is not sealed yet. Returns how many sources had such secrets. */
export function sealClearSecrets(db: Db, keys: KeyRing): Promise<number> {
  return reseal(db, keys, sql`one->>'sealed' is null`);
}

/** Seals everything with the current key. Stopped in the middle, it goes on with what is left when it is run again. */
export function rekeySecrets(db: Db, keys: KeyRing): Promise<number> {
  return reseal(db, keys, sql`coalesce(split_part(one->>'sealed', ':', 2), '') <> ${keys.currentId}`);
}

async function reseal(db: Db, keys: KeyRing, isMeant: SQL): Promise<number> {
  let count = 0;
  for (let last = 0; ; ) {
    const batch = await db.transaction(async (tx) => {
      const found = await tx
        .select({
          id: signalSources.id,
          tokenHash: signalSources.tokenHash,
          secrets: signalSources.secrets,
          workspaceId: programs.workspaceId,
        })
        .from(signalSources)
        .innerJoin(programs, eq(programs.id, signalSources.programId))
        .where(
          and(
            gt(signalSources.id, last),
            sql`exists (select 1 from jsonb_array_elements(${signalSources.secrets}) as one where ${isMeant})`,
          ),
        )
        .orderBy(asc(signalSources.id))
        .limit(BATCH)
        .for('no key update', { of: signalSources });
      for (const { id, secrets, ...owner } of found) {
        const sealed = secrets.map((one) => ({
          ...sealSecret(keys, openSecret(keys, one, owner), owner),
          expiresAt: one.expiresAt,
        }));
        await tx.update(signalSources).set({ secrets: sealed }).where(eq(signalSources.id, id));
      }
      return found;
    });
    count += batch.length;
    last = batch.at(-1)?.id ?? last;
    if (batch.length < BATCH) return count;
  }
}

function openSecret(keys: KeyRing, one: SignalSecret, owner: SecretOwner): string {
  return 'sealed' in one ? keys.open(one.sealed, placeOf(owner)) : one.secret;
}

function placeOf({ workspaceId, tokenHash }: SecretOwner): Place {
  return { workspaceId, column: 'signal_sources.secrets', row: tokenHash };
}
