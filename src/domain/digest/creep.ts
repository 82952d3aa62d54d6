import { counted } from '../counted.ts';
import { pooledDispersion } from '../stats/dispersion.ts';
import { binomialMidUpperTail } from '../stats/rate-ratio.ts';
import { DAY_MS } from '../time/durations.ts';

export const CREEP_DAYS = 14;
export const BASELINE_DAYS = 28;
export const MIN_CREEP_REPORTS = 4;
export const CREEP_P = 0.001;
/** From here on days count as bursty. Simulated: false alarms of 1 to 2 % in eight triages, steady or bursty. */
const BURSTS_P = 0.01;

/** What was normal for a defect when it was last triaged. It stays frozen until the next triage. */
export type Baseline = { count: number; days: number; frozenAt: Date };

export type Creep = {
  creeping: boolean;
  recent: { count: number; days: number };
  /** One-sided: the chance of so many recent reports if nothing had changed. */
  p: number;
  sentence: string;
};

/**
 * Freezes the reports of the 28 days before an instant. A defect younger than that is watched from its first report on,
 * and that first report counts: a cautious baseline is a high one. Never seen at all is 0 in 28 days.
 */
export function freezeBaseline(seenAts: readonly Date[], frozenAt: Date): Baseline {
  const ages = seenAts.map((at) => (frozenAt.getTime() - at.getTime()) / DAY_MS).filter((age) => age >= 0);
  const count = ages.filter((age) => age < BASELINE_DAYS).length;
  const days =
    ages.length === 0
      ? BASELINE_DAYS
      : Math.min(
          BASELINE_DAYS,
          ages.reduce((oldest, age) => Math.max(oldest, age), 1),
        );
  return { count, days, frozenAt };
}

/**
 * Does a defect come more and more often, too slowly for anybody to notice? The last 14 days (fewer just after triage, so
 * that no report is on both sides) against the frozen baseline: given the sum, the recent count is binomial, one-sided
 * mid-p < 0.001. Where the days vary more than by chance, in bursts or because one failure is told by several people,
 * both counts are first divided by that dispersion. Under four recent reports it never says so. Instants are those of the
 * failure, not of the filing.
 */
export function detectCreep(seenAts: readonly Date[], baseline: Baseline, now: Date): Creep {
  const since = Math.max(baseline.frozenAt.getTime(), now.getTime() - CREEP_DAYS * DAY_MS);
  const days = (now.getTime() - since) / DAY_MS;
  const count = seenAts.filter((at) => at.getTime() > since && at <= now).length;
  const all = days + baseline.days;
  const frozen = baseline.frozenAt.getTime();
  const sides = [
    dailyCounts(seenAts, since, now.getTime()),
    dailyCounts(seenAts, frozen - baseline.days * DAY_MS - 1, frozen),
  ];
  const spread = pooledDispersion(sides, BURSTS_P);
  const p =
    days > 0 ? binomialMidUpperTail(count / spread, baseline.count / spread, days / all, baseline.days / all) : 1;
  const creeping = count >= MIN_CREEP_REPORTS && p < CREEP_P;
  const facts = `${counted(count, 'report')} in the last ${wholeDays(days)}, ${counted(baseline.count, 'report')} in the ${wholeDays(baseline.days)} before triage`;
  return {
    creeping,
    recent: { count, days },
    p,
    sentence: creeping ? `Creeping up: ${facts}.` : `No clear creep: ${facts}.`,
  };
}

/** How often it was seen on each day of 24 hours after one instant up to another, the last day first. */
function dailyCounts(seenAts: readonly Date[], after: number, upTo: number): number[] {
  const counts = new Array<number>(Math.max(1, Math.round((upTo - after) / DAY_MS))).fill(0);
  for (const at of seenAts) {
    const time = at.getTime();
    if (time <= after || time > upTo) continue;
    const day = Math.min(counts.length - 1, Math.floor((upTo - time) / DAY_MS));
    counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
}

function wholeDays(days: number): string {
  const whole = Math.max(1, Math.round(days));
  return whole === 1 ? 'day' : `${whole} days`;
}
