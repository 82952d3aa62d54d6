import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { listKeyIds, resealEach } from '../engine/reseal.ts';
import type { KeyRing, Place } from '../engine/sealed.ts';
import { installations } from '../schema/installations.ts';
import { workspaces } from '../schema/workspaces.ts';

type Row = typeof installations.$inferSelect;
type Tokens = { botToken: string; refreshToken: string | null; tokenExpiresAt: Date | null };

/** Where the app is installed, with its tokens opened. */
export type Installation = Omit<Row, keyof Tokens | 'refreshLeaseUntil'> & Tokens;

/** Installs, or installs anew: what was agreed to last counts. */
export async function upsertInstallation(db: Db, keys: KeyRing, installation: Installation): Promise<void> {
  const row = { ...installation, ...sealTokens(keys, installation.id, installation), refreshLeaseUntil: null };
  await db.insert(installations).values(row).onConflictDoUpdate({ target: installations.id, set: row });
}

/** What opens a workspace: its own installation, else that of its organisation. Null where the app was taken away. */
export async function findInstallationOf(db: Db, keys: KeyRing, workspaceId: string): Promise<Installation | null> {
  const [found] = await db
    .select({ row: installations })
    .from(workspaces)
    .innerJoin(installations, or(eq(installations.id, workspaces.id), eq(installations.id, workspaces.organisationId)))
    .where(and(eq(workspaces.id, workspaceId), isNull(workspaces.leftAt)))
    .orderBy(asc(installations.isOrganisation))
    .limit(1);
  return found ? openTokens(keys, found.row) : null;
}

/** The user that the bot is in all workspaces of an organisation; null where it has not installed the app. */
export async function findBotOf(db: Db, organisationId: string): Promise<string | null> {
  const [row] = await db
    .select({ botUserId: installations.botUserId })
    .from(installations)
    .where(and(eq(installations.id, organisationId), eq(installations.isOrganisation, true)));
  return row?.botUserId ?? null;
}

export async function findInstallation(db: Db, keys: KeyRing, id: string): Promise<Installation | null> {
  const [row] = await db.select().from(installations).where(eq(installations.id, id));
  return row ? openTokens(keys, row) : null;
}

/** Forgets the tokens, unless the app was installed anew after that instant. */
export async function deleteInstallation(db: Db, id: string, at: Date): Promise<void> {
  await db.delete(installations).where(and(eq(installations.id, id), lte(installations.installedAt, at)));
}

/** Those whose tokens end before an instant, the first to end first. */
export async function listExpiring(db: Db, before: Date, limit: number): Promise<string[]> {
  const found = await db
    .select({ id: installations.id })
    .from(installations)
    .where(lte(installations.tokenExpiresAt, before))
    .orderBy(asc(installations.tokenExpiresAt))
    .limit(limit);
  return found.map(({ id }) => id);
}

/** True for the one who may renew a token that ends before an instant: nobody else does until the lease is over. */
export async function claimRenewal(db: Db, id: string, before: Date, leaseMs: number): Promise<boolean> {
  const now = sql`clock_timestamp()`;
  const claimed = await db
    .update(installations)
    .set({ refreshLeaseUntil: sql`${now} + ${leaseMs}::float8 * interval '1 millisecond'` })
    .where(
      and(
        eq(installations.id, id),
        isNotNull(installations.refreshToken),
        lte(installations.tokenExpiresAt, before),
        or(isNull(installations.refreshLeaseUntil), lte(installations.refreshLeaseUntil, now)),
      ),
    )
    .returning({ id: installations.id });
  return claimed.length > 0;
}

/** Puts the new tokens in the place of the old ones, unless somebody has installed the app anew meanwhile. */
export async function replaceTokens(db: Db, keys: KeyRing, old: Installation, tokens: Tokens): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(installations).where(eq(installations.id, old.id)).for('no key update');
    if (!row || openTokens(keys, row).refreshToken !== old.refreshToken) return;
    await tx
      .update(installations)
      .set({ ...sealTokens(keys, old.id, tokens), refreshLeaseUntil: null })
      .where(eq(installations.id, old.id));
  });
}

export async function endRenewal(db: Db, id: string): Promise<void> {
  await db.update(installations).set({ refreshLeaseUntil: null }).where(eq(installations.id, id));
}

/** The ids of the keys that tokens are sealed with. */
export function listInstallationKeysInUse(db: Db): Promise<string[]> {
  return listKeyIds(
    db,
    sql`${installations}, unnest(array[${installations.botToken}, ${installations.refreshToken}]) as sealed`,
  );
}

/** Seals everything with the current key. */
export function rekeyInstallations(db: Db, keys: KeyRing): Promise<number> {
  const isOld = or(
    sql`split_part(${installations.botToken}, ':', 2) <> ${keys.currentId}`,
    sql`split_part(${installations.refreshToken}, ':', 2) <> ${keys.currentId}`,
  );
  return resealEach(db, '', async (tx, after) => {
    const [row] = await tx
      .select()
      .from(installations)
      .where(and(gt(installations.id, after), isOld))
      .orderBy(asc(installations.id))
      .limit(1)
      .for('no key update');
    if (!row) return null;
    const sealed = sealTokens(keys, row.id, openTokens(keys, row));
    await tx.update(installations).set(sealed).where(eq(installations.id, row.id));
    return row.id;
  });
}

function sealTokens(keys: KeyRing, id: string, { botToken, refreshToken, tokenExpiresAt }: Tokens) {
  return {
    botToken: keys.seal(botToken, placeOf(id, 'bot_token')),
    refreshToken: refreshToken === null ? null : keys.seal(refreshToken, placeOf(id, 'refresh_token')),
    tokenExpiresAt,
  };
}

function openTokens(keys: KeyRing, { refreshLeaseUntil: _, ...row }: Row): Installation {
  return {
    ...row,
    botToken: keys.open(row.botToken, placeOf(row.id, 'bot_token')),
    refreshToken: row.refreshToken === null ? null : keys.open(row.refreshToken, placeOf(row.id, 'refresh_token')),
  };
}

function placeOf(id: string, column: 'bot_token' | 'refresh_token'): Place {
  return { workspaceId: id, column: `installations.${column}`, row: id };
}
