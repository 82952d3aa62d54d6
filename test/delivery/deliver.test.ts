import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../src/db/client.ts';
import { listDead, outboxStats } from '../../src/db/dead-letters.ts';
import { enqueueUpdate, findSentMessage } from '../../src/db/outbox.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Delivery } from '../../src/delivery/deliver-message.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { databases } from '../databases.ts';
import { aBody, deadlyClient, openSlackWorld, type SlackWorld, until } from './slack-world.ts';

describe.each(databases)('delivery on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let world: SlackWorld;
  let delivery: Delivery;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await db.delete(outbox);
    world = await openSlackWorld(db);
    delivery = world.delivery();
  });
  afterEach(() => world.sandbox.close());

  const edit = (targetKey: string, text: string) =>
    enqueueUpdate(db, {
      workspaceId: world.workspaceId,
      targetKey,
      channel: world.channel,
      body: aBody(text),
      runAt: delivery.clock.now(),
    });
  const deliverAll = async (by = delivery) => {
    let count = 0;
    for (let claimed = await deliver(by); claimed > 0; claimed = await deliver(by)) count += claimed;
    return count;
  };
  const rest = async () => world.letTimePass();
  const calls = (method: string) => world.sandbox.audit.calls(method).length;
  const stats = () => outboxStats(db, delivery.clock.now());

  it('posts what is due, once, and knows where it stands', async () => {
    await world.post('The digest');
    expect(await deliverAll()).toBe(1);
    expect(await deliverAll()).toBe(0);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    const place = await findSentMessage(db, world.workspaceId, 'The digest');
    expect(place?.channel).toBe(world.channel);
    expect(place && world.sandbox.message(place)?.text).toBe('The digest');
  });

  it('writes to a person in a direct message, and answers there', async () => {
    const ben = world.sandbox.user('ben')?.id ?? '';
    await world.post('Your reminder', { channel: ben });
    await world.post('One more thing', { channel: ben, parentKey: 'Your reminder' });
    await deliverAll();
    const place = await findSentMessage(db, world.workspaceId, 'Your reminder');
    expect(place?.channel).toMatch(/^D/);
    expect(world.sees(place?.channel ?? '', { as: 'ben', thread: place?.ts ?? '' })).toEqual([
      'Your reminder',
      'One more thing',
    ]);
  });

  it('opens a thread with its parent and keeps the order of the replies', async () => {
    await world.post('Triage');
    for (let item = 1; item <= 12; item += 1) await world.post(`Item ${item}`, { parentKey: 'Triage' });
    await deliverAll();
    const thread = (await findSentMessage(db, world.workspaceId, 'Triage'))?.ts ?? '';
    expect(world.sees('eng-stability')).toEqual(['Triage']);
    expect(world.sees('eng-stability', { thread })).toEqual([
      'Triage',
      ...Array.from({ length: 12 }, (_, i) => `Item ${i + 1}`),
    ]);
  });

  it('posts nothing in a thread whose parent could not be posted yet', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'server_error', times: 1 });
    await world.post('Triage');
    await world.post('Item', { parentKey: 'Triage' });
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual([]);
    await rest();
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['Triage']);
  });

  it('edits a post in place, with the newest of many edits', async () => {
    await world.post('1 open');
    await deliverAll();
    for (const text of ['2 open', '3 open', '4 open']) await edit('1 open', text);
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['4 open']);
    expect(calls('chat.update')).toBe(1);
  });

  it.each(['drop_answer', 'server_error', 'hang'] as const)(
    'does not post twice when the answer ends in %s',
    async (kind) => {
      world.sandbox.faults.add({ method: 'chat.postMessage', kind, times: 1 });
      await world.post('The digest');
      await deliverAll(world.delivery({ client: world.clientWithTimeout(150) }));
      expect(await deliverAll()).toBe(0);
      expect(await stats()).toMatchObject({ due: 1, ambiguous: 1 });
      await rest();
      await deliverAll();
      expect(world.sees('eng-stability')).toEqual(['The digest']);
      expect(await stats()).toMatchObject({ due: 0, ambiguous: 0, dead: 0 });
    },
  );

  it('finds a post whose answer was lost in a thread or a direct message, and posts no second one', async () => {
    const ben = world.sandbox.user('ben')?.id ?? '';
    await world.post('Triage');
    await deliverAll();
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 2 });
    await world.post('Item', { parentKey: 'Triage' });
    await world.post('Your reminder', { channel: ben });
    await deliverAll();
    await rest();
    await deliverAll();
    expect(calls('chat.postMessage')).toBe(3);
    const thread = (await findSentMessage(db, world.workspaceId, 'Triage'))?.ts ?? '';
    expect(world.sees('eng-stability', { thread })).toEqual(['Triage', 'Item']);
    const dm = await findSentMessage(db, world.workspaceId, 'Your reminder');
    expect(world.sees(dm?.channel ?? '', { as: 'ben' })).toEqual(['Your reminder']);
  });

  it('finds its own post among hundreds of others', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    await world.post('The digest');
    await deliverAll();
    for (let i = 0; i < 410; i += 1)
      await delivery.client.chat.postMessage({ channel: world.channel, text: `Chatter ${i}` });
    await rest();
    await deliverAll();
    expect(world.sees('eng-stability').filter((text) => text === 'The digest')).toHaveLength(1);
    expect(calls('conversations.history')).toBe(3);
  });

  it('does not post again while it cannot look', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    world.sandbox.faults.add({ method: 'conversations.history', kind: 'server_error', times: 2 });
    await world.post('The digest');
    for (let round = 0; round < 3; round += 1) {
      await deliverAll();
      await rest();
    }
    expect(calls('chat.postMessage')).toBe(1);
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    expect(await stats()).toMatchObject({ due: 0 });
  });

  it('says so instead of posting twice where it is not allowed to look', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'drop_answer', times: 1 });
    world.sandbox.faults.add({ method: 'conversations.history', kind: 'fail', error: 'missing_scope', times: 1 });
    await world.post('The digest');
    await deliverAll();
    await rest();
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    expect(await listDead(db, world.workspaceId)).toMatchObject([
      { dedupeKey: 'The digest', ambiguous: true, error: 'missing_scope' },
    ]);
  });

  it('waits as long as Slack says, and does not count that as an attempt', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 17, times: 1 });
    await world.post('The digest');
    await deliverAll();
    expect(calls('chat.postMessage')).toBe(1);
    expect(delivery.posts.available(world.channel, delivery.elapsedMs() + 16_000)).toBe(0);
    const [row] = await db.select().from(outbox);
    expect(row).toMatchObject({ attempts: 0, ambiguous: false, state: 'due', leasedBy: null });
    expect((row?.leaseUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(15_000);
    await rest();
    await deliverAll(world.delivery());
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    expect(calls('conversations.history')).toBe(0);
  });

  it('lets other channels go on while one is limited', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 30, times: 1 });
    await world.post('Limited');
    await deliver(delivery);
    await world.post('For Ben', { channel: world.sandbox.user('ben')?.id ?? '' });
    await deliverAll();
    expect(await findSentMessage(db, world.workspaceId, 'For Ben')).not.toBeNull();
  });

  it('posts no faster into a channel than its pace', async () => {
    let nowMs = 0;
    const paced = world.delivery({ posts: createPacer({ perSecond: 1, burst: 3 }), elapsedMs: () => nowMs });
    for (let i = 0; i < 6; i += 1) await world.post(`Post ${i}`);
    expect(await deliverAll(paced)).toBe(3);
    nowMs = 1_000;
    expect(await deliverAll(paced)).toBe(1);
    nowMs = 3_000;
    expect(await deliverAll(paced)).toBe(2);
    expect(world.sees('eng-stability')).toHaveLength(6);
  });

  it('tells the lead once what to do when it is not in the channel, and keeps the messages', async () => {
    const billing = world.idOf('billing');
    for (const key of ['First', 'Second']) await world.post(key, { channel: billing });
    await world.post('A reply', { channel: billing, parentKey: 'First' });
    await deliverAll();
    const dms = world.sandbox.audit.calls('chat.postMessage').length;
    expect(dms).toBe(3);
    const [notice] = await db.select().from(outbox).where(eq(outbox.state, 'sent'));
    expect(notice?.channel).toBe(world.sandbox.user('ana')?.id);
    expect(notice?.body.text).toContain(`Invite me to <#${billing}> with \`/invite\``);
    expect((await listDead(db, world.workspaceId)).map(({ dedupeKey, error }) => [dedupeKey, error]).sort()).toEqual([
      ['A reply', 'parent_undelivered'],
      ['First', 'not_in_channel'],
      ['Second', 'not_in_channel'],
    ]);
  });

  it('writes no notice about a notice that cannot be delivered', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'fail', error: 'messages_tab_disabled' });
    await world.post('The digest');
    await deliverAll();
    expect(await listDead(db, world.workspaceId)).toHaveLength(2);
  });

  it.each(['message_not_found', 'edit_window_closed', 'cant_update_message'])(
    'lets an edit go that Slack answers with %s',
    async (error) => {
      await world.post('The digest');
      await deliverAll();
      world.sandbox.faults.add({ method: 'chat.update', kind: 'fail', error });
      await edit('The digest', 'The digest, corrected');
      await deliverAll();
      await rest();
      await deliverAll();
      expect(calls('chat.update')).toBe(1);
      expect(await stats()).toMatchObject({ due: 0, dead: 0 });
    },
  );

  it('makes an edit again whose answer was lost', async () => {
    await world.post('The digest');
    await deliverAll();
    world.sandbox.faults.add({ method: 'chat.update', kind: 'drop_answer', times: 1 });
    await edit('The digest', 'The digest, corrected');
    await deliverAll();
    await rest();
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest, corrected']);
    expect(await stats()).toMatchObject({ due: 0, dead: 0 });
  });

  it('keeps everything while the token is not accepted, and sends it once it is', async () => {
    const fault = world.sandbox.faults.add({ method: '*', kind: 'fail', error: 'token_revoked' });
    await world.post('The digest');
    for (let round = 0; round < 20; round += 1) {
      await deliverAll();
      await rest();
    }
    fault.remove();
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });

  it('is taken over after the lease when it is killed before, or after, Slack got the message', async () => {
    const killedBefore = world.delivery({ client: deadlyClient(world, false) });
    const killedAfter = world.delivery({ client: deadlyClient(world, true) });
    await world.post('Killed before');
    void deliver(killedBefore);
    await until(async () => (await stats()).due === 1 && (await leased()) === 1);
    await world.post('Killed after', { channel: world.sandbox.user('ben')?.id ?? '' });
    void deliver(killedAfter);
    await until(async () => calls('chat.postMessage') === 1 && (await leased()) === 2);
    expect(await deliverAll()).toBe(0);
    await rest();
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['Killed before']);
    const dm = await findSentMessage(db, world.workspaceId, 'Killed after');
    expect(world.sees(dm?.channel ?? '', { as: 'ben' })).toEqual(['Killed after']);
  });

  it('sends nothing that it claimed before it slept, since others may have it by now', async () => {
    let nowMs = 0;
    const sleeper = world.delivery({ elapsedMs: () => (nowMs += 25_000) });
    await world.post('The digest');
    expect(await deliver(sleeper)).toBe(1);
    expect(calls('chat.postMessage')).toBe(0);
    await deliverAll();
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });

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
    for (let round = 0; round < 60 && (await stats()).due > 0; round += 1) {
      await Promise.all(Array.from({ length: 3 }, () => deliverAll(world.delivery())));
      await rest();
    }
    expect(await stats()).toEqual({ due: 0, ambiguous: 0, dead: 0, oldestAgeSeconds: 0 });
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
