import type { AskMetrics } from '../../domain/reliability/ask-metrics.ts';
import { assembleReading } from '../../domain/reliability/assemble-reading.ts';
import { ENOUGH_COVER } from '../../domain/reliability/combine-pushes.ts';
import type { MetricsQuestion } from '../../domain/reliability/metrics-question.ts';
import type { MetricsTrouble } from '../../domain/reliability/metrics-trouble.ts';
import { type Presence, pointsOf, presenceOf } from '../../domain/reliability/presence.ts';
import { expressionsOf, withSpan } from '../../domain/reliability/promql.ts';
import type { FlatReading } from '../../domain/reliability/stored-reading.ts';

const HOUR_SECONDS = 3_600;
/** Twice the step, so that a scrape an hour is seen in each. */
const PRESENCE_WINDOW_SECONDS = 2 * HOUR_SECONDS;

export type Asked = { question: MetricsQuestion; thresholdSeconds: number | null };
export type AskedReading =
  | { ok: FlatReading; slowFrom: number | null; lastAt: Date | null }
  | { trouble: MetricsTrouble; lastAt: Date | null };

/**
 * Asks what the metrics say of the span (from, to]. A span of which they tell too little has no reading: counts of half a
 * week would pass for those of a whole one.
 */
export async function askReading(
  ask: AskMetrics,
  { question, thresholdSeconds }: Asked,
  { from, to }: { from: Date; to: Date },
): Promise<AskedReading> {
  const present = await askPresence(ask, question, { from, to });
  if ('trouble' in present) return { ...present, lastAt: null };
  const { share, lastAt } = present.ok;
  if (share < ENOUGH_COVER) return { trouble: share > 0 ? { kind: 'gaps', share } : { kind: 'no_data' }, lastAt };
  const expressions = expressionsOf(question);
  const seconds = (to.getTime() - from.getTime()) / 1000;
  const query = (expression: string | null) =>
    expression === null ? null : ask.query(withSpan(expression, seconds), to);
  const [bad, total, uptime, latency] = await Promise.all([
    query(expressions.bad),
    query(expressions.total),
    query(expressions.uptime),
    query(expressions.latency),
  ]);
  const read = assembleReading({ bad, total, uptime, latency }, { ...expressions, thresholdSeconds });
  return { ...read, lastAt };
}

/** For how much of a span there are data of any kind: while a service is down it counts nothing, and yet is known to be down. */
export async function askPresence(
  ask: AskMetrics,
  question: MetricsQuestion,
  { from, to }: { from: Date; to: Date },
): Promise<{ ok: Presence } | { trouble: MetricsTrouble }> {
  const { uptime, total, latency } = expressionsOf(question);
  const points = pointsOf(from, to, HOUR_SECONDS);
  const range = { from: new Date(to.getTime() - (points - 1) * HOUR_SECONDS * 1000), to, stepSeconds: HOUR_SECONDS };
  const answered = [];
  for (const expression of [uptime, total ?? latency]) {
    if (expression === null) continue;
    const answer = await ask.queryRange(withSpan(expression, PRESENCE_WINDOW_SECONDS), range);
    if ('trouble' in answer) return answer;
    answered.push(answer.ok);
    const present = presenceOf(answered, points);
    if (present.share >= ENOUGH_COVER) return { ok: present };
  }
  return { ok: presenceOf(answered, points) };
}

const FINE_SECONDS = 300;

/** When data that are known to have stopped really did, to five minutes; `roughly` where that cannot be told. */
export async function askStop(ask: AskMetrics, question: MetricsQuestion, roughly: Date): Promise<Date> {
  const { uptime, total, latency } = expressionsOf(question);
  const to = new Date(Math.ceil(roughly.getTime() / (FINE_SECONDS * 1000)) * FINE_SECONDS * 1000);
  const from = new Date(to.getTime() - (PRESENCE_WINDOW_SECONDS + HOUR_SECONDS) * 1000);
  let last = 0;
  for (const expression of [uptime, total ?? latency]) {
    if (expression === null) continue;
    const answer = await ask.queryRange(withSpan(expression, 2 * FINE_SECONDS), {
      from,
      to,
      stepSeconds: FINE_SECONDS,
    });
    if ('ok' in answer) last = Math.max(last, presenceOf([answer.ok], 1).lastAt?.getTime() ?? 0);
  }
  return last > 0 ? new Date(last - 2 * FINE_SECONDS * 1000) : roughly;
}
