import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { holdChannel, markAmbiguous, markDead, markRetry, markSent } from '../../../src/db/messages/outbox-claims.ts';
import { isAnythingDue } from '../../../src/db/messages/waiting-messages.ts';
import { channelPaces, outbox } from '../../../src/db/schema/messages.ts';
import { workspaces } from '../../../src/db/schema/workspaces.ts';
import { databases } from '../../databases.ts';
import { findSentMessage } from './find-sent-message.ts';
import { now, type OutboxWorld, openOutboxWorld } from './outbox-world.ts';

describe.each(databases)('the outbox on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let world: OutboxWorld;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await openOutboxWorld(db);
  });

  it('gives no message out before it is due', async () => {
    await world.post('later', { runAt: new Date('2026-03-02T09:00:00.001Z') });
    expect(await world.claimKeys()).toEqual([]);
    expect(await world.claimKeys({ now: new Date('2026-03-02T09:00:00.001Z') })).toEqual(['later']);
  });

  it('knows whether anything is due, whatever else waits, is being sent or was settled', async () => {
    expect(await isAnythingDue(db, now)).toBe(false);
    await world.post('later', { runAt: new Date('2026-03-02T09:00:00.001Z') });
    await world.post('given up');
    await db.update(outbox).set({ state: 'dead' }).where(eq(outbox.dedupeKey, 'given up'));
    expect(await isAnythingDue(db, now)).toBe(false);
    await world.post('now');
    expect(await isAnythingDue(db, now)).toBe(true);
    expect(await world.claimKeys()).toEqual(['now']);
    expect(await isAnythingDue(db, now)).toBe(false);
    await world.letTimePass();
    expect(await isAnythingDue(db, now)).toBe(true);
    await world.sendAll();
    expect(await isAnythingDue(db, now)).toBe(false);
    expect(await isAnythingDue(db, new Date('2026-03-02T09:00:00.001Z'))).toBe(true);
  });

  it('gives a leased message to nobody else, and after the lease as one that may have been posted', async () => {
    await world.post('k');
    expect(await world.claimKeys()).toEqual(['k']);
    expect(await world.claimKeys({ owner: 'two' })).toEqual([]);
    await world.letTimePass();
    expect(await world.claim({ owner: 'two' })).toMatchObject([{ dedupeKey: 'k', ambiguous: true, attempts: 1 }]);
  });

  it('takes no verdict from an owner whose lease went to another, except that the message was sent', async () => {
    await world.post('k');
    const [first] = await world.claim();
    if (!first) throw new Error('nothing claimed');
    await world.letTimePass();
    await world.claim({ owner: 'two' });
    expect(await markDead(db, { id: first.id, owner: 'one' }, 'not_in_channel')).toBe(false);
    await markRetry(
      db,
      { id: first.id, owner: 'one' },
      { waitMs: 0, error: 'x', countsAsAttempt: true, ambiguous: false },
    );
    expect(await world.claimKeys({ owner: 'three' })).toEqual([]);
    expect(await markSent(db, first.id, { channel: 'C1', ts: '1.1' }, now)).toBeNull();
    expect(await markSent(db, first.id, { channel: 'C1', ts: '2.2' }, now)).toEqual({ channel: 'C1', ts: '1.1' });
    expect(await findSentMessage(db, world.workspaceId, 'k')).toEqual({ channel: 'C1', ts: '1.1' });
  });

  it('lets a message rest as long as it must, by real time and not by the clock of the program', async () => {
    await world.post('k');
    const [first] = await world.claim();
    if (!first) throw new Error('nothing claimed');
    await markAmbiguous(db, { id: first.id, owner: 'one' }, 30_000, 'ECONNRESET');
    expect(await world.claimKeys({ now: new Date('2030-01-01T00:00:00Z') })).toEqual([]);
    await world.letTimePass();
    expect(await world.claim()).toMatchObject([{ ambiguous: true, attempts: 1 }]);
  });

  it('gives out one post of a channel at a time, the oldest, and none of a busy channel', async () => {
    for (const key of ['a1', 'a2']) await world.post(key, { channel: 'CA' });
    for (const key of ['b1', 'b2']) await world.post(key, { channel: 'CB' });
    await world.post('busy', { channel: 'CX' });
    expect(await world.claimKeys({ busyPlaces: [`${world.workspaceId} CX`] })).toEqual(['a1', 'b1']);
  });

  it('keeps the pace of a channel over all replicas, and its own in another workspace', async () => {
    const pace = { perSecond: 1 / 60, burst: 2 };
    for (const key of ['1', '2', '3', '4']) await world.post(key);
    const other = `T${randomUUID()}`;
    await db.insert(workspaces).values({ id: other, name: 'Other', botUserId: 'UBOT', createdAt: now });
    expect(await world.claimKeys({ pace })).toEqual(['1']);
    expect(await world.claimKeys({ pace, owner: 'two' })).toEqual(['2']);
    expect(await world.claimKeys({ pace, owner: 'three' })).toEqual([]);
    await world.post('elsewhere', { workspaceId: other });
    expect(await world.claimKeys({ pace, owner: 'three' })).toEqual(['elsewhere']);
    await db.update(channelPaces).set({ nextAt: sql`next_at - interval '1 minute'` });
    expect(await world.claimKeys({ pace, owner: 'three' })).toEqual(['3']);
    expect(await world.claimKeys({ pace })).toEqual([]);
  });

  it('lets nobody post into a channel that Slack told one replica to leave alone', async () => {
    const pace = { perSecond: 1 / 60, burst: 2 };
    await world.post('k');
    await holdChannel(db, { workspaceId: world.workspaceId, channel: 'C1' }, { waitMs: 30_000, pace });
    const pass = (ms: number) =>
      db.update(channelPaces).set({ nextAt: sql`next_at - ${ms}::float8 * interval '1 ms'` });
    await pass(10_000);
    expect(await world.claimKeys({ pace })).toEqual([]);
    await pass(20_000);
    expect(await world.claimKeys({ pace })).toEqual(['k']);
  });

  it('gives out edits before posts, and no more of them than may go', async () => {
    for (const key of ['a', 'b', 'c']) await world.post(key);
    await world.sendAll();
    await world.post('a post', { channel: 'C2' });
    for (const key of ['a', 'b', 'c']) await world.edit(key, `${key}, edited`);
    expect(await world.claimTexts({ limit: 1 })).toEqual(['a, edited']);
    expect(await world.claimTexts({ mostEdits: 0 })).toEqual(['a post']);
    expect(await world.claimTexts({ mostEdits: 1 })).toEqual(['b, edited']);
  });

  it('makes replies wait for their parent, and sends them in their order', async () => {
    await world.post('parent');
    for (const key of ['reply 1', 'reply 2', 'reply 3']) await world.post(key, { parentKey: 'parent' });
    expect(await world.claimKeys()).toEqual(['parent']);
    expect(await world.claimKeys()).toEqual([]);
    const [parent] = await db.select({ id: outbox.id }).from(outbox).where(eq(outbox.dedupeKey, 'parent'));
    await markSent(db, parent?.id ?? 0, { channel: 'D9', ts: '9.9' }, now);
    expect(await world.claim()).toMatchObject([
      { dedupeKey: 'reply 1', anchor: { key: 'parent', sent: { channel: 'D9', ts: '9.9' } } },
    ]);
    expect(await world.claimKeys()).toEqual([]);
    await world.letTimePass();
    expect(await world.sendAll()).toEqual(['reply 1', 'reply 2', 'reply 3']);
  });

  it('keeps the order of replies under a message of somebody else, too', async () => {
    await world.post('first', { threadTs: '5.5' });
    await world.post('second', { threadTs: '5.5' });
    await world.post('elsewhere', { threadTs: '5.5', channel: 'C2' });
    expect(await world.claimKeys()).toEqual(['first', 'elsewhere']);
    expect(await world.claimKeys()).toEqual([]);
  });

  it('does not let one workspace wait for another', async () => {
    const other = `T${randomUUID()}`;
    await db.insert(workspaces).values({ id: other, name: 'Other', botUserId: 'UBOT', createdAt: now });
    await world.post('k');
    await world.post('k', { workspaceId: other });
    expect(await world.claimKeys()).toEqual(['k', 'k']);
  });

  it('hands out what answers a dead or unknown message as something that has no place', async () => {
    await world.post('parent');
    await world.post('reply', { parentKey: 'parent' });
    await world.post('orphan', { parentKey: 'never enqueued', channel: 'C2' });
    const claimed = await world.claim();
    expect(claimed).toMatchObject([{ dedupeKey: 'parent' }, { dedupeKey: 'orphan', anchor: { sent: null } }]);
    await markDead(db, { id: claimed[0]?.id ?? 0, owner: 'one' }, 'is_archived');
    expect(await world.claim()).toMatchObject([{ dedupeKey: 'reply', anchor: { key: 'parent', sent: null } }]);
  });

  it('gives each message to one of many that ask at once, and every thread in order', async () => {
    for (let thread = 0; thread < 5; thread += 1) {
      await world.post(`p${thread}`, { channel: `C${thread}` });
      for (let reply = 0; reply < 4; reply += 1)
        await world.post(`p${thread}r${reply}`, { channel: `C${thread}`, parentKey: `p${thread}` });
    }
    const sent: string[] = [];
    const work = async (owner: string) => {
      for (let idle = 0; idle < 3; ) {
        const claimed = await world.claim({ owner, limit: 3 });
        idle = claimed.length > 0 ? 0 : idle + 1;
        for (const { id, dedupeKey } of claimed) {
          sent.push(dedupeKey);
          await markSent(db, id, { channel: 'C', ts: `${id}` }, now);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => work(`worker ${i}`)));
    sent.push(...(await world.sendAll()));
    expect(sent).toHaveLength(25);
    expect(new Set(sent).size).toBe(25);
    for (let thread = 0; thread < 5; thread += 1) {
      const ofThread = sent.filter((key) => key.startsWith(`p${thread}`));
      expect(ofThread).toEqual([...ofThread].sort());
    }
  });
});

describe.each(databases)('turns of workspaces on $name', ({ open }) => {
  let close: () => Promise<void>;
  let storm: OutboxWorld;
  let neighbour: OutboxWorld;
  beforeEach(async () => {
    const opened = await open();
    close = opened.close;
    storm = await openOutboxWorld(opened.db);
    neighbour = await openOutboxWorld(opened.db);
  });
  afterEach(() => close());

  const fill = async (messages: number) => {
    for (let i = 0; i < messages; i += 1) await storm.post(`storm ${i}`, { channel: `C${i}` });
    await neighbour.post('neighbour');
  };

  it('one with many messages that came first goes no more often than its neighbour', async () => {
    await fill(30);
    expect((await storm.claimKeys({ limit: 2 })).sort()).toEqual(['neighbour', 'storm 0']);
  });

  it('one may have only so many messages on their way', async () => {
    await fill(30);
    const inFlight = { [storm.workspaceId]: 6 };
    expect((await storm.claimKeys({ mostOfOne: 8, inFlight })).sort()).toEqual(['neighbour', 'storm 0', 'storm 1']);
  });

  it('one whose token is refused rests alone', async () => {
    await fill(3);
    expect(await storm.claimKeys({ heldWorkspaces: [storm.workspaceId] })).toEqual(['neighbour']);
  });

  it('one that has used up its edits leaves those of its neighbour alone', async () => {
    for (const { post, sendAll, edit } of [storm, neighbour]) {
      await post('a');
      await sendAll();
      await edit('a', 'a, edited');
    }
    const claimed = await storm.claim({ mostEdits: 10, fewerEdits: { [storm.workspaceId]: 0 } });
    expect(claimed.map(({ workspaceId }) => workspaceId)).toEqual([neighbour.workspaceId]);
  });

  it('a channel that both share keeps a pace in each', async () => {
    await storm.post('of one');
    await neighbour.post('of the other');
    expect(await storm.claimKeys({ busyPlaces: [`${storm.workspaceId} C1`] })).toEqual(['of the other']);
  });
});
