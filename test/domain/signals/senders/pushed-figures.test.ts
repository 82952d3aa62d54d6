import { describe, expect, it } from 'vitest';
import { readPushedFigures } from '../../../../src/domain/signals/senders/pushed-figures.ts';
import { MONDAY } from '../../../builders.ts';
import { FIGURES } from '../../../signals/deliveries.ts';

const read = (body: unknown) => readPushedFigures({ body, event: null, deliveryKey: 'k', receivedAt: MONDAY })[0];

describe('pushed figures', () => {
  it('are counts of a span, with uptime, slow requests and a percentile in its bucket where they are known', () => {
    expect(read(FIGURES)).toEqual({
      kind: 'figures',
      figures: {
        startsAt: new Date(FIGURES.from),
        endsAt: new Date(FIGURES.to),
        ...{ bad: 14, total: 12_000, slow: 40, uptime: 0.9991 },
        ...{ p99Seconds: 0.248, p99Above: 0.1, p99UpTo: 0.25 },
      },
    });
    const { from, to } = FIGURES;
    expect(read({ from: Date.parse(from) / 1000, to, total: 0, bad: 0, unknown: {} })).toMatchObject({
      figures: { bad: 0, total: 0, slow: null, uptime: null, p99Seconds: null },
    });
  });

  it.each([
    [250, { p99Seconds: 0.25, p99Above: 0.25, p99UpTo: 0.25 }],
    [{ ms: 250 }, { p99Seconds: 0.25, p99Above: 0.25, p99UpTo: 0.25 }],
    [
      { ms: 10_000, above: 10_000 },
      { p99Seconds: 10, p99Above: 10, p99UpTo: Number.POSITIVE_INFINITY },
    ],
    [null, { p99Seconds: null }],
  ])('take %j as the 99th percentile', (p99, figures) => {
    expect(read({ ...FIGURES, p99 })).toMatchObject({ figures });
  });

  it.each([
    [{ from: FIGURES.to, to: FIGURES.from }, 'from and a later to'],
    [{ from: 'yesterday' }, 'from and a later to'],
    [{ to: '2026-11-23T09:06:00Z' }, 'not over'],
    [{ from: '2026-11-15T07:00:00Z' }, 'seven days'],
    [{ from: '2026-08-01T07:00:00Z', to: '2026-08-02T07:00:00Z' }, '100 days'],
    [{ total: '12000' }, 'total and bad'],
    [{ bad: -1 }, 'total and bad'],
    [{ bad: 12_001 }, 'more bad or slow requests than requests'],
    [{ slow: 12_001 }, 'more bad or slow requests than requests'],
    [{ slow: [] }, 'slow is no count'],
    [{ total: 1e300 }, 'total and bad'],
    [{ up: 99.9 }, 'up is no share'],
    [{ up: '1' }, 'up is no share'],
    [{ p99: { ms: 300, above: 100, up_to: 250 } }, 'p99'],
    [{ p99: { ms: 50, above: 100, up_to: 250 } }, 'p99'],
    [{ p99: 'fast' }, 'p99'],
    [{ p99: [] }, 'p99'],
  ])('with %j are set aside whole', (wrong, why) => {
    expect(read({ ...FIGURES, ...wrong })).toMatchObject({ kind: 'ignored', event: expect.stringContaining(why) });
  });
});
