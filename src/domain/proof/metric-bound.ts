import { Refusal } from '../errors/refusal.ts';
import type { DailyMetric } from '../reliability/metric-days.ts';
import { cleanLine } from '../text/clean-text.ts';
import { counted } from '../text/counted.ts';
import type { MetricBound } from './criteria.ts';

export const METRIC_EXAMPLE = 'error rate of billing under 0.5 % for 7 days';

const DEFAULT_DAYS = 7;
const MOST_DAYS = 60;
const LONGEST = 300;

const NAMES: readonly (readonly [RegExp, DailyMetric])[] = [
  [/^(?:error (?:rate|ratio|share)|errors?)$/, 'error_ratio'],
  [/^slow (?:requests?|share)$/, 'slow_share'],
  [/^(?:p99(?: latency)?|latency)$/, 'p99_seconds'],
  [/^(?:downtime|uptime|availability)$/, 'downtime'],
];

const BOUND =
  /^(?<name>[a-z0-9 ]+?)(?: (?:of|in|for) (?<area>.+?))? (?:is |stays? )?(?<side>under|below|<|over|above|>) ?(?<number>\d+(?:[.,]\d+)?|[.,]\d+) ?(?<unit>%|percent|ms|milliseconds?|s|seconds?)?(?: for (?<days>\d{1,4}) ?(?:days?|d))?\.?$/;

type Area = { id: number; name: string };

/**
 * Reads a bound as somebody types it: "error rate under 0.5 % for 7 days", "p99 of billing under 800 ms", "uptime over
 * 99.9 %". Without an area it is the defect's own, without days it is seven. Nothing typed is null; what cannot be read is
 * a Refusal at the field `metric`.
 */
export function parseMetricBound(typed: string, areas: readonly Area[], ownAreaId: number): MetricBound | null {
  const text = cleanLine(cleanLine(typed, LONGEST).normalize('NFKC'), LONGEST)
    .toLowerCase()
    .replace(/^share of /, '');
  if (!text) return null;
  const found = BOUND.exec(text)?.groups;
  const name = found?.name?.trim() ?? '';
  const metric = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  if (!found || !metric) {
    throw refused(
      `Write a bound such as “${METRIC_EXAMPLE}”, of the error rate, slow requests, p99, downtime or uptime.`,
    );
  }
  const area = found.area
    ? areas.find((one) => one.name.toLowerCase() === found.area)
    : areas.find(({ id }) => id === ownAreaId);
  if (!area)
    throw refused(`There is no area “${found.area ?? ''}”. There is: ${areas.map((one) => one.name).join(', ')}.`);
  const forDays = Number(found.days ?? DEFAULT_DAYS);
  if (forDays < 1 || forDays > MOST_DAYS) throw refused(`Give 1 to ${MOST_DAYS} days.`);
  const isUpward = /^(?:over|above|>)$/.test(found.side ?? '');
  const isUptime = name !== 'downtime' && metric === 'downtime';
  if (isUpward !== isUptime) {
    throw refused(isUptime ? 'Uptime is to stay over a bound: “uptime over 99.9 %”.' : 'It is to stay under a bound.');
  }
  const bound = boundOf(metric, Number(found.number?.replace(',', '.')), found.unit);
  return { kind: 'metric', metric, areaId: area.id, area: area.name, bound: isUptime ? 1 - bound : bound, forDays };
}

function boundOf(metric: DailyMetric, number: number, unit: string | undefined): number {
  if (metric === 'p99_seconds') {
    if (!unit || unit.startsWith('%') || unit === 'percent')
      throw refused('Give a latency in ms or s: “p99 under 800 ms”.');
    const seconds = unit.startsWith('m') ? number / 1000 : number;
    if (seconds > 0) return seconds;
  } else {
    if (unit !== '%' && unit !== 'percent') throw refused('Give a share in percent: “under 0.5 %”.');
    if (number > 0 && number < 100) return number / 100;
  }
  throw refused('A bound of this size can never be met, or always is.');
}

function refused(words: string): Refusal {
  return new Refusal(words, 'metric');
}

const METRIC_WORDS: Record<DailyMetric, string> = {
  error_ratio: 'error rate',
  slow_share: 'slow requests',
  p99_seconds: 'p99 latency',
  downtime: 'downtime',
};

/** "error rate of billing". */
export function metricWords({ metric, area }: Pick<MetricBound, 'metric' | 'area'>): string {
  return `${METRIC_WORDS[metric]} of ${area}`;
}

/** "0.5 %", "800 ms", "1.2 s". */
export function metricValueWords(metric: DailyMetric, value: number): string {
  if (metric !== 'p99_seconds') return `${rounded(100 * value)} %`;
  if (!Number.isFinite(value)) return 'above every bound';
  return value < 1 ? `${rounded(1000 * value)} ms` : `${rounded(value)} s`;
}

/** The bound as it can be typed again: "error rate of billing under 0.5 % for 7 days". */
export function metricBoundWords(bound: MetricBound): string {
  const { metric, forDays } = bound;
  return `${metricWords(bound)} under ${metricValueWords(metric, bound.bound)} for ${counted(forDays, 'day')}`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
