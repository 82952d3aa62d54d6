import { gradeTogether } from '../digest/trend-words.ts';

const WEEKS = 4;
const WEEK_MS = 7 * 86_400_000;

export type Sighted = { id: number; firstSeenAt: Date; seenAts: readonly Date[] };

/**
 * How the reports of each item on an agenda changed, in a few words: "9 reports in 4 weeks, 4 in the 4 before: more". They
 * are graded together, so that among many items a direction is not named by chance, and by days on which an item was seen
 * at all, so that a burst is not taken for a trend. Nothing is said of a defect younger than eight weeks, nor of silence.
 */
export function agendaTrends(items: readonly Sighted[], now: Date): Map<number, string> {
  const old = items.filter(({ firstSeenAt }) => now.getTime() - firstSeenAt.getTime() >= 2 * WEEKS * WEEK_MS);
  const compared = old.map(({ id, seenAts }) => {
    const within = (from: number, to: number) =>
      seenAts.filter((at) => {
        const weeks = (now.getTime() - at.getTime()) / WEEK_MS;
        return weeks >= from && weeks < to;
      });
    const [after, before] = [within(0, WEEKS), within(WEEKS, 2 * WEEKS)];
    const days = 7 * WEEKS;
    return {
      ...{ id, counts: [before.length, after.length] as const },
      before: { count: daysOf(before, now), days },
      after: { count: daysOf(after, now), days },
    };
  });
  return new Map(
    gradeTogether(compared).flatMap(({ id, counts: [before, after], trend }) =>
      before + after === 0
        ? []
        : [
            [
              id,
              `${after === 1 ? '1 report' : `${after} reports`} in 4 weeks, ${before} in the 4 before: ${trend.grade}`,
            ],
          ],
    ),
  );
}

function daysOf(seenAts: readonly Date[], now: Date): number {
  return new Set(seenAts.map((at) => Math.floor((now.getTime() - at.getTime()) / 86_400_000))).size;
}
