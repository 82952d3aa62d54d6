import { and, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import type { Report } from './reports.ts';
import { reports } from './schema/defects.ts';
import { signalOccurrences } from './schema/signals.ts';

export async function hasOccurrence(db: Db, sourceId: number, key: string): Promise<boolean> {
  const [row] = await db
    .select({ key: signalOccurrences.key })
    .from(signalOccurrences)
    .where(and(eq(signalOccurrences.sourceId, sourceId), eq(signalOccurrences.key, key)));
  return row !== undefined;
}

export async function insertOccurrence(tx: Db, occurrence: typeof signalOccurrences.$inferInsert): Promise<void> {
  await tx.insert(signalOccurrences).values(occurrence);
}

/** Is this account among the occurrences that a report stands for? */
export async function hasAccount(db: Db, reportId: number, account: string): Promise<boolean> {
  const [row] = await db
    .select({ key: signalOccurrences.key })
    .from(signalOccurrences)
    .where(and(eq(signalOccurrences.reportId, reportId), eq(signalOccurrences.account, account)))
    .limit(1);
  return row !== undefined;
}

/** The latest report that a source has made with a fingerprint, seen within a window. */
export async function findReportOfBurst(
  tx: Db,
  burst: { programId: number; sourceId: number; fingerprint: string; from: Date; to: Date },
): Promise<Report | null> {
  const [row] = await tx
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.programId, burst.programId),
        eq(reports.fingerprint, burst.fingerprint),
        eq(reports.source, 'signal'),
        sql`starts_with(${reports.sourceKey}, ${`${burst.sourceId}:`}::text)`,
        gte(reports.seenAt, burst.from),
        lte(reports.seenAt, burst.to),
      ),
    )
    .orderBy(desc(reports.seenAt), desc(reports.id))
    .limit(1);
  return row ?? null;
}

/**
 * Ends the occurrences of a key that are still on; a key that ends in `*` names all that start like it.
 * Answers when each began and of which defect it is.
 */
export async function resolveOccurrences(
  tx: Db,
  sourceId: number,
  key: string,
  at: Date,
): Promise<{ startedAt: Date; defectId: number }[]> {
  const named = key.endsWith('*')
    ? sql`starts_with(${signalOccurrences.key}, ${key.slice(0, -1)}::text)`
    : eq(signalOccurrences.key, key);
  const ended = await tx
    .update(signalOccurrences)
    .set({ resolvedAt: at })
    .from(reports)
    .where(
      and(
        eq(reports.id, signalOccurrences.reportId),
        eq(signalOccurrences.sourceId, sourceId),
        named,
        isNull(signalOccurrences.resolvedAt),
      ),
    )
    .returning({ startedAt: signalOccurrences.startedAt, defectId: reports.defectId });
  return ended;
}
