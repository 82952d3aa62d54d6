import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../src/domain/signals/json-pointer.ts';
import { readSignals } from '../../../src/domain/signals/read-signals.ts';
import { parseSignalMapping, readGenericJson } from '../../../src/domain/signals/senders/generic-json.ts';
import { SIGNAL_KINDS, type SignalDelivery } from '../../../src/domain/signals/signal.ts';
import { severityOf } from '../../../src/domain/signals/signal-words.ts';
import { EVERY_KIND, FILING, UNKNOWN_EVENTS } from '../../signals/deliveries.ts';

const RECEIVED = new Date('2026-11-23T09:00:00Z');

function delivery(body: unknown, over: Partial<SignalDelivery> = {}): SignalDelivery {
  return { body, event: null, deliveryKey: 'delivery-1', receivedAt: RECEIVED, ...over };
}

function reportOf(kind: (typeof SIGNAL_KINDS)[number], body: unknown, over: Partial<SignalDelivery> = {}) {
  const [signal] = readSignals(kind, delivery(body, over), null);
  if (signal?.kind !== 'report') throw new Error(`no report but ${JSON.stringify(signal)}`);
  return signal;
}

describe('what machines send', () => {
  it('of any shape gives signals that can be stored, and never an error', () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const mutated = fc.constantFrom(...FILING).chain(({ kind, body }) => {
      const paths = pathsOf(body);
      return fc.record({
        kind: fc.constant(kind),
        body: fc
          .array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 4 })
          .map((changes) => changes.reduce((all, [path, value]) => replaced(all, path, value), body as unknown)),
      });
    });
    fc.assert(
      fc.property(fc.oneof(fc.record({ kind: fc.constantFrom(...SIGNAL_KINDS), body: anything }), mutated), (sent) => {
        const signals = readSignals(sent.kind, delivery(sent.body), null);
        expect(signals.length).toBeGreaterThan(0);
        for (const signal of signals) {
          if (signal.kind !== 'report') continue;
          expect(signal.title).toMatch(/\S/);
          expect(signal.title.length).toBeLessThanOrEqual(200);
          expect(signal.fingerprint.startsWith(`${sent.kind}:`)).toBe(true);
          expect(signal.seenAt.getTime()).toBeLessThanOrEqual(RECEIVED.getTime());
          expect(Number.isInteger(signal.affected) && signal.affected >= 0).toBe(true);
          expect(JSON.stringify(signal)).not.toContain('\\u0000');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(SIGNAL_KINDS)('%s is tried with a delivery that is good for something, and with one that is not', (kind) => {
    for (const deliveries of [EVERY_KIND, UNKNOWN_EVENTS]) expect(deliveries.map((one) => one.kind)).toContain(kind);
  });

  it.each(FILING)('$kind is told by its class, not by the ids of one occurrence', ({ kind, body }) => {
    const other = JSON.parse(
      JSON.stringify(body)
        .replaceAll(/(evt_|in_|cus_)1Q?\w*/g, '$1other')
        .replaceAll('b4703f73', 'b4703f74'),
    );
    expect(reportOf(kind, other).fingerprint).toBe(reportOf(kind, body).fingerprint);
  });

  it('a declined card and a broken network are two failures, and only the second is a vendor at fault', () => {
    const charge = (code: string) =>
      reportOf('stripe', {
        id: 'evt',
        type: 'charge.failed',
        created: 1,
        data: { object: { id: 'ch', failure_code: code } },
      });
    expect(charge('card_declined')).toMatchObject({ title: 'A payment failed', vendor: null });
    expect(charge('processing_error')).toMatchObject({ vendor: 'payment network' });
    expect(charge('card_declined').fingerprint).not.toBe(charge('processing_error').fingerprint);
  });

  it('the instances of one alert are one failure with occurrences of their own', () => {
    const alert = (instance: string) => ({
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'Down', job: 'api', instance },
          startsAt: '2026-11-23T08:00:00Z',
          fingerprint: instance,
        },
      ],
    });
    const [a, b] = [reportOf('alertmanager', alert('a')), reportOf('alertmanager', alert('b'))];
    expect(a.fingerprint).toBe(b.fingerprint);
    expect(a.key).not.toBe(b.key);
  });

  it('a Sentry issue that comes back is another occurrence of the same failure', () => {
    const issue = (action: string, lastSeen: string) => ({
      action,
      data: {
        issue: { id: '7', title: 'Timeout', substatus: 'regressed', firstSeen: '2026-11-01T08:00:00Z', lastSeen },
      },
    });
    const created = reportOf('sentry', issue('created', '2026-11-23T08:00:00Z'));
    const back = reportOf('sentry', issue('unresolved', '2026-11-23T08:30:00Z'));
    expect(back.fingerprint).toBe(created.fingerprint);
    expect(back.key).not.toBe(created.key);
    expect(back.facts).toContainEqual({ label: 'State', value: 'regressed' });
  });

  it.each(['SUCCESSFUL', 'RESCHEDULED', 'CANCELED', 'NO_STATUS', ''])(
    'a Fivetran sync that ends %s is no failure',
    (status) => {
      const body = { event: 'sync_end', connector_id: 'c', sync_id: 's', data: { status } };
      expect(readSignals('fivetran', delivery(body), null)[0]?.kind).not.toBe('report');
    },
  );

  it('a clock that runs ahead sees nothing in the future', () => {
    const ahead = { title: 'x', seen_at: '2027-01-01T00:00:00Z' };
    expect(reportOf('json', ahead).seenAt).toEqual(RECEIVED);
  });
});

describe('JSON of one’s own', () => {
  const mapping = { title: '/alert/0/name', key: '/id', status: '/state', severity: '/a~1b', release: '/build' };

  it('is read through its mapping', () => {
    const body = { alert: [{ name: 'Disk full' }], id: 7, 'a/b': 'P1', account: 'acme' };
    expect(readGenericJson(delivery(body), mapping)).toMatchObject([
      { kind: 'report', key: 'key:7', title: 'Disk full', severity: 'S1', account: 'acme', affected: 1 },
    ]);
    expect(readGenericJson(delivery({ ...body, state: 'Resolved' }), mapping)).toMatchObject([
      { kind: 'resolution', key: 'key:7' },
    ]);
    expect(readGenericJson(delivery({ build: 'v2' }), mapping)).toMatchObject([{ kind: 'release', version: 'v2' }]);
    expect(readGenericJson(delivery({}), mapping)).toEqual([{ kind: 'ignored', event: 'no title' }]);
  });

  it('follows no pointer into what is not its own', () => {
    expect(valueAt({}, '/__proto__/toString')).toBeUndefined();
    expect(valueAt([1], '/length')).toBeUndefined();
    expect(valueAt('text', '/0')).toBeUndefined();
    expect(valueAt({ 'm~n': { '': 1 } }, '/m~0n/')).toBe(1);
  });

  it('takes a mapping of lines, and says which line is none', () => {
    expect(parseSignalMapping(' title = /a/b \n\nkey=/id')).toEqual({ ok: { title: '/a/b', key: '/id' } });
    for (const line of [
      'title /a',
      'colour = /a',
      'title = a',
      'title = /a~2',
      `title = /${'x'.repeat(400)}`,
      '__proto__ = /x',
    ]) {
      expect(parseSignalMapping(line)).toMatchObject({ bad: expect.stringContaining('is no line like') });
    }
  });
});

describe('a word for how bad it is', () => {
  it.each([
    ['CRITICAL', 'S1'],
    ['page', 'S1'],
    ['Error', 'S2'],
    ['warning', 'S3'],
    ['info', 'S4'],
    ['P1', 'S1'],
    ['purple', null],
    [null, null],
  ])('%s is %s', (word, severity) => {
    expect(severityOf(word)).toBe(severity);
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))];
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[first] = replaced(copy[first], rest, by);
  return copy;
}
