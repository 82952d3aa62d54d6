import { parseLabels } from './label-selector.ts';
import { METRIC_FAMILIES, type MetricFamily, type MetricsQuestion } from './metrics-question.ts';
import { parseExpression } from './promql.ts';

/** What is set for an area: what is promised, and what its metrics are asked. */
export type MetricsSetup = {
  target: number | null;
  periodDays: number;
  thresholdSeconds: number | null;
  question: MetricsQuestion | null;
};

/** The setup as its form was filled in. */
export type WantedSetup = {
  /** In percent. */
  target: string;
  periodDays: string;
  thresholdSeconds: string;
  how: string | null;
  labels: string;
  bad: string;
  total: string;
  uptime: string;
  latency: string;
};

/** How an area is asked: by a family of names, by expressions of its own, or not at all. */
export const WAYS_TO_ASK = [...METRIC_FAMILIES, 'own', 'none'] as const;
export type WayToAsk = (typeof WAYS_TO_ASK)[number];

export const USUAL_PERIOD_DAYS = 30;

type Wrong = { bad: string; field: keyof WantedSetup };

/** Reads a form, or says what is wrong with which field. */
export function parseSetup(wanted: WantedSetup): { ok: MetricsSetup } | Wrong {
  const wrong = (field: keyof WantedSetup, bad: string): Wrong => ({ field, bad });
  const percent = numberIn(wanted.target.replace(/%\s*$/, ''));
  if (percent === undefined || (percent !== null && !(percent >= 50 && percent < 100))) {
    return wrong('target', 'Use a share of good requests from 50 to below 100, such as 99.9.');
  }
  const periodDays = numberIn(wanted.periodDays) ?? (wanted.periodDays.trim() ? Number.NaN : USUAL_PERIOD_DAYS);
  if (!Number.isInteger(periodDays) || periodDays < 1 || periodDays > 90) {
    return wrong('periodDays', 'Use a whole number of days, 1 to 90.');
  }
  const thresholdSeconds = numberIn(wanted.thresholdSeconds.replace(/s\s*$/, ''));
  if (
    thresholdSeconds === undefined ||
    (thresholdSeconds !== null && !(thresholdSeconds > 0 && thresholdSeconds <= 3600))
  ) {
    return wrong('thresholdSeconds', 'Use a number of seconds, such as 0.5.');
  }
  const question = parseQuestion(wanted);
  if ('bad' in question) return question;
  // Beyond six decimals a share in percent is only binary noise.
  const target = percent === null ? null : Math.round(percent * 1e6) / 1e8;
  return { ok: { target, periodDays, thresholdSeconds, question: question.ok } };
}

function parseQuestion(wanted: WantedSetup): { ok: MetricsQuestion | null } | Wrong {
  const how = WAYS_TO_ASK.find((one) => one === wanted.how);
  if (!how) return { field: 'how', bad: 'Pick how the metrics are asked.' };
  if (how === 'none') return { ok: null };
  if (how === 'own') return parseOwn(wanted);
  const labels = parseLabels(wanted.labels);
  if ('bad' in labels) return { field: 'labels', bad: labels.bad };
  return { ok: { kind: 'family', family: how satisfies MetricFamily, labels: labels.ok } };
}

function parseOwn(wanted: WantedSetup): { ok: MetricsQuestion } | Wrong {
  const own = { kind: 'own' as const, bad: null, total: null, uptime: null, latency: null };
  for (const field of ['bad', 'total', 'uptime', 'latency'] as const) {
    const expression = parseExpression(wanted[field]);
    if ('bad' in expression) return { field, bad: expression.bad };
    Object.assign(own, { [field]: expression.ok });
  }
  if (own.bad !== null && own.total === null)
    return { field: 'total', bad: 'Failed requests say little without all requests.' };
  if (own.total !== null && own.bad === null)
    return { field: 'bad', bad: 'Say how the failed ones among them are counted.' };
  if (own.total === null && own.uptime === null && own.latency === null) {
    return { field: 'total', bad: 'Fill in at least one: requests, uptime or latency.' };
  }
  return { ok: own };
}

/** A decimal number; null where nothing is written, undefined where it is no number. */
function numberIn(text: string): number | null | undefined {
  const written = text.trim().replace(',', '.');
  if (written === '') return null;
  return /^\d{1,9}(\.\d{1,9})?$/.test(written) ? Number(written) : undefined;
}
