import { expect, it } from 'vitest';
import { createMetrics } from '../../src/telemetry/metrics.ts';

it('prints counters, gauges and histograms as Prometheus reads them', async () => {
  const metrics = createMetrics();
  const sends = metrics.counter('sends_total', 'Messages.');
  sends.add({ outcome: 'sent' });
  sends.add({ outcome: 'sent' });
  sends.add({ outcome: 'dead' }, 3);
  metrics.gauge('depth', 'How many wait.', async () => [{ value: 7 }]);
  const acks = metrics.histogram('ack_seconds', 'Acks.', [0.1, 1]);
  acks.observe(0.1, { kind: 'command' });
  acks.observe(0.5, { kind: 'command' });
  acks.observe(4, { kind: 'command' });
  expect(await metrics.render()).toBe(
    [
      '# HELP sends_total Messages.',
      '# TYPE sends_total counter',
      'sends_total{outcome="sent"} 2',
      'sends_total{outcome="dead"} 3',
      '# HELP depth How many wait.',
      '# TYPE depth gauge',
      'depth 7',
      '# HELP ack_seconds Acks.',
      '# TYPE ack_seconds histogram',
      'ack_seconds_bucket{kind="command",le="0.1"} 1',
      'ack_seconds_bucket{kind="command",le="1"} 2',
      'ack_seconds_bucket{kind="command",le="+Inf"} 3',
      'ack_seconds_sum{kind="command"} 4.6',
      'ack_seconds_count{kind="command"} 3',
      '',
    ].join('\n'),
  );
});

it('keeps a label with quotes, backslashes and line breaks on its line', async () => {
  const metrics = createMetrics();
  metrics.counter('odd_total', 'Odd.').add({ name: 'a"b\\c\nd' });
  expect(await metrics.render()).toContain('odd_total{name="a\\"b\\\\c\\nd"} 1\n');
});

it('leaves out what cannot be read and prints the rest', async () => {
  const metrics = createMetrics();
  metrics.gauge('broken', 'Asks a database that is away.', () => Promise.reject(new Error('away')));
  metrics.counter('fine_total', 'Fine.').add();
  expect(await metrics.render()).toBe('# HELP fine_total Fine.\n# TYPE fine_total counter\nfine_total 1\n');
});
