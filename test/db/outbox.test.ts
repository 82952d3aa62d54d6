import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../src/db/client.ts';
import { listDead, outboxStats, redrive } from '../../src/db/dead-letters.ts';
import { enqueuePost, enqueueUpdate, findMessageAt, findSentMessage } from '../../src/db/outbox.ts';
import {
  type Claim,
  claimDue,
  holdChannel,
  markAmbiguous,
  markDead,
  markRetry,
  markSent,
} from '../../src/db/outbox-claims.ts';
import { channelPaces, outbox } from '../../src/db/schema/messages.ts';
import { workspaces } from '../../src/db/schema/workspaces.ts';
import { databases } from '../databases.ts';

const now = new Date('2026-03-02T09:00:00Z');
const says = (text: string) => ({ text, blocks: [] });

describe.each(databases)('the outbox on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let workspaceId: string;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await db.delete(outbox);
    workspaceId = `T${randomUUID()}`;
    await db.insert(workspaces).values({ id: workspaceId, name: 'Harbour', botUserId: 'UBOT', createdAt: now });
  });

  const post = (dedupeKey: string, over: Partial<Parameters<typeof enqueuePost>[1]> = {}) =>
    enqueuePost(db, { workspaceId, dedupeKey, channel: 'C1', body: says(dedupeKey), runAt: now, ...over });
  const edit = (targetKey: string, text: string, over: Partial<Parameters<typeof enqueueUpdate>[1]> = {}) =>
    enqueueUpdate(db, { workspaceId, targetKey, channel: 'C1', body: says(text), runAt: now, ...over });
  const claim = (over: Partial<Claim> = {}) =>
    claimDue(db, { now, owner: 'one', leaseMs: 60_000, limit: 100, ...over });
  const claimKeys = async (over: Partial<Claim> = {}) => (await claim(over)).map(({ dedupeKey }) => dedupeKey);
  const claimTexts = async (over: Partial<Claim> = {}) => (await claim(over)).map(({ body }) => body.text);
  const sendAll = async (over: Partial<Claim> = {}) => {
    const texts: string[] = [];
    for (let claimed = await claim(over); claimed.length > 0; claimed = await claim(over))
      for (const { id, body } of claimed) {
        texts.push(body.text);
        await markSent(db, id, { channel: 'C1', ts: `${id}.0001` }, now);
      }
    return texts;
  };
  const letTimePass = () => db.update(outbox).set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` });

  it('keeps a message once, however often it is enqueued', async () => {
    expect(await post('digest:1')).toBe(true);
    expect(await post('digest:1', { body: says('another wording') })).toBe(false);
    expect(await sendAll()).toEqual(['digest:1']);
  });

  it('forgets a message whose transaction failed', async () => {
    const broken = db.transaction(async (tx) => {
      await enqueuePost(tx as unknown as Db, {
        workspaceId,
        dedupeKey: 'k',
        channel: 'C1',
        body: says('k'),
        runAt: now,
      });
      throw new Error('the decision failed');
    });
    await expect(broken).rejects.toThrow('the decision failed');
    expect(await claim()).toEqual([]);
  });

  it('hands over a body as it was enqueued, whatever is in it', async () => {
    const body = {
      text: `'; drop table outbox; -- \\ " \u2028 🔥 <!channel>`,
      blocks: [{ type: 'divider' }, { nested: [null, 1] }],
    };
    await post('hostile', { body, channel: "C'1" });
    const [claimed] = await claim({ busyChannels: ["C'2", 'C3'] });
    expect(claimed).toMatchObject({
      body,
      channel: "C'1",
      createdAt: now,
      attempts: 0,
      ambiguous: false,
      anchor: null,
    });
  });

  it('gives no message out before it is due', async () => {
    await post('later', { runAt: new Date('2026-03-02T09:00:00.001Z') });
    expect(await claimKeys()).toEqual([]);
    expect(await claimKeys({ now: new Date('2026-03-02T09:00:00.001Z') })).toEqual(['later']);
  });

  it('gives a leased message to nobody else, and after the lease as one that may have been posted', async () => {
    await post('k');
    expect(await claimKeys()).toEqual(['k']);
    expect(await claimKeys({ owner: 'two' })).toEqual([]);
    await letTimePass();
    expect(await claim({ owner: 'two' })).toMatchObject([{ dedupeKey: 'k', ambiguous: true, attempts: 1 }]);
  });

  it('takes no verdict from an owner whose lease went to another, except that the message was sent', async () => {
    await post('k');
    const [first] = await claim();
    if (!first) throw new Error('nothing claimed');
    await letTimePass();
    await claim({ owner: 'two' });
    expect(await markDead(db, { id: first.id, owner: 'one' }, 'not_in_channel')).toBe(false);
    await markRetry(
      db,
      { id: first.id, owner: 'one' },
      { waitMs: 0, error: 'x', countsAsAttempt: true, ambiguous: false },
    );
    expect(await claimKeys({ owner: 'three' })).toEqual([]);
    await markSent(db, first.id, { channel: 'C1', ts: '1.1' }, now);
    await markSent(db, first.id, { channel: 'C1', ts: '2.2' }, now);
    expect(await findSentMessage(db, workspaceId, 'k')).toEqual({ channel: 'C1', ts: '1.1' });
  });

  it('lets a message rest as long as it must, by real time and not by the clock of the program', async () => {
    await post('k');
    const [first] = await claim();
    if (!first) throw new Error('nothing claimed');
    await markAmbiguous(db, { id: first.id, owner: 'one' }, 30_000, 'ECONNRESET');
    expect(await claimKeys({ now: new Date('2030-01-01T00:00:00Z') })).toEqual([]);
    await letTimePass();
    expect(await claim()).toMatchObject([{ ambiguous: true, attempts: 1 }]);
  });

  it('gives out one post of a channel at a time, the oldest, and none of a busy channel', async () => {
    for (const key of ['a1', 'a2']) await post(key, { channel: 'CA' });
    for (const key of ['b1', 'b2']) await post(key, { channel: 'CB' });
    await post('busy', { channel: 'CX' });
    expect(await claimKeys({ busyChannels: ['CX'] })).toEqual(['a1', 'b1']);
  });

  it('keeps the pace of a channel over all replicas, and its own in another workspace', async () => {
    const pace = { perSecond: 1 / 60, burst: 2 };
    for (const key of ['1', '2', '3', '4']) await post(key);
    const other = `T${randomUUID()}`;
    await db.insert(workspaces).values({ id: other, name: 'Other', botUserId: 'UBOT', createdAt: now });
    expect(await claimKeys({ pace })).toEqual(['1']);
    expect(await claimKeys({ pace, owner: 'two' })).toEqual(['2']);
    expect(await claimKeys({ pace, owner: 'three' })).toEqual([]);
    await post('elsewhere', { workspaceId: other });
    expect(await claimKeys({ pace, owner: 'three' })).toEqual(['elsewhere']);
    await db.update(channelPaces).set({ nextAt: sql`next_at - interval '1 minute'` });
    expect(await claimKeys({ pace, owner: 'three' })).toEqual(['3']);
    expect(await claimKeys({ pace })).toEqual([]);
  });

  it('lets nobody post into a channel that Slack told one replica to leave alone', async () => {
    const pace = { perSecond: 1 / 60, burst: 2 };
    await post('k');
    await holdChannel(db, { workspaceId, channel: 'C1' }, { waitMs: 30_000, pace });
    const pass = (ms: number) =>
      db.update(channelPaces).set({ nextAt: sql`next_at - ${ms}::float8 * interval '1 ms'` });
    await pass(10_000);
    expect(await claimKeys({ pace })).toEqual([]);
    await pass(20_000);
    expect(await claimKeys({ pace })).toEqual(['k']);
  });

  it('gives out edits before posts, and no more of them than may go', async () => {
    for (const key of ['a', 'b', 'c']) await post(key);
    await sendAll();
    await post('a post', { channel: 'C2' });
    for (const key of ['a', 'b', 'c']) await edit(key, `${key}, edited`);
    expect(await claimTexts({ limit: 1 })).toEqual(['a, edited']);
    expect(await claimTexts({ mostEdits: 0 })).toEqual(['a post']);
    expect(await claimTexts({ mostEdits: 1 })).toEqual(['b, edited']);
  });

  it('makes replies wait for their parent, and sends them in their order', async () => {
    await post('parent');
    for (const key of ['reply 1', 'reply 2', 'reply 3']) await post(key, { parentKey: 'parent' });
    expect(await claimKeys()).toEqual(['parent']);
    expect(await claimKeys()).toEqual([]);
    const [parent] = await db.select({ id: outbox.id }).from(outbox).where(eq(outbox.dedupeKey, 'parent'));
    await markSent(db, parent?.id ?? 0, { channel: 'D9', ts: '9.9' }, now);
    expect(await claim()).toMatchObject([
      { dedupeKey: 'reply 1', anchor: { key: 'parent', sent: { channel: 'D9', ts: '9.9' } } },
    ]);
    expect(await claimKeys()).toEqual([]);
    await letTimePass();
    expect(await sendAll()).toEqual(['reply 1', 'reply 2', 'reply 3']);
  });

  it('keeps the order of replies under a message of somebody else, too', async () => {
    await post('first', { threadTs: '5.5' });
    await post('second', { threadTs: '5.5' });
    await post('elsewhere', { threadTs: '5.5', channel: 'C2' });
    expect(await claimKeys()).toEqual(['first', 'elsewhere']);
    expect(await claimKeys()).toEqual([]);
  });

  it('does not let one workspace wait for another', async () => {
    const other = `T${randomUUID()}`;
    await db.insert(workspaces).values({ id: other, name: 'Other', botUserId: 'UBOT', createdAt: now });
    await post('k');
    await post('k', { workspaceId: other });
    expect(await claimKeys()).toEqual(['k', 'k']);
  });

  it('hands out what answers a dead or unknown message as something that has no place', async () => {
    await post('parent');
    await post('reply', { parentKey: 'parent' });
    await post('orphan', { parentKey: 'never enqueued', channel: 'C2' });
    const claimed = await claim();
    expect(claimed).toMatchObject([{ dedupeKey: 'parent' }, { dedupeKey: 'orphan', anchor: { sent: null } }]);
    await markDead(db, { id: claimed[0]?.id ?? 0, owner: 'one' }, 'is_archived');
    expect(await claim()).toMatchObject([{ dedupeKey: 'reply', anchor: { key: 'parent', sent: null } }]);
  });

  describe('edits', () => {
    it('change a post that has not gone out, instead of following it', async () => {
      await post('k');
      await edit('k', 'newer');
      expect(await sendAll()).toEqual(['newer']);
    });

    it('change a post that Slack turned away for now, since nothing of it is there', async () => {
      await post('k');
      const [first] = await claim();
      await markRetry(
        db,
        { id: first?.id ?? 0, owner: 'one' },
        { waitMs: 0, error: 'ratelimited', countsAsAttempt: false, ambiguous: false },
      );
      await edit('k', 'newer');
      expect(await sendAll()).toEqual(['newer']);
    });

    it('follow a post that is on its way or may be there', async () => {
      await post('k');
      const [first] = await claim();
      await edit('k', 'after the first attempt');
      await markAmbiguous(db, { id: first?.id ?? 0, owner: 'one' }, 0, 'ECONNRESET');
      await edit('k', 'after the lost answer');
      expect(await sendAll()).toEqual(['k', 'after the lost answer']);
    });

    it('of the same post coalesce to the newest', async () => {
      await post('k');
      await sendAll();
      for (let i = 1; i <= 20; i += 1) await edit('k', `${i} decided`);
      expect(await sendAll()).toEqual(['20 decided']);
    });

    it('wait while an older edit of the same post is on its way', async () => {
      await post('k');
      await sendAll();
      await edit('k', 'older');
      expect(await claimTexts()).toEqual(['older']);
      await edit('k', 'newer');
      expect(await claimTexts()).toEqual([]);
      await letTimePass();
      expect(await sendAll()).toEqual(['older', 'newer']);
    });

    it('of different posts do not touch each other', async () => {
      for (const key of ['a', 'b']) await post(key);
      await sendAll();
      await edit('a', 'a, edited');
      await edit('b', 'b, edited');
      expect(await sendAll()).toEqual(['a, edited', 'b, edited']);
    });

    it('with a key of their own happen once', async () => {
      await post('k');
      await sendAll();
      await edit('k', 'closed', { dedupeKey: 'close:7' });
      expect(await sendAll()).toEqual(['closed']);
      await edit('k', 'closed', { dedupeKey: 'close:7' });
      expect(await sendAll()).toEqual([]);
    });
  });

  it('knows a clicked message by its place, and a post by its key', async () => {
    await post('k');
    expect(await findSentMessage(db, workspaceId, 'k')).toBeNull();
    const [claimed] = await claim();
    await markSent(db, claimed?.id ?? 0, { channel: 'D7', ts: '1772.0042' }, now);
    await edit('k', 'edited');
    await sendAll();
    expect(await findSentMessage(db, workspaceId, 'k')).toEqual({ channel: 'D7', ts: '1772.0042' });
    expect(await findMessageAt(db, workspaceId, 'D7', '1772.0042')).toBe('k');
    expect(await findMessageAt(db, workspaceId, 'D8', '1772.0042')).toBeNull();
    expect(await findMessageAt(db, 'TOTHER', 'D7', '1772.0042')).toBeNull();
  });

  it('lists what died with its reason, and redrives a thread with its replies', async () => {
    await post('parent', { channel: 'CARCHIVED' });
    await post('reply', { channel: 'CARCHIVED', parentKey: 'parent' });
    await post('other', { channel: 'CGONE' });
    for (let claimed = await claim(); claimed.length > 0; claimed = await claim())
      for (const { id } of claimed) await markDead(db, { id, owner: 'one' }, 'is_archived');
    expect((await listDead(db, workspaceId)).map(({ dedupeKey, error, text }) => [dedupeKey, error, text])).toEqual([
      ['other', 'is_archived', 'other'],
      ['reply', 'is_archived', 'reply'],
      ['parent', 'is_archived', 'parent'],
    ]);
    expect(await outboxStats(db, now)).toMatchObject({ due: 0, dead: 3, oldestAgeSeconds: 0 });
    const [parent] = await db.select({ id: outbox.id }).from(outbox).where(eq(outbox.dedupeKey, 'parent'));
    expect(await redrive(db, workspaceId, { ids: [parent?.id ?? 0] })).toBe(2);
    expect(await sendAll()).toEqual(['parent', 'reply']);
    expect(await redrive(db, workspaceId, { channel: 'CELSE' })).toBe(0);
    expect(await redrive(db, workspaceId)).toBe(1);
    expect(await sendAll()).toEqual(['other']);
  });

  it('knows how much waits and for how long', async () => {
    expect(await outboxStats(db, now)).toEqual({ due: 0, ambiguous: 0, dead: 0, oldestAgeSeconds: 0 });
    await post('a');
    await post('b', { runAt: new Date('2026-03-02T08:59:00Z') });
    expect(await outboxStats(db, now)).toEqual({ due: 2, ambiguous: 0, dead: 0, oldestAgeSeconds: 60 });
  });

  it('gives each message to one of many that ask at once, and every thread in order', async () => {
    for (let thread = 0; thread < 5; thread += 1) {
      await post(`p${thread}`, { channel: `C${thread}` });
      for (let reply = 0; reply < 4; reply += 1)
        await post(`p${thread}r${reply}`, { channel: `C${thread}`, parentKey: `p${thread}` });
    }
    const sent: string[] = [];
    const work = async (owner: string) => {
      for (let idle = 0; idle < 3; ) {
        const claimed = await claim({ owner, limit: 3 });
        idle = claimed.length > 0 ? 0 : idle + 1;
        for (const { id, dedupeKey } of claimed) {
          sent.push(dedupeKey);
          await markSent(db, id, { channel: 'C', ts: `${id}` }, now);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => work(`worker ${i}`)));
    sent.push(...(await sendAll()));
    expect(sent).toHaveLength(25);
    expect(new Set(sent).size).toBe(25);
    for (let thread = 0; thread < 5; thread += 1) {
      const ofThread = sent.filter((key) => key.startsWith(`p${thread}`));
      expect(ofThread).toEqual([...ofThread].sort());
    }
  });
});
