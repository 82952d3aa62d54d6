import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { longAlerts } from '../../bench/signals/hostile-bodies.ts';
import { threadCpuMs, watchStalls } from '../../bench/signals/stalls.ts';
import { databases } from '../databases.ts';
import { type SignalWorld, startSignalWorld } from './signal-world.ts';

/** In processor time, which a busy machine stretches little. Masks that look at a name again and again take seconds. */
const LONGEST_STRETCH_MS = 150;
const LONGEST_WAIT_MS = 300;

describe.each(databases)('beside megabytes of alerts with long names on $name', (database) => {
  let world: SignalWorld;
  beforeEach(async () => {
    world = await startSignalWorld(database);
    await world.source('alertmanager');
    for (const seed of [1, 2, 3]) expect((await world.send('alertmanager', longAlerts(seed))).status).toBe(200);
    // What everything costs the first time is another matter.
    await world.workOnce();
  });
  afterEach(() => world.close());

  it('sockets and timers get their turn, and a statement its answer, after a fraction of a second of work', async () => {
    const stalls = watchStalls();
    const working = world.work();
    let longestWaitMs = 0;
    for (let asked = 0; asked < 12; asked += 1) {
      const askedMs = threadCpuMs();
      await world.db.execute(sql`select 1`);
      longestWaitMs = Math.max(longestWaitMs, threadCpuMs() - askedMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(stalls().longestCpu).toBeLessThan(LONGEST_STRETCH_MS);
    expect(longestWaitMs).toBeLessThan(LONGEST_WAIT_MS);
    await world.stopWork();
    await working;
    const waiting = (await world.deliveries()).filter(({ state }) => state === 'waiting');
    expect(waiting.length).toBeGreaterThan(0);
  });
});
