import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
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

/** The reports that an import has brought under these keys, and where each was to be found. */
export async function listImportedLinks(
  db: Db,
  programId: number,
  keys: readonly string[],
): Promise<Map<string, string | null>> {
  if (keys.length === 0) return new Map();
  const found = await db
    .select({ key: reports.sourceKey, link: reports.link })
    .from(reports)
    .where(and(eq(reports.programId, programId), eq(reports.source, 'import'), inArray(reports.sourceKey, [...keys])));
  return new Map(found.map(({ key, link }) => [key, link]));
}
