// @module-tag slow
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub } from '../../../bench/trackers/github-server.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { insertPull } from '../../../src/db/fixes/pull-requests.ts';
import { tickets, trackers } from '../../../src/db/schema/trackers.ts';
import { makeDue } from '../../../src/db/trackers/tickets.ts';
import { lookForChanges } from '../../../src/usecases/trackers/sync/look-for-changes.ts';
import { untilNextWork } from '../../../src/usecases/trackers/sync/until-next-work.ts';
import { later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aTrackedProgram } from './tracked-world.ts';

type Fetch = typeof fetch;

const answering =
  (status: number, headers = {}): Fetch =>
  async () =>
    new Response('{}', { status, headers });

describe.each(databases)('what a tracker did not do, on $name,', ({ open }) => {
  let github: GithubServer;
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    github = await startGithub();
  });
  afterAll(() => github.close());
  beforeEach(async () => {
    ({ db, close } = await open());
  });
  afterEach(() => close());

  const setAttempts = (attempts: number) => db.update(tickets).set({ attempts });

  it('is tried again soon where a ticket came further than before', async () => {
    const through: Fetch = async (input, init) =>
      String(input).endsWith('/comments') ? new Response('{}', { status: 500 }) : fetch(input, init);
    const world = await aTrackedProgram(db, github, { through });
    const defect = await world.accepted();
    await setAttempts(7);
    await world.settle();
    expect((await world.tickets(defect.id))[0]).toMatchObject({ externalId: expect.any(String), attempts: 1 });
    // The same comment again is not further.
    world.pass(1_000);
    await world.settle();
    expect((await world.tickets(defect.id))[0]).toMatchObject({ attempts: 2 });
  });

  it('is no failure of a ticket where it was a limit, and was not done', async () => {
    const world = await aTrackedProgram(db, github, { through: answering(429, { 'retry-after': '600' }) });
    const defect = await world.accepted();
    await setAttempts(3);
    await world.settle();
    expect((await world.tickets(defect.id))[0]).toMatchObject({ attempts: 3, triedAt: null });
  });

  it('is asked of the next three tickets only after a rest, where none of three could be worked on', async () => {
    let asked = 0;
    const through: Fetch = async () => {
      asked += 1;
      return new Response('{}', { status: 502 });
    };
    const world = await aTrackedProgram(db, github, { through });
    for (let i = 0; i < 5; i += 1) await world.accepted();
    await world.settle();
    expect(asked).toBe(3);
    await db.update(trackers).set({ heldUntil: sql`clock_timestamp()` });
    await world.settle();
    expect(asked).toBe(5);
  });

  it('is tried again at once where something happened there meanwhile, and a day later where nothing did', async () => {
    let isEdited = true;
    const through: Fetch = async (input, init) => {
      if (!String(input).endsWith('/comments')) return fetch(input, init);
      const [ticket] = await db.select().from(tickets);
      if (isEdited && ticket?.externalId) await makeDue(db, ticket.trackerId, [ticket.externalId], world.now());
      isEdited = false;
      return new Response('{}', { status: 403 });
    };
    const world = await aTrackedProgram(db, github, { through });
    const { id } = await world.accepted();
    await world.settle();
    const tomorrow = later(world.now(), 86_400_000);
    expect((await world.tickets(id))[0]).toMatchObject({ attempts: 2, dueAt: tomorrow });
  });

  it('is still known of a ticket that had to wait for the rest which another asked for', async () => {
    const world = await aTrackedProgram(db, github, { through: answering(429, { 'retry-after': '600' }) });
    await world.accepted();
    const { id } = await world.accepted();
    const trouble = 'The ticket cannot be found.';
    await db.update(tickets).set({ trouble, attempts: 2 }).where(eq(tickets.defectId, id));
    await world.settle();
    expect((await world.tickets(id))[0]).toMatchObject({ trouble, attempts: 2 });
  });

  it('is known to be due when its rest is over', async () => {
    const world = await aTrackedProgram(db, github, { through: answering(429, { 'retry-after': '600' }) });
    expect(await untilNextWork(db, world.now())).toBeNull();
    const defect = await world.accepted();
    expect(await untilNextWork(db, world.now())).toBe(0);
    await world.settle();
    const ms = (await untilNextWork(db, world.now())) ?? 0;
    expect(ms).toBeGreaterThan(590_000);
    expect(ms).toBeLessThanOrEqual(600_000);
    await db.update(tickets).set({ unlinkedAt: world.now() }).where(eq(tickets.defectId, defect.id));
    expect(await untilNextWork(db, world.now())).toBeNull();
  });

  it('is known to be due of a pull request, too', async () => {
    const world = await aTrackedProgram(db, github, { creation: 'never' });
    const defect = await world.accepted();
    const nextAt = later(world.now(), 5_000);
    await insertPull(db, {
      ...{ programId: world.program.id, trackerId: world.trackerId, defectId: defect.id, number: 7, title: 'Retry' },
      ...{ url: `${world.webUrl}/pull/7`, base: 'main', author: 'ana', authorIsBot: false, coAuthors: [] },
      ...{ mergedAt: world.now(), mergeSha: 'sha', belongsBy: 'keyword', foundAt: world.now(), nextAt },
      ...{ marker: 'a-marker', toldEventId: 0 },
    });
    expect(await untilNextWork(db, world.now())).toBe(5_000);
    await db.update(trackers).set({ removedAt: world.now() });
    expect(await untilNextWork(db, world.now())).toBeNull();
  });

  it('and did not tell what changed, is asked for that again in half a minute', async () => {
    const world = await aTrackedProgram(db, github, { through: answering(500) });
    await lookForChanges(world.worker, world.now());
    expect((await world.tracker())?.pollAt).toEqual(new Date(world.now().getTime() + 30_000));
  });
});
