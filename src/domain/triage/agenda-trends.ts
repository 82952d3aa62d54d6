import { knownIn } from '../reports/known-in.ts';
import { WEEK_MS } from '../time/durations.ts';

const WEEKS = 4;

export type Sighted = { id: number; firstSeenAt: Date; reports: readonly { seenAt: Date; filedAt: Date }[] };

/**
 * How often each item of an agenda was reported: "9 reports in 4 weeks, 4 in the 4 before", each as it was known at the end
 * of its four weeks. Whether that is a trend is for its card to say. Nothing is said of a defect younger than eight weeks, nor of silence.
 */
export function agendaTrends(items: readonly Sighted[], now: Date): Map<number, string> {
  const old = items.filter(({ firstSeenAt }) => now.getTime() - firstSeenAt.getTime() >= 2 * WEEKS * WEEK_MS);
  const ago = (weeks: number) => new Date(now.getTime() - weeks * WEEK_MS);
  return new Map(
    old.flatMap(({ id, reports }) => {
      const within = (from: number, to: number) => knownIn(reports, { after: ago(to), upTo: ago(from) }).length;
      const [after, before] = [within(0, WEEKS), within(WEEKS, 2 * WEEKS)];
      if (before + after === 0) return [];
      return [
        [id, `${after === 1 ? '1 report' : `${after} reports`} in ${WEEKS} weeks, ${before} in the ${WEEKS} before`],
      ];
    }),
  );
}
