import type { Cadence } from '../time/cadence.ts';
import { dueInstants, nextInstant } from '../time/cadence.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/durations.ts';
import { addDays } from '../time/local-date.ts';
import { weekBounds } from '../time/week-bounds.ts';
import { localDateOn, localTimeToInstant } from '../time/working-time.ts';

/** The last samples of a span come in a little after its end. */
export const SETTLES_MS = 10 * MINUTE_MS;
/** So long before a digest its week is read, lest its own minute be lost. */
const BEFORE_MS = 10 * MINUTE_MS;
/** So long data may come late to a span that had none. */
const LATE_MS = 48 * HOUR_MS;
/** A quarter: as far back as budgets are looked at. */
export const QUARTER_DAYS = 90;

export type SpanToRead = { span: 'week' | 'day'; startsAt: Date; endsAt: Date };

/** A span that is stored: when it was read, and whether there was anything. */
export type KnownSpan = { span: SpanToRead['span']; endsAt: Date; readAt: Date; isEmpty: boolean };

/** The weeks that the coming digests look back on and the local days of a quarter, up to those that are under way. */
export function spansUpTo(now: Date, { timeZone, digest }: { timeZone: string; digest: Cadence }): SpanToRead[] {
  const horizon = new Date(now.getTime() + 7 * digest.everyWeeks * DAY_MS);
  const coming = dueInstants(digest, now, horizon);
  const weeks = (coming.length > 0 ? coming : [nextInstant(digest, now)]).flatMap((due) =>
    pairs('week', weekBounds({ timeZone }, due)),
  );
  const todayOn = localDateOn(now, timeZone);
  const midnights = Array.from({ length: QUARTER_DAYS + 2 }, (_, i) =>
    localTimeToInstant(addDays(todayOn, i - QUARTER_DAYS), '00:00', timeZone),
  );
  const byKey = new Map<string, SpanToRead>();
  for (const span of [...weeks, ...pairs('day', midnights)]) {
    if (span.startsAt < now) byKey.set(`${span.span} ${span.endsAt.getTime()}`, span);
  }
  return [...byKey.values()];
}

function pairs(span: SpanToRead['span'], bounds: readonly Date[]): SpanToRead[] {
  return bounds.slice(1).map((endsAt, i) => ({ span, startsAt: bounds[i] ?? endsAt, endsAt }));
}

/**
 * What is to be read now, the most wanted first:
 * 1. a week that is over: once, and once more when its last samples are in; a week without any for two days, each hour;
 * 2. the week of the coming digest, in the ten minutes before it;
 * 3. today, each hour and in the ten minutes before a digest; 4. the other days, as the weeks.
 */
export function planReadings(
  spans: readonly SpanToRead[],
  known: readonly KnownSpan[],
  { now, nextDigestAt }: { now: Date; nextDigestAt: Date },
): SpanToRead[] {
  const byKey = new Map(known.map((one) => [`${one.span} ${one.endsAt.getTime()}`, one]));
  const isSoon = nextDigestAt.getTime() - now.getTime() <= BEFORE_MS;
  const wanted = spans.filter((span) => {
    const row = byKey.get(`${span.span} ${span.endsAt.getTime()}`);
    if (span.endsAt <= now) return isEndedDue(span, row, now);
    const soon = isSoon && (!row || row.readAt.getTime() < nextDigestAt.getTime() - BEFORE_MS);
    if (span.span === 'week') return span.endsAt.getTime() === nextDigestAt.getTime() && soon;
    return soon || !row || now.getTime() - row.readAt.getTime() >= HOUR_MS;
  });
  const order = ({ span, endsAt }: SpanToRead) => (span === 'week' ? 0 : endsAt > now ? 0.5 : 1);
  return wanted.sort((a, b) => order(a) - order(b) || b.endsAt.getTime() - a.endsAt.getTime());
}

function isEndedDue({ endsAt }: SpanToRead, row: KnownSpan | undefined, now: Date): boolean {
  if (!row || row.readAt < endsAt) return true;
  const settlesAt = endsAt.getTime() + SETTLES_MS;
  if (row.readAt.getTime() < settlesAt && now.getTime() >= settlesAt) return true;
  return row.isEmpty && now.getTime() - row.readAt.getTime() >= HOUR_MS && now.getTime() < endsAt.getTime() + LATE_MS;
}

/** When something is to be read again, after all that is due now has been read. */
export function readAgainAt(spans: readonly SpanToRead[], now: Date, nextDigestAt: Date): Date {
  const ends = spans.flatMap(({ endsAt }) => [endsAt.getTime(), endsAt.getTime() + SETTLES_MS]);
  const at = [...ends, nextDigestAt.getTime() - BEFORE_MS, now.getTime() + HOUR_MS];
  return new Date(Math.min(...at.filter((ms) => ms > now.getTime())));
}
