import { WEEK_MS } from '../time/durations.ts';

const WEEKS = 4;

export type Sighted = { id: number; firstSeenAt: Date; seenAts: readonly Date[] };

/**
 * How often each item of an agenda was reported: "9 reports in 4 weeks, 4 in the 4 before". Whether that is a trend is for
 * its card to say. Nothing is said of a defect younger than eight weeks, nor of silence.
 */
export function agendaTrends(items: readonly Sighted[], now: Date): Map<number, string> {
  const old = items.filter(({ firstSeenAt }) => now.getTime() - firstSeenAt.getTime() >= 2 * WEEKS * WEEK_MS);
  return new Map(
    old.flatMap(({ id, seenAts }) => {
      const within = (from: number, to: number) =>
        seenAts.filter((at) => {
          const weeks = (now.getTime() - at.getTime()) / WEEK_MS;
          return weeks >= from && weeks < to;
        }).length;
      const [after, before] = [within(0, WEEKS), within(WEEKS, 2 * WEEKS)];
      if (before + after === 0) return [];
      return [
        [id, `${after === 1 ? '1 report' : `${after} reports`} in ${WEEKS} weeks, ${before} in the ${WEEKS} before`],
      ];
    }),
  );
}
