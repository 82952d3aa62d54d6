import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { outboxStats } from '../../src/db/messages/dead-letters.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import type { Outcome } from '../../src/delivery/deliver-message.ts';
import { type Deliverer, startDeliverer } from '../../src/delivery/deliverer.ts';
import { databases } from '../databases.ts';
import { deadlyClient, openSlackWorld, type SlackWorld, until } from './slack-world.ts';

describe.each(databases)('a running deliverer on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let world: SlackWorld;
  let running: Deliverer[];
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await db.delete(outbox);
    world = await openSlackWorld(db);
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((deliverer) => deliverer.stop(0)));
    await world.sandbox.close();
  });

  const start = (over: Partial<Parameters<typeof startDeliverer>[0]> = {}) => {
    const deliverer = startDeliverer({ ...world.delivery(), ...over });
    running.push(deliverer);
    return deliverer;
  };
  const sentAll = async () => (await outboxStats(db, world.delivery().clock.now())).due === 0;

  it('sends at once what was enqueued before it was woken', async () => {
    const deliverer = start();
    await world.post('The digest');
    deliverer.wake();
    await until(sentAll);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });

  it('finds what another process enqueued, without being told', async () => {
    start();
    await world.post('The digest');
    await until(sentAll);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });

  it('looks once a minute where nobody else enqueues and nothing waits, and each second where something does', async () => {
    const pauses = vi.spyOn(globalThis, 'setTimeout');
    const looksAfter = (ms: number) => until(async () => pauses.mock.calls.some(([, pause]) => pause === ms));
    const deliverer = start({ isAlone: true });
    await looksAfter(60_000);
    expect(pauses).not.toHaveBeenCalledWith(expect.anything(), 1_000);
    await world.post('Tomorrow', { runAt: new Date(world.delivery().clock.now().getTime() + 86_400_000) });
    deliverer.wake();
    await looksAfter(1_000);
  });

  it('sends what a jump of the clock made due', async () => {
    const clock = world.delivery().clock;
    await world.post('Tomorrow', { runAt: new Date(clock.now().getTime() + 86_400_000) });
    start();
    await world.sandbox.clock.step(86_400_000);
    await until(sentAll);
    expect(world.sees('eng-stability')).toEqual(['Tomorrow']);
  });

  it('is idle once everything that is due has been sent, also what its pace held back', async () => {
    for (const text of ['One', 'Two', 'Three']) await world.post(text);
    const deliverer = start({ paces: { posts: { perSecond: 20, burst: 1 }, edits: { perSecond: 20, burst: 1 } } });
    await deliverer.idle();
    expect(world.sees('eng-stability')).toEqual(['One', 'Two', 'Three']);
  });

  it('is idle while a message waits for a later day, and when it has stopped', async () => {
    const tomorrow = new Date(world.delivery().clock.now().getTime() + 86_400_000);
    await world.post('Tomorrow', { runAt: tomorrow });
    const deliverer = start();
    await deliverer.idle();
    expect(world.sees('eng-stability')).toEqual([]);
    await deliverer.stop();
    await deliverer.idle();
  });

  it('works side by side with others on the same outbox, and everything arrives once', async () => {
    const people = world.sandbox.people().map(({ id }) => id);
    for (const person of people)
      for (let i = 0; i < 3; i += 1) await world.post(`${i} for ${person}`, { channel: person });
    const outcomes: Outcome[] = [];
    for (let i = 0; i < 3; i += 1) start({ observe: (outcome) => outcomes.push(outcome) });
    await until(sentAll);
    expect(world.sandbox.audit.calls('chat.postMessage')).toHaveLength(people.length * 3);
  });

  it('finishes what is in flight before it stops, and leaves the rest to others', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'delay', delayMs: 100, times: 1 });
    await world.post('In flight');
    await world.post('Not begun');
    const deliverer = start();
    await until(async () => world.sandbox.faults.list()[0]?.struck === 1);
    expect(await deliverer.stop()).toBe(true);
    expect(world.sees('eng-stability')).toEqual(['In flight']);
    expect(await outboxStats(db, world.delivery().clock.now())).toMatchObject({ due: 1, ambiguous: 0 });
  });

  it('stops at its deadline although Slack does not answer', async () => {
    await world.post('Stuck');
    const deliverer = start({ clientOf: async () => deadlyClient(world, false) });
    await until(async () => (await db.select().from(outbox))[0]?.leasedBy !== null);
    expect(await deliverer.stop(20)).toBe(false);
  });

  it('goes on when the database is back', async () => {
    let isAway = true;
    const errors: object[] = [];
    const flaky = new Proxy(db, {
      get: (target, name) => {
        if (isAway && name === 'execute') throw new Error('the database is away');
        return Reflect.get(target, name, target);
      },
    });
    await world.post('The digest');
    const deliverer = start({
      db: flaky,
      log: { info: () => {}, warn: () => {}, error: (fields) => errors.push(fields) },
    });
    await until(async () => errors.length > 0);
    isAway = false;
    deliverer.wake();
    await until(sentAll);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });
});
