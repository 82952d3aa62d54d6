import { type FixLife, fixLifetimes, survivalLedger } from '../proof/survival.ts';
import { failuresOf } from '../reliability/budget-standing.ts';
import type { AreaReliability } from '../reliability/reliability.ts';
import { burnRate, errorRatio } from '../stats/error-budget.ts';
import type { Interval } from '../stats/observed.ts';
import type { ExitCriteria } from './exit-criteria.ts';

/** How long a fix has to hold, and of how many it must be known, before a share of them says anything. */
export const HOLD_DAYS = 60;
export const FEWEST_FIXES = 10;

/** `unknown` is too few of what the criterion counts, or nothing read of it. */
export type ExitGrade = 'met' | 'not met' | 'unknown';

/** An area's last weeks against its objective: in how many it was missed, and how many were not measured. */
export type AreaWeeks = { area: string; missed: number; unread: number };

export type ExitLine =
  | { kind: 'open'; grade: ExitGrade; under: number; open: number }
  | {
      kind: 'hold';
      grade: ExitGrade;
      percent: number;
      /** Fixes of which it is known whether they held for 60 days. */
      known: number;
      share: number | undefined;
      interval: Interval | undefined;
    }
  | { kind: 'objectives'; grade: ExitGrade; weeks: number; areas: readonly AreaWeeks[] };

export type ExitFacts = { open: number; fixes: readonly FixLife[]; areas: readonly AreaReliability[]; now: Date };

export type ExitScorecard = { lines: ExitLine[]; isMet: boolean };

/**
 * How a program stands against what it set for its own end. It is met when every criterion is, and there is one.
 * 1. Open is to do plus claimed.
 * 2. The share of fixes that hold is Kaplan-Meier's at 60 days, over every fix so far; under ten of which it is known are
 *    too few.
 * 3. An area met its objective in a week in which no larger share failed than it allows. A week that was not measured, or
 *    in which nothing went through, says nothing.
 */
export function exitScorecard(criteria: ExitCriteria, facts: ExitFacts): ExitScorecard {
  const { openUnder, holdPercent, objectiveWeeks } = criteria;
  const lines = [
    ...(openUnder === null ? [] : [openLine(openUnder, facts)]),
    ...(holdPercent === null ? [] : [holdLine(holdPercent, facts)]),
    ...(objectiveWeeks === null ? [] : [objectivesLine(objectiveWeeks, facts)]),
  ];
  return { lines, isMet: lines.length > 0 && lines.every(({ grade }) => grade === 'met') };
}

function openLine(under: number, { open }: ExitFacts): ExitLine {
  return { kind: 'open', grade: open < under ? 'met' : 'not met', under, open };
}

function holdLine(percent: number, { fixes, now }: ExitFacts): ExitLine {
  const known = fixLifetimes(fixes, now).filter(({ time, happened }) => happened || time >= HOLD_DAYS).length;
  const at = survivalLedger(fixes, now).shares.find(({ days }) => days === HOLD_DAYS);
  const share = at?.share;
  const isTold = known >= FEWEST_FIXES && share !== undefined;
  const grade = !isTold ? 'unknown' : 100 * share >= percent - 1e-9 ? 'met' : 'not met';
  return { kind: 'hold', grade, percent, known, share, interval: at?.interval };
}

function objectivesLine(weeks: number, { areas }: ExitFacts): ExitLine {
  const judged = areas.flatMap((area) => {
    const { objective } = area;
    if (!objective) return [];
    const ratios = failuresOf(area)
      .weeks.slice(-weeks)
      .map((traffic) => traffic && errorRatio(traffic));
    const missed = ratios.filter((ratio) => ratio != null && burnRate(ratio, objective.target) > 1 + 1e-9).length;
    const read = ratios.filter((ratio) => ratio != null).length;
    return [{ area: area.area, missed, unread: weeks - read }];
  });
  const isMissed = judged.some(({ missed }) => missed > 0);
  const isUnread = judged.length === 0 || judged.some(({ unread }) => unread > 0);
  return { kind: 'objectives', grade: isMissed ? 'not met' : isUnread ? 'unknown' : 'met', weeks, areas: judged };
}
