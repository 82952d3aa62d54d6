import type { MetricsAnswer } from './ask-metrics.ts';
import { bucketsOf, quantileOf, slowOf } from './latency-buckets.ts';
import type { MetricsTrouble } from './metrics-trouble.ts';
import { type FlatReading, NOTHING_READ } from './stored-reading.ts';

/** What was answered to each question of a span; null where it was not asked. */
export type ReadingAnswers = Record<'bad' | 'total' | 'uptime' | 'latency', MetricsAnswer | null>;

/** A share is still one when rounding has put it a hair above. */
const HAIR = 1e-6;

/**
 * Puts the answers of one span together. A figure that is missing or NaN stays null. Only where `missingIsNone`, and
 * requests were counted, is a missing count of failures none. `slowFrom` is the bound above which a request is slow.
 */
export function assembleReading(
  answers: ReadingAnswers,
  { boundSeconds, missingIsNone, thresholdSeconds }: AssemblyRules,
): { ok: FlatReading; slowFrom: number | null } | { trouble: MetricsTrouble } {
  const bad = figureOf(answers.bad);
  const total = figureOf(answers.total);
  const uptime = figureOf(answers.uptime);
  for (const figure of [bad, total, uptime]) if ('trouble' in figure) return figure;
  if (answers.latency && 'trouble' in answers.latency) return answers.latency;
  const buckets = answers.latency ? bucketsOf(answers.latency.ok, boundSeconds) : null;
  const counted = known(total);
  const failed = known(bad) ?? (missingIsNone && counted !== null ? 0 : null);
  const up = known(uptime);
  if (up !== null && up > 1 + HAIR)
    return { trouble: { kind: 'no_figure', words: `an uptime of ${up}, where 0 to 1 is wanted` } };
  // Two counters are extrapolated each for itself, so that one request more may seem to fail than there were.
  if (failed !== null && counted !== null && failed > counted * 1.01 + 1) {
    return { trouble: { kind: 'no_figure', words: 'more failed requests than requests' } };
  }
  const p99 = buckets && quantileOf(buckets, 0.99);
  const slow = buckets && thresholdSeconds !== null ? slowOf(buckets, thresholdSeconds) : null;
  const hasTraffic = failed !== null && counted !== null;
  return {
    ok: {
      ...NOTHING_READ,
      uptime: up === null ? null : Math.min(1, up),
      bad: hasTraffic ? Math.min(failed, counted) : null,
      total: hasTraffic ? counted : null,
      p99Seconds: p99?.seconds ?? null,
      p99Above: p99?.above ?? null,
      p99UpTo: p99?.upTo ?? null,
      slow: slow?.bad ?? null,
      slowOf: slow?.total ?? null,
    },
    slowFrom: slow?.bound ?? null,
  };
}

export type AssemblyRules = { boundSeconds: number; missingIsNone: boolean; thresholdSeconds: number | null };

/** The one figure of an answer, or null where there is none. */
export function figureOf(answer: MetricsAnswer | null): { ok: number | null } | { trouble: MetricsTrouble } {
  if (!answer) return { ok: null };
  if ('trouble' in answer) return answer;
  if (answer.ok.length > 1) return { trouble: { kind: 'many_series', count: answer.ok.length } };
  const value = answer.ok[0]?.points.at(-1)?.value ?? Number.NaN;
  if (Number.isNaN(value)) return { ok: null };
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return { ok: value };
  return { trouble: { kind: 'no_figure', words: value < 0 ? 'a number below zero' : 'an infinite number' } };
}

function known(figure: { ok: number | null } | { trouble: MetricsTrouble }): number | null {
  return 'ok' in figure ? figure.ok : null;
}
