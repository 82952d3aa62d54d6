import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { listDead } from '../../src/db/messages/dead-letters.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { placeOf } from '../../src/delivery/deliver-message.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { databases } from '../databases.ts';
import { findSentMessage } from '../db/messages/find-sent-message.ts';
import { deliver } from './deliver-once.ts';
import { type DeliveryWorld, openDeliveryWorld } from './delivery-world.ts';

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

  it('posts what is due, once, and knows where it stands', async () => {
    await world.post('The digest');
    expect(await world.deliverAll()).toBe(1);
    expect(await world.deliverAll()).toBe(0);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    const place = await findSentMessage(db, world.workspaceId, 'The digest');
    expect(place?.channel).toBe(world.channel);
    expect(place && world.sandbox.message(place)?.text).toBe('The digest');
  });

  it('writes to a person in a direct message, and answers there', async () => {
    const ben = world.sandbox.user('ben')?.id ?? '';
    await world.post('Your reminder', { channel: ben });
    await world.post('One more thing', { channel: ben, parentKey: 'Your reminder' });
    await world.deliverAll();
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
    await world.deliverAll();
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
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual([]);
    await world.letTimePass();
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['Triage']);
  });

  it('leaves nothing in the channel when the message that it answers was deleted, and says so to the lead', async () => {
    await world.post('Triage');
    await world.deliverAll();
    const place = await findSentMessage(db, world.workspaceId, 'Triage');
    await world.clientWithTimeout(5_000).chat.delete({ channel: place?.channel ?? '', ts: place?.ts ?? '' });
    await world.post('Item 1', { parentKey: 'Triage' });
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual([]);
    expect((await listDead(db, world.workspaceId)).map(({ text, error }) => [text, error])).toEqual([
      ['Item 1', 'thread_gone'],
    ]);
    const sent = await db.select().from(outbox).where(eq(outbox.state, 'sent'));
    const notice = sent.find(({ channel }) => channel === world.sandbox.user('ana')?.id);
    expect(notice?.body.text).toContain('Somebody deleted the message');
  });

  it('edits a post in place, with the newest of many edits', async () => {
    await world.post('1 open');
    await world.deliverAll();
    for (const text of ['2 open', '3 open', '4 open']) await world.edit('1 open', text);
    await world.deliverAll();
    expect(world.sees('eng-stability')).toEqual(['4 open']);
    expect(world.calls('chat.update')).toBe(1);
  });

  it('waits as long as Slack says, and does not count that as an attempt', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 17, times: 1 });
    await world.post('The digest');
    await world.deliverAll();
    expect(world.calls('chat.postMessage')).toBe(1);
    expect(world.deliverer.posts.busy(world.deliverer.elapsedMs() + 16_000)).toEqual([placeOf(world)]);
    const [row] = await db.select().from(outbox);
    expect(row).toMatchObject({ attempts: 0, ambiguous: false, state: 'due', leasedBy: null });
    expect((row?.leaseUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(15_000);
    await world.letTimePass();
    await world.deliverAll(world.delivery());
    expect(world.sees('eng-stability')).toEqual(['The digest']);
    expect(world.calls('conversations.history')).toBe(0);
  });

  it('lets other channels go on while one is limited', async () => {
    world.sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 30, times: 1 });
    await world.post('Limited');
    await deliver(world.deliverer);
    await world.post('For Ben', { channel: world.sandbox.user('ben')?.id ?? '' });
    await world.deliverAll();
    expect(await findSentMessage(db, world.workspaceId, 'For Ben')).not.toBeNull();
  });

  it('posts no faster into a channel than its pace', async () => {
    let nowMs = 0;
    const paced = world.delivery({ posts: createPacer({ perSecond: 1, burst: 3 }), elapsedMs: () => nowMs });
    for (let i = 0; i < 6; i += 1) await world.post(`Post ${i}`);
    expect(await world.deliverAll(paced)).toBe(3);
    nowMs = 1_000;
    expect(await world.deliverAll(paced)).toBe(1);
    nowMs = 3_000;
    expect(await world.deliverAll(paced)).toBe(2);
    expect(world.sees('eng-stability')).toHaveLength(6);
  });

  it('tells the lead once what to do when it is not in the channel, and keeps the messages', async () => {
    const billing = world.idOf('billing');
    for (const key of ['First', 'Second']) await world.post(key, { channel: billing });
    await world.post('A reply', { channel: billing, parentKey: 'First' });
    await world.deliverAll();
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
    await world.deliverAll();
    expect(await listDead(db, world.workspaceId)).toHaveLength(2);
  });

  it.each(['message_not_found', 'edit_window_closed', 'cant_update_message'])(
    'lets an edit go that Slack answers with %s',
    async (error) => {
      await world.post('The digest');
      await world.deliverAll();
      world.sandbox.faults.add({ method: 'chat.update', kind: 'fail', error });
      await world.edit('The digest', 'The digest, corrected');
      await world.deliverAll();
      await world.letTimePass();
      await world.deliverAll();
      expect(world.calls('chat.update')).toBe(1);
      expect(await world.stats()).toMatchObject({ due: 0, dead: 0 });
    },
  );

  it('asks a workspace whose token is refused nothing more for a minute', async () => {
    world.sandbox.faults.add({ method: '*', kind: 'fail', error: 'account_inactive' });
    for (const text of ['One', 'Two', 'Three']) await world.post(text, { channel: world.idOf(text) });
    let nowMs = 0;
    const delivery = world.delivery({ elapsedMs: () => nowMs, mostOfOne: 1 });
    await world.deliverAll(delivery);
    expect(world.calls('chat.postMessage')).toBe(1);
    nowMs = 60_000;
    await world.deliverAll(delivery);
    expect(world.calls('chat.postMessage')).toBe(2);
  });

  it('keeps everything while the token is not accepted, and sends it once it is', async () => {
    const fault = world.sandbox.faults.add({ method: '*', kind: 'fail', error: 'token_revoked' });
    let nowMs = 0;
    const delivery = world.delivery({ elapsedMs: () => nowMs });
    await world.post('The digest');
    for (let round = 0; round < 20; round += 1, nowMs += 60_000) {
      await world.deliverAll(delivery);
      await world.letTimePass();
    }
    expect(world.calls('chat.postMessage')).toBe(20);
    fault.remove();
    await world.deliverAll(delivery);
    expect(world.sees('eng-stability')).toEqual(['The digest']);
  });
});
