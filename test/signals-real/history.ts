import { mulberry32 } from '../../src/domain/stats/random.ts';

const HOUR_SECONDS = 3_600;

/** The bounds of the histogram's buckets, in seconds. */
export const BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

/** How a service does in an hour: the share of its requests that fail, and that are slow. */
export type Hour = { requests: number; failing: number; slow: number; up: boolean };

/**
 * OpenMetrics text of a service with a sample an hour: requests by code, a histogram of how long they took, and `up`.
 *
 * @param hourOf how an hour goes, by the instant that it ends at; undefined where nothing was scraped
 */
export function historyOf(
  service: string,
  { from, to }: { from: Date; to: Date },
  hourOf: (at: Date, random: () => number) => Hour | undefined,
): string {
  const random = mulberry32(11);
  const series = new Map<string, { family: string; lines: string[]; count: number }>();
  const of = (family: string, name: string) => {
    const known = series.get(name) ?? { family, lines: [], count: 0 };
    series.set(name, known);
    return known;
  };
  for (let ms = from.getTime(); ms <= to.getTime(); ms += HOUR_SECONDS * 1000) {
    const hour = hourOf(new Date(ms), random);
    if (!hour) continue;
    const put = (family: string, name: string, added: number) => {
      const one = of(family, name);
      one.count += added;
      one.lines.push(`${name} ${one.count} ${ms / 1000}`);
    };
    const bad = Math.round(hour.requests * hour.failing);
    put('http_requests', `http_requests_total{service="${service}",code="200"}`, hour.requests - bad);
    put('http_requests', `http_requests_total{service="${service}",code="503"}`, bad);
    const slow = Math.round(hour.requests * hour.slow);
    for (const [i, bound] of [...BOUNDS, Number.POSITIVE_INFINITY].entries()) {
      const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
      // What is not slow takes up to 0.1 s, half of it up to 0.05 s; what is slow takes up to 1 s.
      const within =
        bound >= 1 ? hour.requests : i === 0 ? Math.round((hour.requests - slow) / 2) : hour.requests - slow;
      put(
        'http_request_duration_seconds',
        `http_request_duration_seconds_bucket{service="${service}",le="${le}"}`,
        within,
      );
    }
    put('http_request_duration_seconds', `http_request_duration_seconds_count{service="${service}"}`, hour.requests);
    put(
      'http_request_duration_seconds',
      `http_request_duration_seconds_sum{service="${service}"}`,
      hour.requests * random(),
    );
    const up = of('up', `up{service="${service}"}`);
    up.lines.push(`up{service="${service}"} ${hour.up ? 1 : 0} ${ms / 1000}`);
  }
  const types = { http_requests: 'counter', http_request_duration_seconds: 'histogram', up: 'gauge' };
  const families = Object.entries(types).map(([family, type]) => {
    const lines = [...series.values()].filter((one) => one.family === family).flatMap((one) => one.lines);
    return [`# TYPE ${family} ${type}`, ...lines].join('\n');
  });
  return `${families.join('\n')}\n# EOF\n`;
}
