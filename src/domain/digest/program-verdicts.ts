import { betaI } from '../stats/kernel.ts';
import type { SinceWhen } from './since-when.ts';

/**
 * A week as it was known when it ended; `late` was filed within a fortnight after that, so that weeks of any age compare.
 * It is none for the two newest weeks.
 */
export type KnownWeek = { reports: number; tickets: number; late: number };

/** The verdicts on a program, on its support tickets and on each of its areas. */
export type ProgramVerdicts = {
  reports: SinceWhen;
  tickets: SinceWhen;
  areas: readonly { area: string; verdict: SinceWhen }[];
  /** The weeks that they rest on. */
  weeks: readonly KnownWeek[];
};

/** What is filed late of these is not all filed yet. */
export const UNSETTLED_WEEKS = 2;
/** A smaller difference in how late people report explains little of a change. */
const LAG_POINTS = 0.1;
const LAG_P = 0.01;

/** How many reports came in time and how many late, before and since a change; null where neither side is settled. */
export type Lag = { before: number; since: number; hasChanged: boolean; late: number };

/**
 * Do people report as promptly as they did? Weeks are compared as they were known when they ended, so a change of the lag
 * looks like a change of the rate. Told by an exact test of both shares, where they differ by ten points or more.
 */
export function lagOf({ weeks, reports }: ProgramVerdicts): Lag {
  const settled = weeks.slice(0, -UNSETTLED_WEEKS);
  const from = weeks.length - reports.weeks;
  const sides = [settled.slice(0, from), settled.slice(from)].map((side) => ({
    known: side.reduce((sum, week) => sum + week.reports, 0),
    late: side.reduce((sum, week) => sum + week.late, 0),
  }));
  const [before, since] = sides.map(({ known, late }) => (known + late === 0 ? Number.NaN : known / (known + late)));
  const late = sides.reduce((sum, side) => sum + side.late, 0);
  const [b, s] = sides;
  if (!b || !s || before === undefined || since === undefined || Number.isNaN(before - since)) {
    return { before: Number.NaN, since: Number.NaN, hasChanged: false, late };
  }
  // The chance that the prompter side is not, from Jeffreys' prior on the later side at the earlier side's share.
  const below = betaI(before, s.known + 0.5, s.late + 0.5);
  const isUnlikely = Math.min(below, 1 - below) < LAG_P / 2;
  return { before, since, hasChanged: isUnlikely && Math.abs(before - since) >= LAG_POINTS, late };
}
