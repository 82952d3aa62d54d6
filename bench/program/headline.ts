import type { KnownWeek } from '../../src/domain/digest/program-verdicts.ts';
import { sinceWhen } from '../../src/domain/digest/since-when.ts';
import { rateChanges } from '../../src/domain/stats/change-point.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { gradeOf, rateRatioInterval } from '../../src/domain/stats/rate-ratio.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { shareWords } from '../kit/measures.ts';
import { addedUp, areasOf, CHANGED_WEEK, countsOf, type Life, WEEKS } from './simulated-weeks.ts';

export const SEEN_WITHIN = 8;
/** A week named this far from the true one is the right one. */
export const NEAR = 2;

export const LIVES: readonly Life[] = [
  { name: 'steady, told at once', episodeDays: [1, 1], bursts: false, lateShare: 0, lateDays: 0 },
  { name: 'steady, 35 % told up to 11 days late', episodeDays: [1, 1], bursts: false, lateShare: 0.35, lateDays: 11 },
  { name: 'bursts within a day', episodeDays: [1, 1], bursts: true, lateShare: 1 / 7, lateDays: 7 },
  { name: 'episodes of 2 to 5 days', episodeDays: [2, 5], bursts: false, lateShare: 1 / 7, lateDays: 7 },
  { name: 'episodes with bursts, 35 % late', episodeDays: [2, 5], bursts: true, lateShare: 0.35, lateDays: 11 },
];
/** Other programs than those of the year. */
const EVER_AFTER = 1;
export const MEANS = [10, 40, 150] as const;

/** What the headline says in the years of programs whose rate is known: flat, halved, and grown by half. */
export function printHeadlines({ years, seed }: { years: number; seed: number }, print: (line: string) => void): void {
  print(`\nThe headline, looked at every week: ${years} years of a program each`);
  print(
    '| how failures come | reports a week | a flat year is called a change | called fewer, more | in three flat years, ever | by the interval of two weeks | a halving is named within 8 weeks | the right week, within 2 | half as many again within 8 weeks | at the change, still too few or too uneven |',
  );
  print('|---|---|---|---|---|---|---|---|---|---|');
  for (const life of LIVES) {
    for (const mean of MEANS) {
      const random = mulberry32(seed);
      const play = (factor: number) => Array.from({ length: years }, () => areasOf(random, life, mean, factor));
      const flat = play(1);
      const named = flat.map((areas) => firstNamed(areas));
      const halves = play(0.5);
      const halved = halves.map((areas) => firstNamed(areas, CHANGED_WEEK - NEAR));
      const grown = play(1.5).map((areas) => firstNamed(areas, CHANGED_WEEK - NEAR));
      const inTime = halved.filter((one) => one?.grade === 'fewer' && one.week < CHANGED_WEEK + SEEN_WITHIN);
      const near = inTime.filter((one) => one && Math.abs(one.since - CHANGED_WEEK) <= NEAR);
      const isTooFew = (areas: Areas) => ['too few', 'too uneven'].includes(verdictAt(areas, CHANGED_WEEK - 1).grade);
      const cells = [
        shareWords(named.filter(Boolean).length, years),
        ['fewer', 'more'].map((grade) => named.filter((one) => one?.grade === grade).length).join(', '),
        shareWords(everChanged(life, mean, { times: years, seed }), years),
        shareWords(flat.filter(isTwoWeekChange).length, years),
        shareWords(inTime.length, years),
        shareWords(near.length, inTime.length),
        shareWords(grown.filter((one) => one?.grade === 'more' && one.week < CHANGED_WEEK + SEEN_WITHIN).length, years),
        shareWords(halves.filter(isTooFew).length, years),
      ];
      print(`| ${life.name} | ${mean} | ${cells.join(' | ')} |`);
    }
  }
}

/** How many flat programs are called a change at any time in three years. */
function everChanged(life: Life, mean: number, { times, seed }: { times: number; seed: number }): number {
  const random = mulberry32(seed + EVER_AFTER);
  const programs = Array.from({ length: times }, () => areasOf(random, life, mean, 1, 3 * WEEKS));
  return programs.filter((areas) => {
    return rateChanges(countsOf(addedUp(areas)), { alike: areas.map(countsOf) }).length > 0;
  }).length;
}

type Areas = readonly (readonly KnownWeek[])[];

/** The first week in which a change was named, looking at each week as it came; `since` is the week it named. */
function firstNamed(areas: Areas, from = 0) {
  const weeks = areas[0]?.length ?? 0;
  for (let week = from; week < weeks; week++) {
    const { grade, since } = verdictAt(areas, week);
    const began = since ? since.startsAt.getTime() / WEEK_MS : -1;
    if (since && began >= from) return { week, grade, since: began };
  }
  return undefined;
}

/** What is said when a week has ended. */
function verdictAt(areas: Areas, week: number) {
  const known = areas.map((area) => area.slice(0, week + 1));
  const bounds = Array.from({ length: week + 2 }, (_, i) => new Date(i * WEEK_MS));
  return sinceWhen(bounds, countsOf(addedUp(known)), { alike: known.map(countsOf) });
}

function isTwoWeekChange(areas: Areas): boolean {
  const counts = countsOf(addedUp(areas));
  const of = (i: number) => ({ count: counts[i] ?? 0, exposure: 1 });
  return counts.some((count, week) => {
    if (week === 0 || (count === 0 && counts[week - 1] === 0)) return false;
    return gradeOf(rateRatioInterval({ before: of(week - 1), after: of(week) })) !== 'no clear change';
  });
}
