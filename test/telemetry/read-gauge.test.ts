import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { readGauge } from '../../src/telemetry/read-gauge.ts';

const samplesIn = (text: string) => text.split('\n').filter((line) => line && !line.startsWith('#'));

it('a gauge is read anew each time it is asked for', async () => {
  const registry = new Registry();
  let depth = 7;
  readGauge(registry, { name: 'depth', help: 'How many wait.' }, () => [{ value: depth }]);
  expect(await registry.metrics()).toBe('# HELP depth How many wait.\n# TYPE depth gauge\ndepth 7\n');
  depth = 8;
  expect(samplesIn(await registry.metrics())).toEqual(['depth 8']);
});

it('what a gauge no longer tells of is gone', async () => {
  const registry = new Registry();
  let states = ['due', 'dead'];
  readGauge(registry, { name: 'waiting', help: 'Waiting.', labelNames: ['state'] }, async () =>
    states.map((state) => ({ labels: { state }, value: 1 })),
  );
  expect(samplesIn(await registry.metrics())).toEqual(['waiting{state="due"} 1', 'waiting{state="dead"} 1']);
  states = ['due'];
  expect(samplesIn(await registry.metrics())).toEqual(['waiting{state="due"} 1']);
});

it('a gauge that cannot be read is left out, whatever it was before, and the others are told', async () => {
  const registry = new Registry();
  let isAway = false;
  const ask = () => {
    if (isAway) throw new Error('away');
    return [{ value: 3 }];
  };
  readGauge(registry, { name: 'asked', help: 'Asks a database.' }, ask);
  readGauge(registry, { name: 'broken', help: 'Never answers.', labelNames: ['state'] }, () =>
    Promise.reject(new Error('away')),
  );
  readGauge(registry, { name: 'fine', help: 'Fine.' }, () => [{ value: 1 }]);
  expect(samplesIn(await registry.metrics())).toEqual(['asked 3', 'fine 1']);
  isAway = true;
  expect(samplesIn(await registry.metrics())).toEqual(['fine 1']);
});
