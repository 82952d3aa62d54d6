import { normalQuantile } from './kernel.ts';
import type { Interval } from './observed.ts';

/** How long something was watched, and whether the event happened then; if not, it is censored at that time. */
export type Lifetime = { time: number; happened: boolean };

type SurvivalStep = {
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

function logLogInterval(survival: number, greenwood: number, z: number): Interval | undefined {
  if (survival <= 0) return undefined;
  const reach = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(survival));
  return { low: survival ** Math.exp(reach), high: survival ** Math.exp(-reach) };
}
