import { addToHeatLevel, reportWeight } from '../src/domain/defects/rank.ts';
import { isCreeping, sinceWhen } from '../src/domain/digest/since-when.ts';
import { evaluateProof } from '../src/domain/proof/proof.ts';
import { DAY_MS, WEEK_MS } from '../src/domain/time/durations.ts';
import { DAYS, dayAt, type SimulatedDefect, type SimulatedFix, WEEKS } from './simulated-program.ts';

const JUDGED_DAYS = 60;
const TOP = 10;

/** What a rule said of one fix, and on which day after its deployment. */
export type Called = { outcome: 'proven' | 'failed' | 'undecided'; days: number };
export type ProofRule = { name: string; judge: (defect: SimulatedDefect, fix: SimulatedFix, nth: number) => Called };

/** The bot's own rule: judged each day on what has been filed by then. */
const asTheBot: ProofRule['judge'] = (defect, { fix, day }, nth) => {
  let known = -1;
  let windowDays = 0;
  for (let days = 1; days <= JUDGED_DAYS; days++) {
    const now = dayAt(day + days);
    const reports = defect.reports.filter(({ filedAt }) => filedAt <= now);
    // Between two reports nothing changes before the window is over.
    if (reports.length === known && days < windowDays) continue;
    known = reports.length;
    const claim = { severity: defect.severity, fix, failedFixes: nth, reports, criteria: [] };
    const { outcome, window } = evaluateProof(claim, now, 'UTC');
    windowDays = window.days;
    if (outcome === 'proven' || outcome === 'failed') return { outcome, days };
  }
  return { outcome: 'undecided', days: JUDGED_DAYS };
};

/** What a tracker does: so many days without a new report close it, and any new report reopens it. */
function silenceOf(quietDays: number): ProofRule['judge'] {
  return ({ reports }, { day }) => {
    const next = reports.find(({ filedAt }) => filedAt > dayAt(day));
    const days = next ? Math.ceil((next.filedAt.getTime() - dayAt(day).getTime()) / DAY_MS) : Infinity;
    return days <= quietDays ? { outcome: 'failed', days } : { outcome: 'proven', days: quietDays };
  };
}

export const PROOF_RULES: readonly ProofRule[] = [
  { name: 'what the bot says', judge: asTheBot },
  { name: '7 days of silence', judge: silenceOf(7) },
  { name: '14 days of silence', judge: silenceOf(14) },
];

export type CreepSeen = {
  /** Days from the start of the growth until it was named; null where it never was before its first fix. */
  flaggedAfter: number | null;
  /** The same until the defect was among the ten with the most reports of the last 28 days. */
  countedAfter: number | null;
  /** The same by all reports so far. */
  countedAllAfter: number | null;
};

/** When the weekly triage names a creeping defect, and when a ranking by count would have shown it. */
export function creepOf(defect: SimulatedDefect, defects: readonly SimulatedDefect[]): CreepSeen {
  const fixedDay = defect.fixes[0]?.day ?? DAYS;
  const mondays = Array.from({ length: WEEKS }, (_, week) => 7 * week).filter(
    (day) => day > defect.growsFromDay && day < fixedDay,
  );
  const flagged = mondays.find((day) => creepsOn(defect, day));
  const counted = (from: (day: number) => number) =>
    mondays.find((day) =>
      topOf(defects, (one) => countSince(one, from(day), day))
        .slice(0, TOP)
        .includes(defect),
    );
  const after = (day: number | undefined) => (day === undefined ? null : day - defect.growsFromDay);
  return {
    flaggedAfter: after(flagged),
    countedAfter: after(counted((day) => day - 28)),
    countedAllAfter: after(counted(() => 0)),
  };
}

/** Whether a defect that never grew is named at any of eight triages after its baseline was frozen. */
export function isFalselyCreeping(defect: SimulatedDefect): boolean {
  const until = Math.min(defect.fixes[0]?.day ?? DAYS, DAYS);
  return Array.from({ length: 8 }, (_, i) => defect.triagedDay + 7 * (i + 1)).some(
    (day) => day < until && creepsOn(defect, day),
  );
}

function creepsOn(defect: SimulatedDefect, day: number): boolean {
  const [first] = defect.reports;
  if (!first) return false;
  // As the bot does: whole weeks after the one of the first report, each as it was known when it ended.
  const weeks = Math.floor((dayAt(day).getTime() - first.seenAt.getTime()) / WEEK_MS);
  if (weeks < 1) return false;
  const bounds = Array.from({ length: weeks + 1 }, (_, i) => dayAt(day - 7 * (weeks - i)));
  const counts = bounds
    .slice(1)
    .map(
      (end, i) =>
        defect.reports.filter(({ seenAt, filedAt }) => seenAt > (bounds[i] ?? end) && seenAt <= end && filedAt <= end)
          .length,
    );
  return isCreeping(sinceWhen(bounds, counts), dayAt(defect.triagedDay));
}

export type Ranking = 'heat' | 'all reports' | 'last 28 days';

/** NDCG of the top ten on a day, by the true harm a week of each defect. */
export function gainsOf(defects: readonly SimulatedDefect[], day: number): Record<Ranking, number> | null {
  const known = defects.filter(({ reports }) => reports[0] && reports[0].filedAt <= dayAt(day));
  const harm = (defect: SimulatedDefect) =>
    7 *
    (defect.rates[day] ?? 0) *
    1.35 *
    reportWeight({ severity: defect.severity, affected: defect.affected, supportTickets: 0.2 });
  const best = discounted(topOf(known, harm).map(harm));
  if (best === 0) return null;
  const of = (score: (defect: SimulatedDefect) => number) => discounted(topOf(known, score).map(harm)) / best;
  return {
    heat: of((one) => levelAt(one, day)),
    'all reports': of((one) => countSince(one, 0, day)),
    'last 28 days': of((one) => countSince(one, day - 28, day)),
  };
}

function levelAt({ reports }: SimulatedDefect, day: number): number {
  const now = dayAt(day);
  return reports.reduce(
    (level, report) =>
      report.filedAt <= now
        ? addToHeatLevel(level, { weight: reportWeight(report), seenAt: report.seenAt }, 28)
        : level,
    Number.NEGATIVE_INFINITY,
  );
}

function countSince({ reports }: SimulatedDefect, from: number, day: number): number {
  const [after, upTo] = [dayAt(from), dayAt(day)];
  return reports.filter(({ filedAt }) => filedAt > after && filedAt <= upTo).length;
}

function topOf(defects: readonly SimulatedDefect[], score: (defect: SimulatedDefect) => number): SimulatedDefect[] {
  return defects
    .map((defect) => ({ defect, score: score(defect) }))
    .sort((a, b) => b.score - a.score || a.defect.id - b.defect.id)
    .map(({ defect }) => defect);
}

function discounted(harms: readonly number[]): number {
  return harms.slice(0, TOP).reduce((sum, harm, i) => sum + harm / Math.log2(i + 2), 0);
}
