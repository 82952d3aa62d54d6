import { bisect } from './kernel.ts';
import type { Interval } from './observed.ts';
import type { BeforeAfter } from './rate-ratio.ts';

/** What the rate may have been multiplied by, rather less than more; each is taken to be as likely as the others. */
const RATIOS = [1 / 12, 1 / 8, 1 / 5, 1 / 3, 1 / 2, 0.7, 1.4, 3];
const WIDEST_LOG = Math.log(1e6);

/**
 * The interval of the ratio of two rates that holds however often one looks while the later period goes on: all ratios
 * against which the evidence stays under 20. The evidence is the chance of the later counts, predicted from the earlier ones,
 * averaged over ratios and divided by that under the one in question; under that one it starts at 1 and passes 20 in at most
 * 5 % of cases, ever (Ville's inequality). Both exposures must be above 0.
 */
export function rateRatioSequence(counted: BeforeAfter, alpha = 0.05): Interval {
  const { before, after } = counted;
  const most = Math.log((after.count + 0.5) / after.exposure / ((before.count + 0.5) / before.exposure));
  const isKept = (logRatio: number) => evidenceAgainst(Math.exp(logRatio), counted) < 1 / alpha;
  const low = after.count === 0 ? 0 : Math.exp(bisect((log) => !isKept(log), most - WIDEST_LOG, most));
  const high = before.count === 0 ? Number.POSITIVE_INFINITY : Math.exp(bisect(isKept, most, most + WIDEST_LOG));
  return { low, high };
}

function evidenceAgainst(ratio: number, { before, after }: BeforeAfter): number {
  const expected = ratio * after.exposure;
  const total = before.count + after.count;
  const logs = RATIOS.map(
    (q) =>
      after.count * Math.log(q) + total * Math.log((before.exposure + expected) / (before.exposure + q * expected)),
  );
  return logs.reduce((sum, log) => sum + Math.exp(log), 0) / RATIOS.length;
}
