import { type FixLife, fixLifetimes } from '../proof/survival.ts';
import { failuresOf } from '../reliability/budget-standing.ts';
import type { AreaReliability } from '../reliability/reliability.ts';
import { errorRatio } from '../stats/error-budget.ts';
import { survivalCurve } from '../stats/kaplan-meier.ts';
import { openCount, type Standing, standingBefore, type TransitionCount } from './burndown.ts';
import type { SinceWhen } from './since-when.ts';

/** How the list stood at the end of a week, and how many fixes were proven in it. */
export type BurndownWeek = Standing & { endsOn: string; proven: number };

/** The harm that the reports of an area do at the end of each week, in impact points a week. */
export type AreaHarm = { area: string; harm: readonly number[] };

/** The share of requests that failed in each week, or of the time that it was down; null where nothing was read. */
export type AreaFailures = {
  area: string;
  measure: 'requests' | 'time';
  /** The share that the objective allows, e.g. 0.001; null where none is set. */
  allowed: number | null;
  failed: readonly (number | null)[];
};

/** The week since which there are more or fewer reports, by its place among the weeks shown. */
export type MarkedWeek = { at: number; grade: 'fewer' | 'more' };

/** A step of the share of fixes that still hold, with its 95 % interval where one can be given. */
export type SurvivalPoint = { day: number; share: number; low: number | null; high: number | null };

/** What a chart shows: values only, so that it is drawn as it was decided however late it is sent. */
export type Chart =
  | { kind: 'burndown'; weeks: readonly BurndownWeek[]; since?: MarkedWeek | null }
  | { kind: 'harm'; weekEndsOn: readonly string[]; areas: readonly AreaHarm[] }
  | {
      kind: 'reliability';
      weekEndsOn: readonly string[];
      areas: readonly AreaFailures[];
      /** Releases within the weeks shown; `at` counts in weeks from the first week's end. */
      releases: readonly { version: string; at: number }[];
    }
  | {
      kind: 'survival';
      fixes: number;
      broken: number;
      lastDay: number;
      steps: readonly SurvivalPoint[];
      /** The ages, in days, of fixes that hold. */
      holding: readonly number[];
    }
  /** A page of sentences over the burn-down of its weeks. */
  | { kind: 'page'; title: string; lines: readonly string[]; weeks: readonly BurndownWeek[] };

export type ChartKind = Chart['kind'];

/** Where and how a program's charts are shown. */
export const CHART_STYLES = ['pictures', 'native', 'none'] as const;
export type ChartStyle = (typeof CHART_STYLES)[number];

/**
 * A chart's place in a message. The block of that id says its figures in words, so that the message is whole without
 * the chart; whoever delivers the message puts the picture, or Slack's own chart, in its stead.
 */
export type ChartSlot = {
  blockId: string;
  chart: Chart;
  /** What stands above the picture, where it cannot show a name itself. */
  title: string | null;
  alt: string;
  /** Slack's own chart block; null where pictures are wanted or that block cannot say it. */
  native: Record<string, unknown> | null;
};

/** Under three points a line says nothing that a sentence would not. */
const FEWEST_WEEKS = 3;
const FEWEST_FIXES = 5;
const LONGEST_DAYS = 180;
/** More than these are not told apart by eye; what is left is joined or left to the words. */
const MOST_HARM_LINES = 5;
const MOST_RELIABILITY_AREAS = 4;
const MOST_RELEASES = 12;
export const OTHER_AREAS = 'other areas';

/**
 * The standings at the ends of weeks, from the latest one back: what a week brought is taken off again, so that the
 * chart adds up with the burn-down's table by construction.
 *
 * @param weeks oldest first, each with the transitions that happened in it
 */
export function burndownWeeks(
  now: Standing,
  weeks: readonly { endsOn: string; counts: readonly TransitionCount[] }[],
): BurndownWeek[] {
  let standing = now;
  return weeks
    .toReversed()
    .map(({ endsOn, counts }) => {
      const proven = counts.filter(({ kind }) => kind === 'proven').reduce((sum, { count }) => sum + count, 0);
      const point = { endsOn, ...standing, proven };
      standing = standingBefore(standing, counts);
      return point;
    })
    .reverse();
}

/** @param change the verdict on the program's reports, where its week is to be marked */
export function burndownChart(
  weeks: readonly BurndownWeek[],
  change?: Pick<SinceWhen, 'grade'> & { sinceOn: string },
): Chart | undefined {
  if (weeks.length < FEWEST_WEEKS) return undefined;
  const isEmpty = weeks.every((week) => openCount(week) === 0 && week.proven === 0);
  if (isEmpty) return undefined;
  const at = change ? weeks.findIndex(({ endsOn }) => endsOn >= change.sinceOn) : -1;
  // A change before the weeks shown has no place among them.
  const isShown = at > 0 && (change?.grade === 'fewer' || change?.grade === 'more');
  return { kind: 'burndown', weeks, since: isShown ? { at, grade: change.grade as MarkedWeek['grade'] } : null };
}

/** The areas that hurt most now, the others joined into one line. */
export function harmChart(weekEndsOn: readonly string[], areas: readonly AreaHarm[]): Chart | undefined {
  const hurting = areas.filter(({ harm }) => harm.some((value) => value > 0));
  if (weekEndsOn.length < FEWEST_WEEKS || hurting.length === 0) return undefined;
  const ranked = hurting.toSorted((a, b) => (b.harm.at(-1) ?? 0) - (a.harm.at(-1) ?? 0));
  const isMany = ranked.length > MOST_HARM_LINES;
  const shown = ranked.slice(0, isMany ? MOST_HARM_LINES - 1 : MOST_HARM_LINES);
  const others = ranked.slice(shown.length);
  const joined = weekEndsOn.map((_, i) => others.reduce((sum, { harm }) => sum + (harm[i] ?? 0), 0));
  return {
    kind: 'harm',
    weekEndsOn,
    areas: isMany ? [...shown, { area: OTHER_AREAS, harm: joined }] : shown,
  };
}

/** The areas with readings of three weeks or more, those that overspend their objective most first. */
export function reliabilityChart(
  areas: readonly AreaReliability[],
  releases: readonly { version: string; releasedAt: Date }[],
  dateOn: (at: Date) => string,
): Chart | undefined {
  const ends = areas[0]?.weeks.map(({ endsAt }) => endsAt) ?? [];
  const read = areas
    .map((area): AreaFailures => {
      const { measure, weeks } = failuresOf(area);
      const failed = weeks.map((week) => (week && errorRatio(week)) ?? null);
      return { area: area.area, measure, allowed: area.objective ? 1 - area.objective.target : null, failed };
    })
    .filter(({ failed }) => failed.filter((share) => share !== null).length >= FEWEST_WEEKS);
  if (read.length === 0) return undefined;
  const first = ends[0]?.getTime() ?? 0;
  const weekMs = ((ends.at(-1)?.getTime() ?? 0) - first) / Math.max(1, ends.length - 1);
  return {
    kind: 'reliability',
    weekEndsOn: ends.map(dateOn),
    areas: read.sort(mostOverspentFirst).slice(0, MOST_RELIABILITY_AREAS),
    releases: releases
      .map(({ version, releasedAt }) => ({ version, at: (releasedAt.getTime() - first) / weekMs }))
      .filter(({ at }) => at >= 0 && at <= ends.length - 1)
      .slice(-MOST_RELEASES),
  };
}

function mostOverspentFirst(a: AreaFailures, b: AreaFailures): number {
  const burn = ({ failed, allowed }: AreaFailures) =>
    (failed.findLast((share) => share !== null) ?? 0) / (allowed || 1);
  return burn(b) - burn(a);
}

/** The Kaplan-Meier steps of all fixes, for as long as one of them was watched. */
export function survivalChart(fixes: readonly FixLife[], now: Date): Chart | undefined {
  const lives = fixLifetimes(fixes, now);
  const curve = survivalCurve(lives);
  const lastDay = Math.min(LONGEST_DAYS, Math.floor(curve.lastTime));
  if (lives.length < FEWEST_FIXES || lastDay < FEWEST_WEEKS * 7) return undefined;
  const tenth = (day: number) => Math.round(day * 10) / 10;
  return {
    kind: 'survival',
    fixes: lives.length,
    broken: lives.filter(({ happened }) => happened).length,
    lastDay,
    steps: curve.steps
      .filter(({ time }) => time <= lastDay)
      .map(({ time, survival, interval }) => ({
        day: tenth(time),
        share: survival,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      })),
    holding: lives.filter(({ happened, time }) => !happened && time <= lastDay).map(({ time }) => tenth(time)),
  };
}
