import { addToHeatLevel, reportWeight } from '../src/domain/defects/rank.ts';
import { assembleBurndown } from '../src/domain/digest/burndown.ts';
import { detectCreep, freezeBaseline } from '../src/domain/digest/creep.ts';
import { assembleDigest, type DigestFacts } from '../src/domain/digest/digest.ts';
import { evaluateProof } from '../src/domain/proof/proof.ts';
import type { Grade } from '../src/domain/stats/rate-ratio.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';
import { AREAS, DAYS, dayAt, type SimulatedDefect, type SimulatedFix, WEEKS } from './simulated-program.ts';

const JUDGED_DAYS = 60;
const TOP = 10;
/** A true rate that changes by less than this share did not change. */
const SAME = 0.1;

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
  const flagged = mondays.find((day) => isCreeping(defect, day));
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
    (day) => day < until && isCreeping(defect, day),
  );
}

function isCreeping(defect: SimulatedDefect, day: number): boolean {
  const now = dayAt(day);
  const seen = defect.reports.filter(({ filedAt }) => filedAt <= now).map(({ seenAt }) => seenAt);
  return detectCreep(seen, freezeBaseline(seen, dayAt(defect.triagedDay)), now).creeping;
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

/** What was said of one week against the week before, and what was true of the rates. */
export type WeekVerdict = { said: Grade; arrow: Grade; truth: Grade };

/** The verdicts of the digest for the program and each area, week by week, beside an arrow that compares two counts. */
export function verdictsOf(defects: readonly SimulatedDefect[]): WeekVerdict[] {
  const scopes = [defects, ...Array.from({ length: AREAS }, (_, area) => defects.filter((one) => one.area === area))];
  return scopes.flatMap((scope) => {
    const counts = Array.from({ length: WEEKS }, (_, week) =>
      scope.reduce((sum, one) => sum + seenBetween(one, 7 * week, 7 * week + 7), 0),
    );
    const rates = Array.from({ length: WEEKS }, (_, week) =>
      scope.reduce((sum, { rates: daily }) => sum + daily.slice(7 * week, 7 * week + 7).reduce((a, b) => a + b, 0), 0),
    );
    return Array.from({ length: WEEKS - 9 }, (_, i) => {
      const week = i + 9;
      const [before, now] = [counts[week - 1] ?? 0, counts[week] ?? 0];
      return {
        said: digestVerdict(counts.slice(week - 8, week + 1)),
        arrow: now > before ? ('more' as const) : now < before ? ('fewer' as const) : ('no clear change' as const),
        truth: trueGrade(rates[week - 1] ?? 0, rates[week] ?? 0),
      };
    });
  });
}

function seenBetween({ reports }: SimulatedDefect, from: number, to: number): number {
  const [after, upTo] = [dayAt(from), dayAt(to)];
  return reports.filter(({ seenAt, filedAt }) => seenAt >= after && seenAt < upTo && filedAt <= upTo).length;
}

function trueGrade(before: number, now: number): Grade {
  if (now > before * (1 + SAME)) return 'more';
  return now < before / (1 + SAME) ? 'fewer' : 'no clear change';
}

function digestVerdict(counts: readonly number[]): Grade {
  const nothing = assembleBurndown({ toDo: 0, claimed: 0 }, { toDo: 0, claimed: 0 }, []);
  const facts: DigestFacts = {
    window: { after: dayAt(0), upTo: dayAt(7) },
    isFirstWeek: false,
    thisWeek: nothing,
    lastWeek: nothing,
    weeks: counts.map((reports) => ({ reports, tickets: 0 })),
    costs: [],
    movers: [],
    outcomes: [],
    relabels: [],
    unowned: { total: 0, top: [] },
    harms: [],
    health: {
      triage: { onTime: 0, late: 0, missed: 0, items: 0, decided: 0, carriedOver: 0 },
      reminders: { sent: 0, acted: 0 },
    },
    escapes: [],
    fixes: [],
    outlook: { growth: [], forecast: undefined, survival: undefined, drifts: [] },
    nextTriageAt: null,
    tranche: null,
  };
  return assembleDigest(facts).verdict.grade;
}
