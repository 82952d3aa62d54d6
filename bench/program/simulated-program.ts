import type { Fix, GuardedReport } from '../../src/domain/proof/regression-guard.ts';
import type { Random } from '../../src/domain/stats/random.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import type { Severity } from '../../src/domain/vocabulary.ts';
import type { Life } from './lives.ts';
import { dateBack, failuresAnEpisode, reportsOf, shareLeft } from './simulated-reports.ts';

export const WEEKS = 60;
export const AREAS = 4;
export const DEFECTS = 200;
export const DAYS = 7 * WEEKS;
/** Every rule may judge a fix for so long; the next one comes later. */
export const JUDGED_DAYS = 75;
/** How long a claim may wait for silence. */
export const MOST_WAITED_DAYS = 15;
const STARTED_AT = Date.UTC(2025, 0, 6);

export type Kind = 'steady' | 'bursty' | 'creeping' | 'rare';

export type SimulatedReport = GuardedReport & {
  defect: number;
  seenAt: Date;
  filedAt: Date;
  severity: Severity;
  supportTickets: number;
};

/** `left` is the share of the failures that it leaves once it is out to all: 0 works, 1 changes nothing. */
export type SimulatedFix = {
  fix: Fix;
  day: number;
  outDay: number;
  claimedDay: number;
  left: number;
  /** Who is asked a day after the claim, and when those who answer do. */
  check: { asked: string[]; answers: ReadonlyMap<string, Date> };
};

export type SimulatedDefect = {
  id: number;
  kind: Kind;
  area: number;
  severity: Severity;
  bornDay: number;
  /** When it was first triaged; its baseline is frozen then. */
  triagedDay: number;
  /** Creeping ones: the day from which they grow. */
  growsFromDay: number;
  /** Failures a day, as they truly are, by day. */
  rates: Float64Array;
  /** Episodes a day without any fix. */
  episodeRates: Float64Array;
  /** Accounts that one report says were hit, on average. */
  affected: number;
  fixes: SimulatedFix[];
  /** In the order in which they were filed. */
  reports: SimulatedReport[];
};

/** The instant of a day of the simulation; a fraction is a time of that day. */
export function dayAt(day: number): Date {
  return new Date(STARTED_AT + day * DAY_MS);
}

/**
 * A program whose truth is known: 200 defects in 4 areas over 60 weeks. Six in ten come steadily, two in bursts within a day,
 * one creeps up from a low rate by 20 to 60 % a week, and one is hardly ever seen. Failures are told once or several times by
 * different people, some days late; some are seen in staging, and vendor incidents raise reports that no fix can end. Of the
 * fixes 62 % work; the others leave the rate as it was, or a share of it. How else they live is the life's.
 */
export function simulateProgram(random: Random, life: Life): SimulatedDefect[] {
  const incidents = Array.from({ length: AREAS }, () => Array.from({ length: 4 }, () => Math.floor(random() * DAYS)));
  const calendar = calendarOf(life, random);
  return Array.from({ length: DEFECTS }, (_, id) => {
    const defect = bornDefect(id, calendar, random);
    planFixes(defect, life, random);
    defect.reports = reportsOf(defect, life, incidents[defect.area] ?? [], random);
    if (life.datedBack) for (const fix of defect.fixes) dateBack(fix, defect);
    const fixed = Float64Array.from(defect.rates, (rate, day) => rate * shareLeft(defect.fixes, day + 0.5));
    return { ...defect, rates: fixed, episodeRates: defect.rates.map((rate) => rate / failuresAnEpisode(life)) };
  });
}

/** By what each day's rate is multiplied. The mean of a week stays the same where only weekdays count. */
function calendarOf({ weekdaysOnly, hasSeasons }: Life, random: Random): Float64Array {
  const phase = random() * 2 * Math.PI;
  const quietFrom = Math.floor(random() * DAYS);
  const holidays = new Set(Array.from({ length: 12 }, () => Math.floor(random() * DAYS)));
  return Float64Array.from({ length: DAYS }, (_, day) => {
    const week = weekdaysOnly ? (day % 7 < 5 ? 7 / 5 : 0) : 1;
    if (!hasSeasons) return week;
    const isQuiet = holidays.has(day) || (day >= quietFrom && day < quietFrom + 10);
    return week * (1 + 0.4 * Math.sin((2 * Math.PI * day) / 182 + phase)) * (isQuiet ? 0.2 : 1);
  });
}

function bornDefect(id: number, calendar: Float64Array, random: Random): SimulatedDefect {
  const drawn = random();
  const kind: Kind = drawn < 0.6 ? 'steady' : drawn < 0.8 ? 'bursty' : drawn < 0.9 ? 'creeping' : 'rare';
  const severity = pick<Severity>(['S1', 'S2', 'S2', 'S3', 'S3', 'S3', 'S4'], random);
  const bornDay = Math.floor(random() ** 1.3 * (DAYS - 40));
  const triagedDay = bornDay + 7 + Math.floor(random() * 49);
  const growth = 1.2 + 0.4 * random();
  const growsFromDay = triagedDay + 7 + Math.floor(random() * 42);
  const base = { steady: logUniform(0.06, 1.2, random), bursty: logUniform(0.1, 0.8, random) };
  const level = kind === 'rare' ? 0.008 : kind === 'creeping' ? logUniform(0.04, 0.15, random) : base[kind];
  const rates = Float64Array.from({ length: DAYS }, (_, day) => {
    if (day < bornDay) return 0;
    const grown = kind === 'creeping' ? growth ** (Math.max(0, day - growsFromDay) / 7) : 1;
    return Math.min(3, level * grown) * (calendar[day] ?? 1);
  });
  const affected = logUniform(1, 30, random);
  return {
    ...{ id, kind, area: id % AREAS, severity, bornDay, triagedDay, growsFromDay, rates, affected },
    episodeRates: rates,
    fixes: [],
    reports: [],
  };
}

/** Attempts until one works. A failed one stays long enough that every rule can be judged on the same future. */
function planFixes(defect: SimulatedDefect, life: Life, random: Random): void {
  const lag = defect.kind === 'creeping' ? 77 + random() * 42 : 14 + random() * 70;
  const from = defect.kind === 'creeping' ? defect.growsFromDay : defect.triagedDay;
  const step = JUDGED_DAYS + MOST_WAITED_DAYS;
  for (let whole = Math.floor(from + lag); whole + step < DAYS; whole += step + Math.floor(random() * 25)) {
    const day = whole + (life.anyHour ? random() : 0);
    const works = random() < 0.62;
    const left = works ? 0 : random() < 0.7 ? 1 : life.leaves;
    const environments = random() < 0.3 ? ['production'] : null;
    const outDay = day + life.rolloutDays;
    // Some claim when it begins to go out and say when it will have reached all, others claim once it has.
    const claimedDay = random() < 0.5 ? day : outDay;
    const fix = { deployedAt: dayAt(day), reachedAllAt: dayAt(outDay), claimedAt: dayAt(claimedDay), environments };
    defect.fixes.push({ fix, day, outDay, claimedDay, left, check: { asked: [], answers: new Map() } });
    if (works) return;
  }
}

function pick<T>(from: readonly T[], random: Random): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new RangeError('There is nothing to pick from.');
  return one;
}

/** Between both, each factor as likely wherever it lies. */
export function logUniform(low: number, high: number, random: Random): number {
  return low * (high / low) ** random();
}
