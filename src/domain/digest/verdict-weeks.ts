import { type Cadence, previousInstant } from '../time/cadence.ts';
import { WEEK_MS } from '../time/durations.ts';
import { addDays } from '../time/local-date.ts';
import { localDateOn, localTimeToInstant } from '../time/working-time.ts';

/** Two years are looked at. What is older goes half a year at a time, so that the beginning hardly ever moves. */
const MOST_WEEKS = 104;
const FORGOTTEN_WEEKS = 26;

/**
 * The bounds of the whole weeks from an instant on that are over now: the start of the first one, then the end of each,
 * the oldest first. They end when the digest is due, holidays or not, so that the digest, the triage after it and a card
 * in between speak of the same week. Empty before the first of them is over.
 *
 * @param cadence of the digest, on or off
 */
export function verdictWeeks(cadence: Cadence, from: Date, now: Date): Date[] {
  const { timeZone, atLocalTime } = cadence;
  const weekly = { ...cadence, weekdays: cadence.weekdays.slice(-1), everyWeeks: 1, holidays: [] };
  const last = localDateOn(previousInstant(weekly, new Date(now.getTime() + 1)), timeZone);
  const boundAgo = (weeks: number) => localTimeToInstant(addDays(last, -7 * weeks), atLocalTime, timeZone);
  // An hour of a clock change is neither a week more nor one less.
  const all = Math.floor((boundAgo(0).getTime() - from.getTime()) / WEEK_MS + 0.01);
  const old = Math.max(0, Math.ceil((all - MOST_WEEKS) / FORGOTTEN_WEEKS)) * FORGOTTEN_WEEKS;
  const weeks = all - old;
  return weeks < 1 ? [] : Array.from({ length: weeks + 1 }, (_, i) => boundAgo(weeks - i));
}
