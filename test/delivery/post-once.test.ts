import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { listDead } from '../../src/db/messages/dead-letters.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { databases } from '../databases.ts';
import { findSentMessage } from '../db/messages/find-sent-message.ts';
import { deliver } from './deliver-once.ts';
import { type DeliveryWorld, openDeliveryWorld } from './delivery-world.ts';
import { deadlyClient, until } from './slack-world.ts';

describe.each(databases)('delivery on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let world: DeliveryWorld;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await openDeliveryWorld(db);
  });
  afterEach(() => world.sandbox.close());

  it('finds a post whose answer was lost in a thread or a direct message, and posts no second one', async () => {
    const ben = world.sandbox.user('ben')?.id ?? '';
    await world.post('Triage');
    await world.deliverAll();
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 2 });
    await world.post('Item', { parentKey: 'Triage' });
    await world.post('Your reminder', { channel: ben });
    await world.deliverAll();
    await world.letTimePass();
    await world.deliverAll();
    expect(world.calls('chat.postMessage')).toBe(3);
    const thread = (await findSentMessage(db, world.workspaceId, 'Triage'))?.ts ?? '';
    expect(world.sees('eng-stability', { thread })).toEqual(['Triage', 'Item']);
    const dm = await findSentMessage(db, world.workspaceId, 'Your reminder');
    expect(world.sees(dm?.channel ?? '', { as: 'ben' })).toEqual(['Your reminder']);
  });

  it.each(['drop_answer', 'server_error', 'hang'] as const)(
    'does not post twice when the answer ends in %s',
    async (kind) => {
      world.sandbox.faults.add({ method: 'chat.postMessage', kind, times: 1 });
      await world.post('The digest');
      await world.deliverAll(world.delivery({ clientOf: async () => world.clientWithTimeout(500) }));
      expect(await world.deliverAll()).toBe(0);
      expect(await world.stats()).toMatchObject({ due: 1, ambiguous: 1 });
      await world.letTimePass();
      await world.deliverAll();
      expect(world.sees('eng-stability')).toEqual(['The digest']);
      expect(await world.stats()).toMatchObject({ due: 0, ambiguous: 0, dead: 0 });
    },
  );

  it('finds its own post among hundreds of others', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    await world.post('The digest');
    await world.deliverAll();
    for (let i = 0; i < 410; i += 1)
      await world.clientWithTimeout(5_000).chat.postMessage({ channel: world.channel, text: `Chatter ${i}` });
    await world.letTimePass();
    await world.deliverAll();
    expect(world.sees('eng-stability').filter((text) => text === 'The digest')).toHaveLength(1);
    expect(world.calls('conversations.history')).toBe(3);
  });

  it('does not post again while it cannot look', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    world.sandbox.faults.add({ method: 'conversations.history', kind: 'server_error', times: 2 });
    await world.post('The digest');
    for (let round = 0; round < 3; round += 1) {
      await world.deliverAll();
      await world.letTimePass();
    }
    expect(world.calls('chat.postMessage')).toBe(1);
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    expect(await world.stats()).toMatchObject({ due: 0 });
  });

  it('says so instead of posting twice where it is not allowed to look', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    world.sandbox.faults.add({ method: 'conversations.history', kind: 'fail', error: 'missing_scope', times: 1 });
    await world.post('The digest');
    await world.deliverAll();
    await world.letTimePass();
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    expect(await listDead(db, world.workspaceId)).toMatchObject([
      { dedupeKey: 'The digest', ambiguous: true, error: 'missing_scope' },
    ]);
  });

  it('looks once a minute, a page at a time, where history is scarce, and posts nothing twice meanwhile', async () => {
    const looks = { everyMs: 60_000, cursors: new Map<number, string>() };
    const scarce = world.delivery({ looks });
    const ana = world.sandbox.person('ana');
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 2 });
    await world.post('The digest');
    await world.post('Another');
    await world.deliverAll(scarce);
    for (let count = 0; count < 250; count += 1) await ana.say('eng-stability', `message ${count}`);
    await world.letTimePass();
    await world.deliverAll(scarce);
    expect(world.calls('conversations.history')).toBe(1);
    for (let minute = 0; minute < 5; minute += 1) {
      await world.letTimePass();
      await world.deliverAll(scarce);
    }
    expect(world.calls('chat.postMessage')).toBe(2);
    expect(world.calls('conversations.history')).toBe(4);
    expect(await world.stats()).toMatchObject({ due: 0, ambiguous: 0, dead: 0 });
  });

  it('makes an edit again whose answer was lost', async () => {
    await world.post('The digest');
    await world.deliverAll();
    world.sandbox.faults.add({ method: 'chat.update', kind: 'drop_answer', times: 1 });
    await world.edit('The digest', 'The digest, corrected');
    await world.deliverAll();
    await world.letTimePass();
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest, corrected']);
    expect(await world.stats()).toMatchObject({ due: 0, dead: 0 });
  });

  it('is taken over after the lease when it is killed before, or after, Slack got the message', async () => {
    const killedBefore = world.delivery({ clientOf: async () => deadlyClient(world, false) });
    const killedAfter = world.delivery({ clientOf: async () => deadlyClient(world, true) });
    await world.post('Killed before');
    void deliver(killedBefore);
    await until(async () => (await world.stats()).due === 1 && (await leased()) === 1);
    await world.post('Killed after', { channel: world.sandbox.user('ben')?.id ?? '' });
    void deliver(killedAfter);
    await until(async () => world.calls('chat.postMessage') === 1 && (await leased()) === 2);
    expect(await world.deliverAll()).toBe(0);
    await world.letTimePass();
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['Killed before']);
    const dm = await findSentMessage(db, world.workspaceId, 'Killed after');
    expect(world.sees(dm?.channel ?? '', { as: 'ben' })).toEqual(['Killed after']);
  });

  it('sends nothing that it claimed before it slept, since others may have it by now', async () => {
    let nowMs = 0;
    const sleeper = world.delivery({ elapsedMs: () => (nowMs += 25_000) });
    await world.post('The digest');
    expect(await deliver(sleeper)).toBe(1);
    expect(world.calls('chat.postMessage')).toBe(0);
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });

  it('takes back what it posted after it stood still, where another has posted it meanwhile', async () => {
    await world.post('The digest');
    await standStill('postMessage', async () => void (await world.deliverAll()));
    expect(world.calls('chat.postMessage')).toBe(2);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    const { ts } = (await findSentMessage(db, world.workspaceId, 'The digest')) ?? {};
    await world.edit('The digest', 'The digest, corrected');
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest, corrected']);
    expect(ts).toBeDefined();
  });

  it('makes the newest edit again where an older one was made late, after it stood still', async () => {
    await world.post('The digest');
    await world.deliverAll();
    await world.edit('The digest', 'The digest, corrected');
    await standStill('update', async () => {
      await world.deliverAll();
      await world.edit('The digest', 'The digest, corrected twice');
      await world.deliverAll();
    });
    expect(world.sees('eng-stability')).toEqual(['The digest, corrected']);
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest, corrected twice']);
    expect(await world.stats()).toMatchObject({ due: 0, dead: 0 });
  });

  /** A process stops between its last look at the clock and its call, `meanwhile` its lease runs out, and then it goes on. */
  async function standStill(method: 'postMessage' | 'update', meanwhile: () => Promise<void>): Promise<void> {
    const client = world.clientWithTimeout(5_000);
    const call = client.chat[method].bind(client.chat) as (options: unknown) => Promise<unknown>;
    Object.assign(client.chat, {
      [method]: async (options: unknown) => {
        await world.letTimePass();
        await meanwhile();
        return call(options);
      },
    });
    expect(await deliver(world.delivery({ clientOf: async () => client }))).toBe(1);
  }

  it('never sends twice from three deliverers at once, through every kind of fault', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', probability: 0.15 });
    world.sandbox.faults.add({ method: '*', kind: 'rate_limit', retryAfter: 1, probability: 0.1 });
    world.sandbox.faults.add({ method: '*', kind: 'server_error', probability: 0.05 });
    const people = ['ana', 'ben', 'chloe', 'dev', 'emi'].map((user) => world.sandbox.user(user)?.id ?? '');
    for (const person of people) {
      await world.post(`Thread ${person}`, { channel: person });
      for (let reply = 1; reply <= 6; reply += 1)
        await world.post(`Reply ${reply} ${person}`, { channel: person, parentKey: `Thread ${person}` });
    }
    for (let round = 0; round < 60 && (await world.stats()).due > 0; round += 1) {
      await Promise.all(Array.from({ length: 3 }, () => world.deliverAll(world.delivery())));
      await world.letTimePass();
    }
    expect(await world.stats()).toEqual({ due: 0, ambiguous: 0, dead: 0, oldestAgeSeconds: 0 });
    for (const [i, person] of people.entries()) {
      const place = await findSentMessage(db, world.workspaceId, `Thread ${person}`);
      expect(
        world.sees(place?.channel ?? '', {
          as: ['ana', 'ben', 'chloe', 'dev', 'emi'][i] ?? '',
          thread: place?.ts ?? '',
        }),
      ).toEqual([`Thread ${person}`, ...Array.from({ length: 6 }, (_, reply) => `Reply ${reply + 1} ${person}`)]);
    }
  });

  const leased = async () => (await db.select().from(outbox)).filter(({ leasedBy }) => leasedBy !== null).length;
});
