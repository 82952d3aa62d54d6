import { addDays } from './local-date.ts';
import { localDateOn, localTimeAt, localTimeToInstant } from './working-time.ts';

/** How many weeks a digest looks back. */
export const DIGEST_WEEKS = 12;

/**
 * The same wall-clock time on this and the weeks before, oldest first, so that no hour of a DST change is lost: one instant
 * more than there are weeks, the last of them `upTo` itself.
 */
export function weekBounds({ timeZone }: { timeZone: string }, upTo: Date, weeks = DIGEST_WEEKS): Date[] {
  const dateOn = localDateOn(upTo, timeZone);
  const time = localTimeAt(upTo, timeZone);
  const withinMinute = upTo.getTime() % 60_000;
  return Array.from({ length: weeks + 1 }, (_, i) => {
    const weeksAgo = weeks - i;
    if (weeksAgo === 0) return upTo;
    const at = localTimeToInstant(addDays(dateOn, -7 * weeksAgo), time, timeZone);
    return new Date(at.getTime() + withinMinute);
  });
}
