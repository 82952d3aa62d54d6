// @module-tag slow
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { relabelDefect } from '../../../src/usecases/defects/change-defect.ts';
import { DAY_MS } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { settingsOn } from '../../how-much.ts';
import { PLACES } from './owners-world.ts';
import { ana, aWorldOf } from './tracked-world.ts';

describe.each(databases)('on $name', (database) => {
  describe.each(settingsOn(database, PLACES))('severity and harm in %s', (_, start) => {
    let there: Awaited<ReturnType<typeof start>>;
    let db: Db;
    let close: () => Promise<void>;
    beforeAll(async () => {
      there = await start();
    });
    afterAll(() => there.close());
    beforeEach(async () => {
      ({ db, close } = await database.open());
    });
    afterEach(() => close());

    it('stand as labels beside those of people, which are never touched', async () => {
      let writes = 0;
      const counting: typeof fetch = (input, init) => {
        const isWrite = /abel/.test(`${String(input)} ${String(init?.body ?? '')}`) && init?.method !== 'GET';
        if (isWrite && !/^\{"query":"query|"jql"/.test(String(init?.body))) writes += 1;
        return fetch(input, init);
      };
      const world = await aWorldOf(db, there, { open: there.open(counting) });
      const defect = await world.accepted();
      await world.settle();
      const key = (await world.tickets(defect.id))[0]?.key ?? '';
      expect((await there.labels(key)).sort()).toEqual([`burndown:${defect.severity}`, 'burndown:harm-middle'].sort());
      await there.addLabel(key, 'mine');
      await there.removeLabel(key, 'burndown:harm-middle');
      const before = writes;
      for (let i = 0; i < 3; i += 1) await world.poll();
      expect(writes).toBe(before);
      const relabel = { severity: 'S4', reason: 'Rarely hurts' } as const;
      await relabelDefect(db, world.program, defect.number, relabel, { ...ana, now: world.now() });
      await world.settle();
      // What a person has taken away does not come back.
      expect((await there.labels(key)).sort()).toEqual(['burndown:S4', 'mine']);
      // Harm fades by itself; that it has is news, and written once.
      world.pass(90 * DAY_MS);
      await world.poll();
      const faded = writes;
      for (let i = 0; i < 3; i += 1) await world.poll();
      expect((await there.labels(key)).sort()).toEqual(['burndown:S4', 'burndown:harm-low', 'mine']);
      expect(writes).toBe(faded);
    });
  });
});
