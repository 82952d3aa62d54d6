import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/engine/client.ts';
import { areaMetrics } from '../../src/db/schema/reliability.ts';
import { makeLog } from '../../src/log.ts';
import { startMetricsReader } from '../../src/prometheus/metrics-reader.ts';
import { setAreaMetrics } from '../../src/usecases/reliability/set-area-metrics.ts';
import { databases } from '../databases.ts';
import { aProgramWithDigest, aSteadyService } from '../usecases/reliability/metrics-world.ts';

const NOW = new Date('2026-11-18T10:00:00Z');
const SETUP = {
  ...{ target: '', periodDays: '', thresholdSeconds: '', how: 'http_code', labels: 'service="billing"' },
  ...{ bad: '', total: '', uptime: '', latency: '' },
};

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await (databases[0] ?? expect.fail('no database')).open();
  const program = await aProgramWithDigest(opened.db);
  await setAreaMetrics(opened.db, program, program.areaIds[0] ?? 0, SETUP, { by: 'ULEAD', now: NOW });
});
afterAll(() => opened.close());

it('a Prometheus that hangs is asked once and holds up nobody, and what it says in the end is kept', async () => {
  const { ask, world } = aSteadyService();
  const hanging = Promise.withResolvers<void>();
  let asked = 0;
  let failures = 0;
  const reader = startMetricsReader({
    db: opened.db,
    ask: {
      query: async (...question) => ask.query(...question),
      queryRange: async (...question) => {
        asked += 1;
        await hanging.promise;
        return ask.queryRange(...question);
      },
    },
    clock: { now: () => NOW },
    log: makeLog('fatal'),
    onFailure: () => {
      failures += 1;
    },
    patienceMs: 1,
  });
  await reader.look();
  await expect.poll(() => asked).toBe(1);
  await reader.look();
  expect(asked).toBe(1);
  const trouble = async () => (await opened.db.select().from(areaMetrics))[0]?.trouble;
  expect(await trouble()).toBeNull();
  world.trouble = { kind: 'slow' };
  hanging.resolve();
  await expect.poll(trouble).toEqual({ kind: 'slow' });
  await reader.stop();
  const last = asked;
  await reader.look();
  expect({ asked, failures }).toEqual({ asked: last, failures: 0 });
});
