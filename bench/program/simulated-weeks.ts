import type { KnownWeek } from '../../src/domain/digest/program-verdicts.ts';
import { type Random, sampleGamma, samplePoisson } from '../../src/domain/stats/random.ts';

export const WEEKS = 52;
export const CHANGED_WEEK = 20;
/** As long after a week as the bot counts what is told of it. */
const SETTLED_DAYS = 14;

/** How failures come and how late they are told: `lateShare` of the reports up to `lateDays` after they were seen. */
export type Life = {
  name: string;
  episodeDays: [number, number];
  bursts: boolean;
  lateShare: number;
  lateDays: number;
  /** From the changed week on, where it is another one. */
  laterShare?: number;
  /** How many more people tell of a failure that one has told of. */
  others?: number;
};

/** Ten defects in four areas: four in the first, one in the last. */
const AREA_OF = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3];
/** So many others tell of one failure, where a life does not say. */
const OTHERS = 0.35;

/** The weeks of each area as they were known when they ended, and what was told late; `factor` as many from the changed week on. */
export function areasOf(random: Random, life: Life, mean: number, factor: number, weeks = WEEKS): KnownWeek[][] {
  const areas = Array.from({ length: Math.max(...AREA_OF) + 1 }, () =>
    Array.from({ length: weeks }, () => ({ reports: 0, tickets: 0, late: 0 })),
  );
  const [shortest, longest] = life.episodeDays;
  const reports = ((shortest + longest) / 2) * (1 + (life.others ?? OTHERS));
  // An episode that began before the year still goes on in it.
  for (let day = -longest; day < 7 * weeks; day++) {
    const rate = ((mean / 7) * (day < 7 * CHANGED_WEEK ? 1 : factor)) / reports / AREA_OF.length;
    for (const area of AREA_OF) {
      // Days differ as much as those of the bursty defects of the other tables.
      const ofDay = life.bursts ? rate * (sampleGamma(random, 0.35) / 0.35) : rate;
      for (let nth = samplePoisson(random, ofDay); nth > 0; nth--) {
        const days = shortest + Math.floor(random() * (longest - shortest + 1));
        for (let lasted = 0; lasted < days; lasted++) tell(areas[area] ?? [], day + lasted + random(), life, random);
      }
    }
  }
  return areas;
}

/** The weeks of all areas together. */
export function addedUp(areas: readonly (readonly KnownWeek[])[]): KnownWeek[] {
  return (areas[0] ?? []).map((_, week) => ({
    reports: areas.reduce((sum, weeks) => sum + (weeks[week]?.reports ?? 0), 0),
    tickets: 0,
    late: areas.reduce((sum, weeks) => sum + (weeks[week]?.late ?? 0), 0),
  }));
}

/** What was known of each week when it ended. */
export const countsOf = (weeks: readonly KnownWeek[]): number[] => weeks.map(({ reports }) => reports);

/** One failure is told by one person or more. */
function tell(weeks: KnownWeek[], seenDay: number, life: Life, random: Random): void {
  const { lateShare, lateDays, laterShare, others = OTHERS } = life;
  const nthWeek = Math.floor(seenDay / 7);
  const share = nthWeek < CHANGED_WEEK ? lateShare : (laterShare ?? lateShare);
  const week = weeks[nthWeek];
  for (let nth = 1 + samplePoisson(random, others); nth > 0; nth--) {
    const daysAfter = seenDay + (random() < share ? 1 + random() * (lateDays - 1) : 0) - 7 * (nthWeek + 1);
    if (!week) continue;
    if (daysAfter <= 0) week.reports += 1;
    else if (daysAfter <= SETTLED_DAYS) week.late += 1;
  }
}
