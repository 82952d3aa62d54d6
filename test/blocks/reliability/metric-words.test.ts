import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { areaMetricsModal, reliabilityModal } from '../../../src/blocks/reliability/metric-modals.ts';
import { troubleWords } from '../../../src/blocks/reliability/metric-trouble.ts';
import { readingLines } from '../../../src/blocks/reliability/metric-words.ts';
import { spanWords } from '../../../src/blocks/signals/signal-outcome.ts';
import type { MetricsTrouble } from '../../../src/domain/reliability/metrics-trouble.ts';
import { commandsIn, typed } from '../hostile.ts';

const place = { now: new Date('2026-11-20T14:00:00Z'), timeZone: 'Europe/Berlin' };
const TUESDAY = new Date('2026-11-17T13:00:00Z');

describe('why there are no figures', () => {
  it.each<[MetricsTrouble, string]>([
    [{ kind: 'no_data' }, 'No data from Prometheus since Tue 14:00.'],
    [{ kind: 'unreachable' }, 'No data from Prometheus since Tue 14:00: it cannot be reached.'],
    [{ kind: 'refused', status: 403 }, 'No data from Prometheus since Tue 14:00: it does not let us in (403).'],
    [{ kind: 'not_data' }, 'No data from Prometheus since Tue 14:00: what answers there is not Prometheus.'],
    [{ kind: 'gaps', share: 0.899 }, 'Prometheus has data for only 89 % of the time that was asked for.'],
  ])('%j is one sentence', (trouble, words) => {
    expect(troubleWords(trouble, TUESDAY, place)).toBe(words);
  });

  it('is told with its date where it began a week ago, and without where nobody knows', () => {
    expect(troubleWords({ kind: 'slow' }, new Date('2026-11-10T13:00:00Z'), place)).toBe(
      'No data from Prometheus since Tue 10 Nov, 14:00: it does not answer in time.',
    );
    expect(troubleWords({ kind: 'no_data' }, null, place)).toBe(
      'No data from Prometheus: it has nothing that fits what is asked.',
    );
  });
});

describe('what a reading says', () => {
  it('names what it does not know', () => {
    expect(readingLines({ uptime: null, requests: null, p99: null, slow: null }, null)).toEqual([
      'Nothing is known of uptime.',
      'Nothing is known of requests.',
      'Nothing is known of latency.',
    ]);
    const p99 = { seconds: 10, above: 10, upTo: Number.POSITIVE_INFINITY };
    expect(readingLines({ uptime: 1, requests: { bad: 0, total: 0 }, p99, slow: null }, null)).toEqual([
      'Up 100 % of the time.',
      'No request came in.',
      'The 99th percentile is over 10 s.',
    ]);
    const span = { startsAt: new Date('2026-11-20T23:00:00Z'), endsAt: new Date('2026-11-21T23:00:00Z') };
    expect(spanWords(span)).toBe('2026-11-20 23:00 to 2026-11-21 23:00 UTC');
  });
});

it('the windows of reliability fit Slack and mention nobody, whatever was typed into them', () => {
  const how = fc.constantFrom('http_code', 'own', 'none', null, 'nonsense');
  const setup = fc.record({
    ...{ target: typed, periodDays: typed, thresholdSeconds: typed, how, labels: typed },
    ...{ bad: typed, total: typed, uptime: typed, latency: typed },
  });
  const area = fc.record({ areaId: fc.nat(), name: typed, promise: typed, state: typed });
  fc.assert(
    fc.property(
      typed,
      setup,
      fc.array(typed, { maxLength: 6 }),
      fc.array(area, { maxLength: 60 }),
      (name, one, tried, areas) => {
        for (const view of [
          areaMetricsModal(name, one, '1:2'),
          areaMetricsModal(name, one, '1:2', tried),
          reliabilityModal(areas, areas.length % 2 === 0, '1'),
        ]) {
          expect(validateSurface('modal', view)).toEqual([]);
          expect(commandsIn(view)).toEqual([]);
        }
      },
    ),
    { numRuns: 60 },
  );
});
