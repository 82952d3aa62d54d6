import type { CountedReading } from '../../reliability/stored-reading.ts';
import { DAY_MS } from '../../time/durations.ts';
import { instantAt, isObject, valueAt } from '../json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from '../signal.ts';

const LONGEST_MS = 7 * DAY_MS;
const OLDEST_MS = 100 * DAY_MS;
/** Clocks differ. */
const AHEAD_MS = 5 * 60_000;
const MOST = 1e15;

/** What was pushed of one span of time, seconds being seconds. */
export type Figures = Omit<CountedReading, 'slowOf'> & { startsAt: Date; endsAt: Date };

/**
 * Reads figures such as `{"from": "2026-11-23T08:00:00Z", "to": "2026-11-23T09:00:00Z", "total": 12000, "bad": 14}`, with
 * `up` (0 to 1), `p99` (`{"ms": 248, "above": 100, "up_to": 250}`, or only a number of ms) and `slow` where they are known.
 * One field that cannot be sets all of it aside, since nobody could say what the others are worth.
 */
export function readPushedFigures({ body, receivedAt }: SignalDelivery): Signal[] {
  const startsAt = instantAt(body, '/from');
  const endsAt = instantAt(body, '/to');
  if (!startsAt || !endsAt || startsAt >= endsAt) return ignored('figures without a from and a later to');
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS) return ignored('figures of more than seven days at once');
  if (endsAt.getTime() > receivedAt.getTime() + AHEAD_MS) return ignored('figures of a time that is not over');
  if (receivedAt.getTime() - startsAt.getTime() > OLDEST_MS) return ignored('figures from more than 100 days ago');
  const total = countAt(body, '/total');
  const bad = countAt(body, '/bad');
  const slow = countAt(body, '/slow');
  if (typeof total !== 'number' || typeof bad !== 'number') return ignored('figures without the counts total and bad');
  if (slow === undefined) return ignored('figures whose slow is no count');
  if (bad > total || (slow ?? 0) > total) return ignored('figures that count more bad or slow requests than requests');
  const uptime = valueAt(body, '/up') ?? null;
  if (uptime !== null && !isWithin(uptime, 0, 1)) return ignored('figures whose up is no share from 0 to 1');
  const latency = latencyOf(valueAt(body, '/p99') ?? null);
  if (!latency) return ignored('figures whose p99 is no time within its bucket');
  return [{ kind: 'figures', figures: { startsAt, endsAt, bad, total, slow, uptime, ...latency } }];
}

function latencyOf(p99: unknown): Pick<Figures, 'p99Seconds' | 'p99Above' | 'p99UpTo'> | null {
  if (p99 === null) return { p99Seconds: null, p99Above: null, p99UpTo: null };
  const { ms, above = ms, up_to: upTo } = isObject(p99) ? p99 : { ms: p99 };
  const most = isObject(p99) && Object.hasOwn(p99, 'above') ? (upTo ?? Number.POSITIVE_INFINITY) : (upTo ?? ms);
  if (!isWithin(ms, 0, MOST) || !isWithin(above, 0, ms) || typeof most !== 'number' || !(most >= ms)) return null;
  return { p99Seconds: ms / 1000, p99Above: above / 1000, p99UpTo: most / 1000 };
}

/** Null where there is none, undefined where it is no count. */
function countAt(body: unknown, pointer: string): number | null | undefined {
  const value = valueAt(body, pointer) ?? null;
  return value === null || isWithin(value, 0, MOST) ? value : undefined;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}
