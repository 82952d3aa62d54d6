// @module-tag slow
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_PEOPLE } from '../../../bench/trackers/no-people.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { defects } from '../../../src/db/schema/defects.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { tickets, trackers } from '../../../src/db/schema/trackers.ts';
import { makeDue } from '../../../src/db/trackers/tickets.ts';
import type { ImportedReport } from '../../../src/domain/import/imported-report.ts';
import { planHistory } from '../../../src/domain/import/plan-history.ts';
import { importHappenings } from '../../../src/import/import-history.ts';
import { startImportRun } from '../../../src/import/import-program.ts';
import { takeHistory } from '../../../src/import/take-history.ts';
import { lookAtHistory } from '../../../src/usecases/trackers/history/look-at-history.ts';
import { wantHistory } from '../../../src/usecases/trackers/history/want-history.ts';
import { later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { settingsOn } from '../../how-much.ts';
import { PLACES } from './owners-world.ts';
import { aWorldOf, lead } from './tracked-world.ts';

type Fetch = typeof fetch;

const HOUR_MS = 3_600_000;
const slack = {
  ...NO_PEOPLE,
  findByEmail: async (_: string, email: string) => (email === 'ben@example.com' ? 'UBEN' : null),
};

describe.each(databases)('the history of a tracker, on $name,', (database) => {
  describe.each(settingsOn(database, PLACES))('of %s', (_, start) => {
    let there: Awaited<ReturnType<typeof start>>;
    let keys: { open: string; done: string; canceled: string };
    let all: number;
    let db: Db;
    let close: () => Promise<void>;
    beforeAll(async () => {
      there = await start();
      keys = {
        open: await there.make('Invoices are sent twice'),
        done: await there.make('Login hangs'),
        canceled: await there.make('Colours differ'),
      };
      await there.assign(keys.open, 'ben');
      await there.end(keys.done);
      await there.cancel(keys.canceled);
      await there.makeStory('A dark theme');
      // More than one page.
      for (let i = 0; i < there.page; i += 1) await there.make(`Report ${i} is late`);
      all = there.page + 3 + there.before;
    });
    afterAll(() => there.close());
    beforeEach(async () => {
      ({ db, close } = await database.open());
    });
    afterEach(() => close());

    const connected = async (through: Fetch = fetch) => {
      const world = await aWorldOf(db, there, { open: there.open(through), slack, creation: 'always' });
      // What the trackers hold was made just now.
      world.pass(Math.max(0, Date.now() - world.now().getTime()) + HOUR_MS);
      const doing = () => ({ ...lead, now: world.now() });
      return {
        ...world,
        want: () => db.transaction((tx) => wantHistory(tx, world.program, world.trackerId, doing())),
        page: () => takeHistory(world.worker, world.now),
        rest: async () => {
          while ((await takeHistory(world.worker, world.now)) > 0);
        },
      };
    };
    const ofTicket = async (key: string) => {
      const [found] = await db
        .select()
        .from(tickets)
        .innerJoin(defects, eq(defects.id, tickets.defectId))
        .where(eq(tickets.key, key));
      return found?.defects;
    };
    const messages = async () =>
      (await db.select().from(outbox)).flatMap(({ channel, body }) =>
        channel === lead.by ? JSON.stringify(body) : [],
      );

    it('is shown before it comes, and nothing is written by that', async () => {
      const world = await connected();
      const shown = await lookAtHistory(world.worker, world.program, world.trackerId, world.now());
      expect(shown).toMatchObject({ read: there.page, isAll: false });
      if (typeof shown === 'string') throw new Error(shown);
      expect(shown.open + shown.closed).toBeGreaterThan(there.page - 5);
      expect(await db.select().from(defects)).toEqual([]);
      expect(await world.page()).toBe(0);
    });

    it('comes in once, as it ended there, with those who work on it, and a lead is told once', async () => {
      const world = await connected();
      await world.want();
      await expect(world.want()).rejects.toThrow('being taken in already');
      await world.rest();
      expect(await db.select().from(defects)).toHaveLength(all);
      expect(await ofTicket(keys.open)).toMatchObject({
        ...{ title: 'Invoices are sent twice', state: 'new', ownerId: 'UBEN' },
      });
      expect(await ofTicket(keys.done)).toMatchObject({ state: 'claimed' });
      expect(['risk_accepted', 'dismissed']).toContain((await ofTicket(keys.canceled))?.state);
      const told = await messages();
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(`Taken in: ${all} issues`);
      expect(told[0]).toMatch(/Left out: 1 (Story|Feature|enhancement), which is no defect[.;]/);
      // Nothing is written to what nobody has touched since.
      expect((await db.select().from(tickets)).filter(({ dueAt }) => dueAt !== null)).toEqual([]);
    });

    it('is gone on with where a killed process was, and nothing comes twice', async () => {
      const world = await connected();
      await world.want();
      expect(await world.page()).toBe(1);
      const first = (await db.select().from(defects)).length;
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThan(all);
      // Killed with all of the second page written and nothing of it committed.
      const dying = Object.assign(Object.create(db), {
        transaction: (work: (tx: Db) => Promise<unknown>) =>
          db.transaction(async (tx) => {
            await work(tx as unknown as Db);
            throw new Error('killed');
          }),
      });
      await expect(takeHistory({ ...world.worker, db: dying }, world.now)).rejects.toThrow('killed');
      expect(await db.select().from(defects)).toHaveLength(first);
      // Another process takes over once the dead one has held it long enough.
      expect(await world.page()).toBe(0);
      world.pass(5 * 60_000);
      await world.rest();
      const linked = await db.select({ key: tickets.key }).from(tickets);
      expect(await db.select().from(defects)).toHaveLength(all);
      expect(new Set(linked.map(({ key }) => key)).size).toBe(all);
      expect(await messages()).toHaveLength(1);
    });

    it('tells its lead once that a page could not be taken in, whatever it was, and comes all the same later', async () => {
      const world = await connected();
      await world.want();
      const failing = { ...world.worker, slack: { ...slack, maySee: () => Promise.reject(new Error('unforeseen')) } };
      for (let i = 0; i < 2; i += 1) {
        await expect(takeHistory(failing, world.now)).rejects.toThrow('unforeseen');
        world.pass(3 * 60_000);
      }
      const told = await messages();
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('could not be taken in');
      await world.rest();
      expect(await db.select().from(defects)).toHaveLength(all);
      expect(await messages()).toHaveLength(2);
    });

    it('brings nothing anew when it is wanted again, or what a file has brought', async () => {
      const world = await connected();
      const report: ImportedReport = {
        ...{ sourceId: there.exported(keys.open), title: 'From a file', description: '', affected: 0 },
        ...{ supportTickets: 0, reportedAt: later(world.now(), -HOUR_MS) },
      };
      const run = await startImportRun(db, world.program);
      await importHappenings(db, run, planHistory([report]).happenings);
      await world.want();
      await world.rest();
      expect(await db.select().from(defects)).toHaveLength(all);
      // A key of its own tells whose it is, and a number does not.
      expect((await ofTicket(keys.open))?.title).toBe(report.sourceId === keys.open ? 'From a file' : undefined);
      world.pass(60_000);
      await world.want();
      await world.rest();
      expect(await db.select().from(defects)).toHaveLength(all);
      const told = await messages();
      expect(told).toHaveLength(2);
      expect(told.at(-1)).toContain(`${all} that are here already`);
    });

    it('is linked where a file has brought it from the same address, and nothing is written there by that', async () => {
      const world = await connected();
      const preview = await there
        .open(fetch)({ ...there.connection, token: there.token })
        .listHistory(null);
      const url = ('ok' in preview ? preview.ok.past : []).find(({ ticket }) => ticket.key === keys.done)?.ticket.url;
      const report: ImportedReport = {
        ...{ sourceId: 'row-17', title: 'From a file', description: '', affected: 0, link: url ?? '' },
        ...{ supportTickets: 0, reportedAt: later(world.now(), -HOUR_MS * 24) },
      };
      const run = await startImportRun(db, world.program);
      await importHappenings(db, run, planHistory([report]).happenings);
      await world.want();
      await world.rest();
      expect(await db.select().from(defects)).toHaveLength(all);
      expect(await ofTicket(keys.done)).toMatchObject({ title: 'From a file', state: 'new' });
      expect((await db.select().from(tickets)).filter(({ dueAt }) => dueAt !== null)).toEqual([]);
      expect((await messages()).at(-1)).toContain('Linked: 1 that an import brought before');
    });

    it('waits as long as the tracker asks for, and goes on', async () => {
      let answered = 0;
      const through: Fetch = async (input, init) => {
        answered += 1;
        return answered === 2
          ? new Response('{}', { status: 429, headers: { 'retry-after': '600' } })
          : fetch(input, init);
      };
      const world = await connected(through);
      await world.want();
      await world.rest();
      expect((await world.tracker())?.heldUntil?.getTime()).toBeGreaterThan(Date.now() + 300_000);
      world.pass(60_000);
      const before = answered;
      expect(await world.page()).toBe(0);
      expect(answered).toBe(before);
      await db.update(trackers).set({ heldUntil: null });
      await world.rest();
      expect(await db.select().from(defects)).toHaveLength(all);
    });

    it('stays ended where another process has ended it while this one was not answered', async () => {
      let isEnding = false;
      const world = await connected(async (...asked) => {
        if (!isEnding) return fetch(...asked);
        await db.update(trackers).set({ historyDueAt: null, historyFrom: null });
        return new Response('{}', { status: 500 });
      });
      await world.want();
      isEnding = true;
      expect(await world.page()).toBe(1);
      const [row] = await db.select().from(trackers);
      expect(row).toMatchObject({ historyDueAt: null, historyFrom: null });
    });

    it('is followed from then on', async () => {
      const world = await connected();
      await world.want();
      await world.rest();
      const { externalId } = (await db.select().from(tickets).where(eq(tickets.key, keys.done)))[0] ?? {};
      await there.reopen(keys.done);
      await makeDue(db, world.trackerId, [externalId ?? ''], world.now());
      await world.settle();
      expect(await ofTicket(keys.done)).toMatchObject({ state: 'accepted' });
      await there.end(keys.done);
    });
  });

  it('leaves out pull requests and what bots have made', async () => {
    const { db, close } = await database.open();
    const [, start] = PLACES[0];
    const there = await start();
    await there.make('Made by a bot');
    await there.make('Made as a pull request');
    await there.make('Made by a person');
    const through: Fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('sort=updated')) return response;
      const all = (await response.json()) as { title: string }[];
      return Response.json(
        all.map((one) => ({
          ...one,
          ...(one.title.endsWith('bot') ? { user: { login: 'renovate', type: 'Bot' } } : {}),
          ...(one.title.endsWith('request') ? { pull_request: {} } : {}),
        })),
      );
    };
    const world = await aWorldOf(db, there, { open: there.open(through) });
    world.pass(Math.max(0, Date.now() - world.now().getTime()) + HOUR_MS);
    await db.transaction((tx) => wantHistory(tx, world.program, world.trackerId, { ...lead, now: world.now() }));
    while ((await takeHistory(world.worker, world.now)) > 0);
    expect((await db.select().from(defects)).map(({ title }) => title)).toEqual(['Made by a person']);
    const [told] = await db.select().from(outbox);
    expect(JSON.stringify(told?.body)).toContain('Left out: 1 pull request; 1 by bots.');
    await there.close();
    await close();
  });
});
