import { asc, count, desc, eq } from 'drizzle-orm';
import type { AuditChange, AuditEntry } from '../../domain/programs/audit.ts';
import type { Db } from '../engine/client.ts';
import { auditEntries } from '../schema/audit.ts';
import { mustBe } from './programs.ts';

const ENTRY = {
  at: auditEntries.at,
  by: auditEntries.actorId,
  kind: auditEntries.kind,
  subject: auditEntries.subject,
  before: auditEntries.before,
  after: auditEntries.after,
};

/**
 * Writes down who changed what, in the transaction that changes it. `by` is null where whoever runs the bot does it.
 * Answers the id of the last entry, 0 where there is none.
 */
export async function insertAudit(
  tx: Db,
  programId: number,
  { by, now }: { by: string | null; now: Date },
  changes: readonly AuditChange[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const written = await tx
    .insert(auditEntries)
    .values(changes.map((change) => ({ programId, at: now, actorId: by, ...change })))
    .returning({ id: auditEntries.id });
  return Math.max(...written.map(({ id }) => id));
}

/** Newest first. */
export async function listAudit(
  db: Db,
  programId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<AuditEntry[]> {
  return db
    .select(ENTRY)
    .from(auditEntries)
    .where(eq(auditEntries.programId, programId))
    .orderBy(desc(auditEntries.id))
    .limit(limit)
    .offset(offset);
}

/** Everything, as it happened. */
export async function listWholeAudit(db: Db, programId: number): Promise<AuditEntry[]> {
  return db.select(ENTRY).from(auditEntries).where(eq(auditEntries.programId, programId)).orderBy(asc(auditEntries.id));
}

export async function countAudit(db: Db, programId: number): Promise<number> {
  const [row] = await db.select({ count: count() }).from(auditEntries).where(eq(auditEntries.programId, programId));
  return Number(mustBe(row).count);
}
