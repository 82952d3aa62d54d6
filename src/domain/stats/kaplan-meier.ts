import { chiSquareUpperTail, normalQuantile } from './kernel.ts';
import type { Interval } from './poisson.ts';

/** How long something was watched, and whether the event happened then; if not, it is censored at that time. */
export type Lifetime = { time: number; happened: boolean };

export type SurvivalStep = {
  time: number;
  atRisk: number;
  events: number;
  survival: number;
  /** Greenwood's standard error of the survival. */
  standardError: number;
  /** Log-log interval; `undefined` once nothing survives. */
  interval: Interval | undefined;
};

export type SurvivalCurve = { count: number; lastTime: number; steps: SurvivalStep[] };

/**
 * The Kaplan-Meier curve (JASA 1958) with Greenwood's error and the log-log interval of Kalbfleisch and Prentice. What is
 * still going on is censored, not left out. No lifetime gives a curve without steps.
 */
export function survivalCurve(lifetimes: readonly Lifetime[], confidence = 0.95): SurvivalCurve {
  const sorted = [...lifetimes].sort((a, b) => a.time - b.time);
  const z = normalQuantile((1 + confidence) / 2);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let i = 0; i < sorted.length; ) {
    const time = sorted[i]?.time ?? 0;
    const atRisk = sorted.length - i;
    let events = 0;
    for (; i < sorted.length && sorted[i]?.time === time; i++) if (sorted[i]?.happened) events++;
    if (events === 0) continue;
    survival *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    const standardError = survival === 0 ? 0 : survival * Math.sqrt(greenwood);
    steps.push({ time, atRisk, events, survival, standardError, interval: logLogInterval(survival, greenwood, z) });
  }
  return { count: sorted.length, lastTime: sorted.at(-1)?.time ?? 0, steps };
}

/**
 * The share that survives past a time, with how many were still watched at it. Before the first event it is 1 with no
 * finite error, so its interval is `undefined`; beyond the last watched time the whole answer is `undefined`, unless nothing was left by then.
 */
export function survivalAt(
  curve: SurvivalCurve,
  time: number,
): { survival: number; interval: Interval | undefined } | undefined {
  const step = curve.steps.findLast((candidate) => candidate.time <= time);
  const noneLeft = step?.survival === 0;
  if (curve.count === 0 || (time > curve.lastTime && !noneLeft)) return undefined;
  return step ? { survival: step.survival, interval: step.interval } : { survival: 1, interval: undefined };
}

/**
 * The time by which half have had the event. `time` is `undefined` while the curve has not come down to one half ("not
 * reached"); so is an end of the interval that the curve's own interval has not reached.
 */
export function medianTime(curve: SurvivalCurve): {
  time: number | undefined;
  low: number | undefined;
  high: number | undefined;
} {
  return {
    time: halfTime(curve, (step) => step.survival),
    low: halfTime(curve, (step) => step.interval?.low),
    high: halfTime(curve, (step) => step.interval?.high),
  };
}

/** The log-rank test of two groups (Mantel 1966), one degree of freedom. `undefined` when no time compares them. */
export function logRankTest(
  first: readonly Lifetime[],
  second: readonly Lifetime[],
): { chiSquare: number; p: number } | undefined {
  const events = [...first, ...second].filter(({ happened }) => happened);
  const times = new Set(events.map(({ time }) => time));
  let difference = 0;
  let variance = 0;
  for (const time of times) {
    const n1 = first.filter((lifetime) => lifetime.time >= time).length;
    const n = n1 + second.filter((lifetime) => lifetime.time >= time).length;
    const d1 = first.filter((lifetime) => lifetime.happened && lifetime.time === time).length;
    const d = events.filter((lifetime) => lifetime.time === time).length;
    difference += d1 - (d * n1) / n;
    if (n > 1) variance += (d * n1 * (n - n1) * (n - d)) / (n * n * (n - 1));
  }
  if (variance === 0) return undefined;
  const chiSquare = (difference * difference) / variance;
  return { chiSquare, p: chiSquareUpperTail(chiSquare, 1) };
}

function logLogInterval(survival: number, greenwood: number, z: number): Interval | undefined {
  if (survival <= 0) return undefined;
  const reach = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(survival));
  return { low: survival ** Math.exp(reach), high: survival ** Math.exp(-reach) };
}

/** Where a curve first comes to one half; where it rests at exactly one half, the middle of that rest. */
function halfTime(curve: SurvivalCurve, level: (step: SurvivalStep) => number | undefined): number | undefined {
  const at = curve.steps.findIndex((step) => (level(step) ?? 1) <= 0.5 + 1e-12);
  const step = curve.steps[at];
  if (!step) return undefined;
  const next = curve.steps[at + 1];
  const rests = Math.abs((level(step) ?? 1) - 0.5) < 1e-12;
  return rests && next ? (step.time + next.time) / 2 : step.time;
}
