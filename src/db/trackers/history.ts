import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { reports } from '../schema/defects.ts';
import { tickets, trackers } from '../schema/trackers.ts';

/** Takes the trackers of which a page of history is to be read, and puts off their next one, so that one process reads it. */
export async function claimHistories(db: Db, { now, nextAt }: { now: Date; nextAt: Date }): Promise<number[]> {
  const claimed = await db
    .update(trackers)
    .set({ historyDueAt: nextAt })
    .where(
      and(
        isNull(trackers.removedAt),
        lte(trackers.historyDueAt, now),
        sql`(${trackers.heldUntil} is null or ${trackers.heldUntil} <= clock_timestamp())`,
      ),
    )
    .returning({ id: trackers.id });
  return claimed.map(({ id }) => id);
}

/** Those of these addresses at which a program has a ticket, or had one once, in whichever tracker it was connected as. */
export async function listLinkedUrls(db: Db, programId: number, urls: readonly string[]): Promise<Set<string>> {
  if (urls.length === 0) return new Set();
  const found = await db
    .select({ url: tickets.url })
    .from(tickets)
    .where(and(eq(tickets.programId, programId), inArray(tickets.url, [...urls])));
  return new Set(found.flatMap(({ url }) => url ?? []));
}

/** A report that an import has brought: under which key, where it was to be found, when it was seen, and what it is a report of. */
export type ImportedBefore = { key: string; link: string | null; seenAt: Date; defectId: number };

/** What imports have brought under these keys, or from these addresses, the oldest first. */
export async function listImported(
  db: Db,
  programId: number,
  { keys, urls }: { keys: readonly string[]; urls: readonly string[] },
): Promise<ImportedBefore[]> {
  if (keys.length + urls.length === 0) return [];
  return db
    .select({ key: reports.sourceKey, link: reports.link, seenAt: reports.seenAt, defectId: reports.defectId })
    .from(reports)
    .where(
      and(
        eq(reports.programId, programId),
        eq(reports.source, 'import'),
        or(inArray(reports.sourceKey, [...keys, ...urls]), inArray(reports.link, [...urls])),
      ),
    )
    .orderBy(asc(reports.id));
}
