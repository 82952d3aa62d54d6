import { DAY_MS } from '../time/durations.ts';

/** How often something ran on one day of UTC, as its sender told. */
export type RunDay = { startsAt: Date; ran: number };

/** What ran where a defect failed, its days in any order, and which share of the reports before the fix came from there. */
export type Path = { share: number; days: readonly RunDay[] };

/** What the runs since a fix amount to. */
export type Exposure = {
  /** Of how many usual days they are; never more than there were days. */
  days: number;
  /** Runs since, without those of the day on which silence began to count: how many of them came before is not told. */
  ran: number;
};

/** From when on the defect's rate is known, when it was fixed, and from when on silence counts. */
export type Spans = { rateFrom: Date; fixedAt: Date; silentFrom: Date };

const WEEK_DAYS = 7;
/** This share of the days before the fix had fewer runs than a busy one. */
const BUSY = 0.9;
/** Fewer days or runs before the fix do not tell what is usual. */
const FEWEST_DAYS = 7;
const FEWEST_RUNS = 10;

/**
 * How many of the days since a fix count, where a sender tells how often it ran: silence says little while nothing runs.
 * 1. The runs since are counted in usual days; usual is the mean of the days by which the defect's rate is known.
 * 2. A week of them never counts for more than its days, nor a day for more than a busy one before the fix (the tenth
 *    busiest of a hundred): many runs in few hours do not bring the bad day or the end of the month on which it fails
 *    (docs/evidence.md has what becomes of proofs otherwise). Within a week runs make up for another day, so that quiet
 *    weekends cost nothing.
 * 3. Of several paths each counts by its share of the reports, so that a busy one does not hide that the one that failed has
 *    stopped. What came from where nothing is told of runs counts by days.
 * Null where nothing tells what was usual.
 */
export function usualDays(paths: readonly Path[], spans: Spans, now: Date): Exposure | null {
  const { silentFrom } = spans;
  if (now <= silentFrom) return null;
  const known = paths.flatMap(({ share, days }) => {
    const usual = usualOf(days, spans);
    return usual ? [{ share, usual, days }] : [];
  });
  if (known.length === 0) return null;
  const elapsed = (now.getTime() - silentFrom.getTime()) / DAY_MS;
  const untold = 1 - known.reduce((sum, { share }) => sum + share, 0);
  const told = known.reduce((sum, one) => sum + one.share * exposedDays(one.days, one.usual, silentFrom, now), 0);
  const later = known.flatMap(({ days }) => days.filter(({ startsAt }) => startsAt >= silentFrom && startsAt <= now));
  const ran = later.reduce((sum, day) => sum + day.ran, 0);
  return { days: Math.min(elapsed, untold * elapsed + told), ran };
}

/** Runs of a mean day and of a busy one before the fix; null where too little is known. */
type Usual = { mean: number; busy: number };

function usualOf(days: readonly RunDay[], { rateFrom, fixedAt }: Spans): Usual | null {
  const ranOn = new Map(days.map(({ startsAt, ran }) => [dayOf(startsAt), ran]));
  // The day of the first that was told, and that of the fix, are no whole ones.
  const upTo = dayOf(fixedAt);
  const from = Math.max(Math.min(...ranOn.keys()) + 1, Math.min(dayOf(rateFrom), upTo - FEWEST_DAYS));
  if (!(upTo - from >= FEWEST_DAYS)) return null;
  const before = Array.from({ length: upTo - from }, (_, i) => ranOn.get(from + i) ?? 0).sort((a, b) => a - b);
  const ran = before.reduce((sum, one) => sum + one, 0);
  if (ran < FEWEST_RUNS) return null;
  const mean = ran / before.length;
  return { mean, busy: Math.max(mean, before[Math.floor(BUSY * before.length)] ?? mean) };
}

function exposedDays(days: readonly RunDay[], { mean, busy }: Usual, from: Date, now: Date): number {
  const counted = days.map(({ startsAt, ran }) => ({ startsAt, ran: Math.min(ran, busy) }));
  let sum = 0;
  for (let at = from.getTime(); at < now.getTime(); at += WEEK_DAYS * DAY_MS) {
    const end = Math.min(at + WEEK_DAYS * DAY_MS, now.getTime());
    const ran = ranBetween(counted, { from: at, to: end, now: now.getTime() });
    sum += Math.min((end - at) / DAY_MS, ran / mean);
  }
  return sum;
}

/** Runs between two instants, as though those of each day, of today so far, had come evenly. */
function ranBetween(days: readonly RunDay[], { from, to, now }: Record<'from' | 'to' | 'now', number>): number {
  return days.reduce((sum, { startsAt, ran }) => {
    const starts = startsAt.getTime();
    const ends = Math.min(starts + DAY_MS, now);
    const within = Math.min(ends, to) - Math.max(starts, from);
    return within > 0 ? sum + (within / (ends - starts)) * ran : sum;
  }, 0);
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}
