import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { KnownSpan } from '../../domain/reliability/plan-readings.ts';
import type { Db } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { metricReadings } from '../schema/reliability.ts';

export type StoredReading = typeof metricReadings.$inferSelect;

/** The readings of the spans of these areas that ended in (after, upTo], the oldest first. */
export async function listReadings(
  db: Db,
  areaIds: readonly number[],
  span: StoredReading['span'],
  { after, upTo }: { after: Date; upTo: Date },
): Promise<StoredReading[]> {
  if (areaIds.length === 0) return [];
  return db
    .select()
    .from(metricReadings)
    .where(
      and(
        inArray(metricReadings.areaId, [...areaIds]),
        eq(metricReadings.span, span),
        gt(metricReadings.endsAt, after),
        lte(metricReadings.endsAt, upTo),
      ),
    )
    .orderBy(asc(metricReadings.endsAt));
}

/** Which spans of an area are stored, when each was read, and whether there was anything. */
export async function listKnownSpans(db: Db, areaId: number): Promise<KnownSpan[]> {
  const { span, endsAt, readAt, uptime, total, p99Seconds } = metricReadings;
  return db
    .select({
      span,
      endsAt,
      readAt,
      isEmpty: sql<boolean>`${uptime} is null and ${total} is null and ${p99Seconds} is null`,
    })
    .from(metricReadings)
    .where(eq(metricReadings.areaId, areaId));
}

/** Keeps a reading in the place of the one before; what is no longer known does not wipe out what was. */
export async function upsertReading(db: Db, reading: StoredReading): Promise<void> {
  const { startsAt, readAt } = reading;
  const isEmpty = [reading.uptime, reading.bad, reading.total, reading.p99Seconds].every((value) => value === null);
  await db
    .insert(metricReadings)
    .values(reading)
    .onConflictDoUpdate({
      target: [metricReadings.areaId, metricReadings.span, metricReadings.endsAt],
      set: isEmpty ? { startsAt, readAt } : reading,
      setWhere: sql`${metricReadings.readAt} <= ${instant(readAt)}`,
    });
}

/** Another question has other answers: those of the one before are dropped. */
export async function deleteReadings(tx: Db, areaId: number): Promise<void> {
  await tx.delete(metricReadings).where(eq(metricReadings.areaId, areaId));
}

/** Another threshold: what was slow by the one before is forgotten, and each span is read again where it still can be. */
export async function forgetSlow(tx: Db, areaId: number): Promise<void> {
  await tx
    .update(metricReadings)
    .set({ slow: null, slowOf: null, readAt: metricReadings.startsAt })
    .where(eq(metricReadings.areaId, areaId));
}
