import { createHash } from 'node:crypto';
import { and, asc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { SignalKind } from '../../domain/signals/signal.ts';
import type { Db } from '../engine/client.ts';
import { mustBe } from '../programs/programs.ts';
import { signalSources } from '../schema/signals.ts';
import { programs } from '../schema/workspaces.ts';

export type SignalSource = typeof signalSources.$inferSelect;
export type NewSignalSource = Omit<typeof signalSources.$inferInsert, 'tokenHash'> & { token: string };

// Tokens are random and long, so that a plain hash cannot be turned back.
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export async function insertSignalSource(db: Db, { token, ...source }: NewSignalSource): Promise<SignalSource> {
  const [row] = await db
    .insert(signalSources)
    .values({ ...source, tokenHash: hashOf(token) })
    .returning();
  return mustBe(row);
}

/** The sources that addresses name, in their order; null where none of that kind has that token. */
export async function findSignalSourcesByToken(
  db: Db,
  named: readonly { kind: SignalKind; token: string }[],
): Promise<((SignalSource & { workspaceId: string }) | null)[]> {
  const hashes = named.map(({ token }) => hashOf(token));
  const found = await db
    .select({ ...getTableColumns(signalSources), workspaceId: programs.workspaceId })
    .from(signalSources)
    .innerJoin(programs, eq(programs.id, signalSources.programId))
    .where(and(inArray(signalSources.tokenHash, [...new Set(hashes)]), isNull(signalSources.removedAt)));
  return named.map(({ kind }, i) => found.find((one) => one.tokenHash === hashes[i] && one.kind === kind) ?? null);
}

/** Held against other writers until the transaction ends. */
export async function lockSignalSource(tx: Db, programId: number, id: number): Promise<SignalSource | null> {
  const [row] = await tx
    .select()
    .from(signalSources)
    .where(and(eq(signalSources.programId, programId), eq(signalSources.id, id), isNull(signalSources.removedAt)))
    .for('no key update');
  return row ?? null;
}

export async function findSignalSource(db: Db, programId: number, id: number): Promise<SignalSource | null> {
  const [row] = await db
    .select()
    .from(signalSources)
    .where(and(eq(signalSources.programId, programId), eq(signalSources.id, id), isNull(signalSources.removedAt)));
  return row ?? null;
}

export async function listSignalSources(db: Db, programId: number): Promise<SignalSource[]> {
  return db
    .select()
    .from(signalSources)
    .where(and(eq(signalSources.programId, programId), isNull(signalSources.removedAt)))
    .orderBy(asc(signalSources.id));
}

export async function updateSignalSource(
  db: Db,
  id: number,
  patch: Partial<Pick<SignalSource, 'secrets' | 'pausedAt' | 'removedAt' | 'rules'>>,
): Promise<void> {
  await db.update(signalSources).set(patch).where(eq(signalSources.id, id));
}

/** Counts deliveries that were not let in, with the reason of the latest in words. */
export async function countRefusals(
  db: Db,
  refused: readonly { sourceId: number; count: number; words: string; at: Date }[],
): Promise<void> {
  await db.execute(sql`update signal_sources set
      refusals = least(refusals::bigint + given.count, 2147483647)::int,
      last_refusal = given.words, last_refused_at = given.at
    from json_to_recordset(${JSON.stringify(refused)}::text::json)
      as given("sourceId" bigint, count int, words text, at timestamptz)
    where signal_sources.id = given."sourceId"`);
}
