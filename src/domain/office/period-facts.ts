import { type Burndown, FLOW_LINES, type FlowLine, identityGaps, openCount } from '../digest/burndown.ts';
import type { BurndownWeek } from '../digest/charts.ts';
import type { FixOutcome } from '../digest/digest.ts';
import type { SinceWhen, SinceWhenGrade } from '../digest/since-when.ts';
import { sinceWhenSentence } from '../digest/since-when-words.ts';
import { type FixLife, survivalLedger } from '../proof/survival.ts';
import { budgetStanding } from '../reliability/budget-standing.ts';
import type { AreaReliability } from '../reliability/reliability.ts';

/** The share of an area's error budget that is left at the end; below 0 it is overspent. */
export type BudgetLeft = { area: string; left: number | null };

/** How often a ritual was due in the period and held, and when it was held last. */
export type RitualCount = { held: number; missed: number; lastHeldAt: string | null };

/**
 * What a program came to in a period, as plain values, so that it can be stored and said again word for word. Defects are
 * named by their numbers alone.
 */
export type PeriodFacts = {
  programName: string;
  timeZone: string;
  after: string;
  upTo: string;
  openThen: number;
  open: number;
  claimed: number;
  flows: Readonly<Record<FlowLine, number>>;
  gaps: readonly string[];
  reports: number;
  /** In as long a time before it; null where the program did not live through all of that. */
  reportsBefore: number | null;
  trend: { grade: SinceWhenGrade; sentence: string } | null;
  outcomes: Readonly<Record<FixOutcome['kind'], readonly number[]>>;
  /** Of all fixes since the program began, as they stood at the end. */
  fixes: { all: number; broken: number; sentence: string };
  budgets: readonly BudgetLeft[];
  rituals: Readonly<Record<'triage' | 'digest', RitualCount>>;
  weeks: readonly BurndownWeek[];
};

export type PeriodInput = {
  programName: string;
  timeZone: string;
  after: Date;
  upTo: Date;
  burndown: Burndown;
  reports: number;
  reportsBefore: number | null;
  verdict: SinceWhen | null;
  outcomes: readonly Pick<FixOutcome, 'kind' | 'number'>[];
  fixes: readonly FixLife[];
  areas: readonly AreaReliability[];
  rituals: PeriodFacts['rituals'];
  weeks: readonly BurndownWeek[];
};

export function periodFacts(input: PeriodInput): PeriodFacts {
  const { burndown, verdict, upTo, timeZone } = input;
  const ledger = survivalLedger(input.fixes, upTo);
  const numbers = (kind: FixOutcome['kind']) => [
    ...new Set(input.outcomes.filter((one) => one.kind === kind).map(({ number }) => number)),
  ];
  return {
    programName: input.programName,
    timeZone,
    after: input.after.toISOString(),
    upTo: upTo.toISOString(),
    openThen: openCount(burndown.then),
    open: openCount(burndown.now),
    claimed: burndown.now.claimed,
    flows: Object.fromEntries(FLOW_LINES.map((line) => [line, burndown.lines[line].count])) as PeriodFacts['flows'],
    gaps: identityGaps(burndown),
    reports: input.reports,
    reportsBefore: input.reportsBefore,
    trend: verdict && { grade: verdict.grade, sentence: sinceWhenSentence(verdict, { timeZone, now: upTo }) },
    outcomes: {
      proven: numbers('proven'),
      failed: numbers('failed'),
      reduced: numbers('reduced'),
      regressed: numbers('regressed'),
    },
    fixes: { all: ledger.fixes, broken: ledger.broken, sentence: ledger.sentence },
    budgets: input.areas.flatMap((area) => budgetLeft(area)),
    rituals: input.rituals,
    weeks: input.weeks,
  };
}

/** None where the area has no objective; null where nothing was read, or an overspent budget has no bounds. */
function budgetLeft(area: AreaReliability): BudgetLeft[] {
  if (!area.objective) return [];
  const standing = budgetStanding(area);
  const isTold = standing !== undefined && standing !== 'no traffic' && Number.isFinite(standing.left);
  return [{ area: area.area, left: isTold ? standing.left : null }];
}
