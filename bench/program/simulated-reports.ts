import { concernsFix, type GuardedReport } from '../../src/domain/proof/regression-guard.ts';
import { mulberry32, type Random, sampleGamma, samplePoisson } from '../../src/domain/stats/random.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import type { Life } from './lives.ts';
import {
  DAYS,
  dayAt,
  MOST_WAITED_DAYS,
  type SimulatedDefect,
  type SimulatedFix,
  type SimulatedReport,
} from './simulated-program.ts';

const PEOPLE = 40;
const ASKED_DAYS = 30;
const MOST_ASKED = 20;
/** Failures of one day of an episode. */
const PER_EPISODE_DAY = 1.3;

/** One failure; those of one episode share what became of them when a fix ends only a part. */
type Failure = { at: number; luck: number; environment: string; vendor: string | null };

/** What is told of a defect, by whom and when, in the order in which it was filed. */
export function reportsOf(
  defect: SimulatedDefect,
  life: Life,
  incidents: readonly number[],
  random: Random,
): SimulatedReport[] {
  const silent = defect.fixes.map(() => Array.from({ length: PEOPLE }, () => random() < life.silentShare));
  const failures = [...ownFailures(defect, life, random), ...otherFailures(defect, incidents, random)];
  const seen = failures
    .filter(({ at, luck, environment, vendor }) => vendor || luck < shareLeftIn(environment, defect.fixes, at))
    .flatMap((failure) => seenBy(defect, failure, life, silent, random));
  const told = seen.flatMap(({ report, isSilent }) => (isSilent ? [] : [report]));
  const kept = seen.flatMap(({ report, isSilent }) => (isSilent ? [report] : []));
  const answers = defect.fixes.flatMap((fix, nth) => askReporters(fix, told, kept, life, silent[nth] ?? []));
  return [...told, ...answers].sort((a, b) => a.filedAt.getTime() - b.filedAt.getTime());
}

/** By how much episodes are rarer than single failures. */
export function failuresAnEpisode({ isRarer, episodeDays }: Life): number {
  return isRarer && episodeDays ? ((episodeDays[0] + episodeDays[1]) / 2) * PER_EPISODE_DAY : 1;
}

function ownFailures(defect: SimulatedDefect, life: Life, random: Random): Failure[] {
  const failures: Failure[] = [{ at: defect.bornDay + random(), luck: 0, environment: 'production', vendor: null }];
  const [shortest, longest] = life.episodeDays ?? [1, 1];
  for (let day = defect.bornDay; day < DAYS; day++) {
    const rate = (defect.rates[day] ?? 0) / failuresAnEpisode(life);
    const mean = defect.kind === 'bursty' ? sampleGamma(random, 0.35) * (rate / 0.35) : rate;
    for (let nth = samplePoisson(random, mean); nth > 0; nth--) {
      const luck = random();
      const days = shortest + Math.floor(random() * (longest - shortest + 1));
      for (let lasted = 0; lasted < days; lasted++) {
        const times = life.episodeDays ? 1 + samplePoisson(random, PER_EPISODE_DAY - 1) : 1;
        for (let i = 0; i < times; i++) {
          failures.push({ at: day + lasted + random(), luck, environment: 'production', vendor: null });
        }
      }
    }
  }
  return failures.filter(({ at }) => at < DAYS && !(life.weekdaysOnly && Math.floor(at) % 7 > 4));
}

/** Where only production got the fix, staging goes on failing; a vendor's incident is no fix's to end. */
function otherFailures(defect: SimulatedDefect, incidents: readonly number[], random: Random): Failure[] {
  const staging = defect.fixes.find(({ left, fix }) => left === 0 && fix.environments);
  const failures: Failure[] = [];
  for (let day = defect.bornDay; day < DAYS; day++) {
    const at = day + random();
    if (staging && day >= staging.day && random() < 0.03) {
      failures.push({ at, luck: random(), environment: 'staging', vendor: null });
    }
    if (incidents.includes(day) && random() < 0.4) {
      failures.push({ at, luck: 0, environment: 'production', vendor: 'the cloud' });
    }
  }
  return failures;
}

/** Claimed once nothing was told for two mean gaps, or after a fortnight, and said to be out since the last report. */
export function dateBack(fixed: SimulatedFix, { rates, reports }: SimulatedDefect): void {
  const quietDays = 2 / (rates[Math.floor(fixed.day)] || 1);
  const told = reports
    .filter(({ vendor }) => !vendor)
    .map(({ filedAt }) => (filedAt.getTime() - dayAt(0).getTime()) / DAY_MS);
  const lastBefore = (at: number) => told.findLast((day) => day <= at) ?? fixed.day;
  const mostDay = fixed.day + MOST_WAITED_DAYS;
  const candidates = [
    fixed.day,
    ...told.filter((day) => day > fixed.day).map((day) => day + quietDays),
    lastBefore(fixed.day) + quietDays,
  ];
  const claimedDay = Math.min(
    mostDay,
    ...candidates.filter((at) => at >= fixed.day && at - lastBefore(at) >= quietDays - 1e-9),
  );
  const since = dayAt(lastBefore(claimedDay) + 0.01);
  Object.assign(fixed, {
    claimedDay,
    fix: { ...fixed.fix, deployedAt: since, reachedAllAt: since, claimedAt: dayAt(claimedDay) },
  });
}

/** The share of the failures that the fixes so far leave at an instant: linear while a rollout goes on. */
export function shareLeft(fixes: readonly SimulatedFix[], at: number): number {
  return fixes.reduce((share, { day, outDay, left }) => {
    const reached = at < day ? 0 : at >= outDay ? 1 : (at - day) / (outDay - day);
    return share * (1 - reached * (1 - left));
  }, 1);
}

function shareLeftIn(environment: string, fixes: readonly SimulatedFix[], at: number): number {
  return shareLeft(environment === 'staging' ? fixes.filter(({ fix }) => !fix.environments) : fixes, at);
}

/**
 * A day after a claim the bot asks whoever reported in the last 30 days; some answer within two days. A silent one who
 * answers says what they have kept to themselves since. What it draws is its own, so that nothing else changes by it.
 */
function askReporters(
  fixed: SimulatedFix,
  told: readonly SimulatedReport[],
  kept: readonly SimulatedReport[],
  life: Life,
  silent: readonly boolean[],
): SimulatedReport[] {
  const random = mulberry32(Math.floor(fixed.day * 10_000));
  const claimedAt = dayAt(fixed.claimedDay);
  const recent = told.filter(
    (report) =>
      report.filedAt <= claimedAt &&
      report.seenAt >= dayAt(fixed.claimedDay - ASKED_DAYS) &&
      concernsFix(report, fixed.fix),
  );
  const asked = [...new Set(recent.map(({ reporterId }) => reporterId))].slice(0, MOST_ASKED);
  const answers = new Map<string, Date>();
  for (const reporterId of asked) {
    const isSilent = silent[Number(reporterId.slice(1))] ?? false;
    const at = dayAt(fixed.claimedDay + 1 + 2 * random());
    if (random() < (isSilent ? life.answers.silent : life.answers.goingOn)) answers.set(reporterId, at);
  }
  fixed.check = { asked, answers };
  return [...answers].flatMap(([reporterId, at]) => {
    const last = kept.findLast((one) => one.reporterId === reporterId && one.seenAt >= claimedAt && one.seenAt <= at);
    return last ? [{ ...last, filedAt: at }] : [];
  });
}

/** One failure is seen by one person or more, told at once or days later, but not by those that a claim has silenced. */
function seenBy(
  { id, severity, affected, fixes }: SimulatedDefect,
  { at, environment, vendor }: Failure,
  { late }: Life,
  silent: readonly boolean[][],
  random: Random,
): { report: SimulatedReport; isSilent: boolean }[] {
  const nth = fixes.findLastIndex(({ claimedDay }) => claimedDay <= at);
  return Array.from({ length: 1 + samplePoisson(random, 0.35) }, (_, i) => {
    const person = Math.floor(random() * PEOPLE);
    const seenDay = at + i * 0.05;
    const lag = random() < late.share ? 1 + random() * (late.days - 1) : random() * 0.1;
    const report: SimulatedReport & GuardedReport = {
      ...{ defect: id, severity, environment, vendor },
      seenAt: dayAt(seenDay),
      filedAt: dayAt(seenDay + lag),
      reporterId: `U${person}`,
      affected: Math.floor(affected * (0.3 + 1.4 * random())),
      supportTickets: samplePoisson(random, 0.2),
    };
    return { report, isSilent: silent[nth]?.[person] ?? false };
  });
}
