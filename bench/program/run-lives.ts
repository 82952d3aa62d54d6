import { type Random, sampleNormal, samplePoisson } from '../../src/domain/stats/random.ts';
import { logUniform } from './simulated-program.ts';

/** When the fix goes out, and for how many days after it every rule is judged. */
export const PAST_DAYS = 140;
export const JUDGED_DAYS = 60;
const ALL_DAYS = PAST_DAYS + JUDGED_DAYS + 1;
const SPELL_DAYS = [1, 3] as const;

/** What ran on each day, when a run failed, in days since the start, and how likely a day was to be quiet. */
export type RunLife = { ran: number[]; failedAt: number[]; chanceOfQuiet: number[] };

/** How many times the usual runs a day has; `since` counts days from the fix and is negative before it. */
export type Volume = { name: string; onDay: (random: Random, since: number) => number };

export const VOLUMES: readonly Volume[] = [
  { name: 'as before', onDay: () => 1 },
  { name: 'three times as often', onDay: (_, since) => (since < 0 ? 1 : 3) },
  { name: 'twenty times as often for two days', onDay: (_, since) => (since === 0 || since === 1 ? 20 : 1) },
  { name: 'half as often', onDay: (_, since) => (since < 0 ? 1 : 0.5) },
  { name: 'not for 30 days', onDay: (_, since) => (since < 0 || since >= 30 ? 1 : 0) },
  {
    name: 'not for 20 days, then all that was missed in two',
    onDay: (_, since) => (since >= 0 && since < 20 ? 0 : since === 20 || since === 21 ? 11 : 1),
  },
  { name: 'never', onDay: (_, since) => (since < 0 ? 1 : 0) },
  {
    name: 'in good and bad days, hardly at weekends, as before',
    onDay: (random, since) => Math.exp(0.7 * sampleNormal(random) - 0.245) * (isWeekend(since) ? 0.1 : 1.36),
  },
  {
    name: 'as in the end, twice as often as in the beginning',
    onDay: (_, since) => (since < 0 ? 2 + since / PAST_DAYS : 2),
  },
];

function isWeekend(since: number): boolean {
  return (since + 7 * PAST_DAYS) % 7 > 4;
}

/** What makes runs fail. */
export type Driver = {
  name: string;
  /** The chance of each run of each day, and what a day has besides; `rate` is of failures a day where it runs as usual. */
  drawDays: (random: Random, rate: number, usual: number) => Day[];
};

type Day = {
  /** With which chance each run of the day fails. */
  chance: number;
  /** With which chance it stays quiet, of so many runs, before it is known what kind of day it is. */
  quiet: (ran: number) => number;
  /** Moments of the day that hit one run each, where there is one. */
  moments?: number;
};

const days = <T>(of: (day: number) => T) => Array.from({ length: ALL_DAYS }, (_, day) => of(day));
const byRun = (chance: number): Day => ({
  chance: Math.min(1, chance),
  quiet: (ran) => (1 - Math.min(1, chance)) ** ran,
});

export const DRIVERS: readonly Driver[] = [
  { name: 'by run, each with the same chance', drawDays: (_, rate, usual) => days(() => byRun(rate / usual)) },
  {
    name: 'by run, with a chance that drifts by week',
    drawDays: (random, rate, usual) => {
      let level = 0.6 * sampleNormal(random);
      return days((day) => {
        if (day % 7 === 0) level = 0.8 * level + 0.36 * sampleNormal(random);
        return byRun((rate / usual) * Math.exp(level - 0.18));
      });
    },
  },
  { name: 'half of the runs of bad spells of 1 to 3 days', drawDays: drawSpells },
  {
    name: 'one run at a bad moment',
    drawDays: (random, rate) =>
      days(() => ({
        chance: 0,
        quiet: (ran) => (ran > 0 ? Math.exp(-rate) : 1),
        moments: samplePoisson(random, rate),
      })),
  },
  {
    name: 'on one day of the week',
    drawDays: (random, rate, usual) => {
      const which = Math.floor(5 * random());
      return days((day) => byRun(day % 7 === which ? (7 * rate) / usual : 0));
    },
  },
  {
    name: 'around the end of each month',
    drawDays: (random, rate, usual) => {
      const phase = Math.floor(30 * random());
      return days((day) => byRun((day + phase) % 30 > 25 ? (7.5 * rate) / usual : 0));
    },
  },
];

function drawSpells(random: Random, rate: number): Day[] {
  const [shortest, longest] = SPELL_DAYS;
  const spells = rate / ((shortest + longest) / 2);
  const bad = new Set<number>();
  for (let day = 0; day < ALL_DAYS; day++) {
    for (let nth = samplePoisson(random, spells); nth > 0; nth--) {
      const lasts = shortest + Math.floor((longest - shortest + 1) * random());
      for (let i = 0; i < lasts; i++) bad.add(day + i);
    }
  }
  return days((day) => ({
    chance: bad.has(day) ? 0.5 : 0,
    quiet: (ran) => (ran > 0 ? Math.exp(-spells) : 1),
  }));
}

/** One life of a defect that nobody fixes, of something that runs 4 to 100 times a day. */
export function liveRuns(random: Random, driver: Driver, volume: Volume, rate: number): RunLife {
  const usual = logUniform(4, 100, random);
  const drawn = driver.drawDays(random, rate, usual);
  const ran = days((day) => samplePoisson(random, usual * volume.onDay(random, day - PAST_DAYS)));
  const failedAt = drawn.flatMap(({ chance, moments = 0 }, day) => {
    const failed = sampleBinomial(random, ran[day] ?? 0, chance) + Math.min(ran[day] ?? 0, moments);
    return Array.from({ length: failed }, () => day + random());
  });
  const chanceOfQuiet = drawn.map(({ quiet }, day) => quiet(ran[day] ?? 0));
  return { ran, failedAt: failedAt.sort((a, b) => a - b), chanceOfQuiet };
}

function sampleBinomial(random: Random, count: number, chance: number): number {
  if (chance <= 0) return 0;
  return Array.from({ length: count }, () => random() < chance).filter(Boolean).length;
}
