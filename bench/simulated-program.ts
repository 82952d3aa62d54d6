import type { Fix, GuardedReport } from '../src/domain/proof/regression-guard.ts';
import { type Random, sampleGamma, samplePoisson } from '../src/domain/stats/random.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';
import type { Severity } from '../src/domain/vocabulary.ts';

export const WEEKS = 60;
export const AREAS = 4;
export const DEFECTS = 200;
export const DAYS = 7 * WEEKS;
const STARTED_AT = Date.UTC(2025, 0, 6);

export type Kind = 'steady' | 'bursty' | 'creeping' | 'rare';

export type SimulatedReport = GuardedReport & {
  defect: number;
  seenAt: Date;
  filedAt: Date;
  severity: Severity;
  supportTickets: number;
};

/** `left` is the share of the failures that it leaves: 0 works, 1 changes nothing. */
export type SimulatedFix = { fix: Fix; day: number; left: number };

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
 * A program whose truth is known: 200 defects in 4 areas over 60 weeks. Six in ten come steadily, two in bursts, one creeps
 * up from a low rate by 20 to 60 % a week, and one is hardly ever seen. Failures are told once or several times by different
 * people, one in seven days late; some are seen in staging, and vendor incidents raise reports that no fix can end. Of the
 * fixes 62 % work; the others leave the rate as it was or halve it.
 */
export function simulateProgram(random: Random): SimulatedDefect[] {
  const incidents = Array.from({ length: AREAS }, () => Array.from({ length: 4 }, () => Math.floor(random() * DAYS)));
  return Array.from({ length: DEFECTS }, (_, id) => {
    const defect = bornDefect(id, random);
    planFixes(defect, random);
    defect.reports = reportsOf(defect, incidents[defect.area] ?? [], random);
    return defect;
  });
}

function bornDefect(id: number, random: Random): SimulatedDefect {
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
    return Math.min(3, level * grown);
  });
  const affected = logUniform(1, 30, random);
  return {
    ...{ id, kind, area: id % AREAS, severity, bornDay, triagedDay, growsFromDay, rates, affected },
    fixes: [],
    reports: [],
  };
}

/** Attempts until one works. A failed one stays 65 days or more, so that every rule can be judged on the same future. */
function planFixes(defect: SimulatedDefect, random: Random): void {
  const lag = defect.kind === 'creeping' ? 77 + random() * 42 : 14 + random() * 70;
  const from = defect.kind === 'creeping' ? defect.growsFromDay : defect.triagedDay;
  for (let day = Math.floor(from + lag); day + 60 < DAYS; day += 65 + Math.floor(random() * 25)) {
    const works = random() < 0.62;
    const left = works ? 0 : random() < 0.7 ? 1 : 0.5;
    const environments = random() < 0.3 ? ['production'] : null;
    for (let later = day; later < DAYS; later++) defect.rates[later] = (defect.rates[later] ?? 0) * left;
    defect.fixes.push({ fix: { deployedAt: dayAt(day), environments }, day, left });
    if (works) return;
  }
}

function reportsOf(defect: SimulatedDefect, incidents: readonly number[], random: Random): SimulatedReport[] {
  const reports: SimulatedReport[] = [];
  const staging = defect.fixes.find(({ left, fix }) => left === 0 && fix.environments);
  for (let day = defect.bornDay; day < DAYS; day++) {
    const rate = defect.rates[day] ?? 0;
    const mean = defect.kind === 'bursty' ? sampleGamma(random, 0.35) * (rate / 0.35) : rate;
    const failures = day === defect.bornDay ? 1 : samplePoisson(random, mean);
    for (let i = 0; i < failures; i++) tell(reports, defect, day + random(), {}, random);
    // Where only production got the fix, staging goes on failing.
    if (staging && day >= staging.day && random() < 0.03) {
      tell(reports, defect, day + random(), { environment: 'staging' }, random);
    }
    if (incidents.includes(day) && random() < 0.4) {
      tell(reports, defect, day + random(), { vendor: 'the cloud' }, random);
    }
  }
  return reports.sort((a, b) => a.filedAt.getTime() - b.filedAt.getTime());
}

/** One failure is told by one person or more, at once or days later. */
function tell(
  reports: SimulatedReport[],
  { id, severity, affected }: SimulatedDefect,
  seen: number,
  over: Partial<GuardedReport>,
  random: Random,
): void {
  const times = 1 + samplePoisson(random, 0.35);
  for (let i = 0; i < times; i++) {
    const seenDay = seen + i * 0.05;
    const late = random() < 1 / 7 ? 1 + random() * 6 : random() * 0.1;
    reports.push({
      defect: id,
      severity,
      seenAt: dayAt(seenDay),
      filedAt: dayAt(seenDay + late),
      reporterId: `U${Math.floor(random() * 40)}`,
      environment: 'production',
      affected: Math.floor(affected * (0.3 + 1.4 * random())),
      supportTickets: samplePoisson(random, 0.2),
      vendor: null,
      ...over,
    });
  }
}

function pick<T>(from: readonly T[], random: Random): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new RangeError('There is nothing to pick from.');
  return one;
}

function logUniform(low: number, high: number, random: Random): number {
  return low * (high / low) ** random();
}
