import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { listDead, outboxStats, redrive } from '../../../src/db/messages/dead-letters.ts';
import { enqueuePost } from '../../../src/db/messages/outbox.ts';
import { markAmbiguous, markDead, markRetry, markSent } from '../../../src/db/messages/outbox-claims.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { databases } from '../../databases.ts';
import { findSentMessage } from './find-sent-message.ts';
import { now, type OutboxWorld, openOutboxWorld, says } from './outbox-world.ts';

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

  it('keeps a message once, however often it is enqueued', async () => {
    expect(await world.post('digest:1')).toBe(true);
    expect(await world.post('digest:1', { body: says('another wording') })).toBe(false);
    expect(await world.sendAll()).toEqual(['digest:1']);
  });

  it('forgets a message whose transaction failed', async () => {
    const broken = db.transaction(async (tx) => {
      await enqueuePost(tx as unknown as Db, {
        workspaceId: world.workspaceId,
        dedupeKey: 'k',
        channel: 'C1',
        body: says('k'),
        runAt: now,
      });
      throw new Error('the decision failed');
    });
    await expect(broken).rejects.toThrow('the decision failed');
    expect(await world.claim()).toEqual([]);
  });

  it('hands over a body as it was enqueued, whatever is in it', async () => {
    const body = {
      text: `'; drop table outbox; -- \\ " \u2028 🔥 <!channel>`,
      blocks: [{ type: 'divider' }, { nested: [null, 1] }],
    };
    await world.post('hostile', { body, channel: "C'1" });
    const [claimed] = await world.claim({ busyPlaces: [`${world.workspaceId} C'2`, `${world.workspaceId} C3`] });
    expect(claimed).toMatchObject({
      body,
      channel: "C'1",
      createdAt: now,
      attempts: 0,
      ambiguous: false,
      anchor: null,
    });
  });

  describe('edits', () => {
    it('change a post that has not gone out, instead of following it', async () => {
      await world.post('k');
      await world.edit('k', 'newer');
      expect(await world.sendAll()).toEqual(['newer']);
    });

    it('change a post that Slack turned away for now, since nothing of it is there', async () => {
      await world.post('k');
      const [first] = await world.claim();
      await markRetry(
        db,
        { id: first?.id ?? 0, owner: 'one' },
        { waitMs: 0, error: 'ratelimited', countsAsAttempt: false, ambiguous: false },
      );
      await world.edit('k', 'newer');
      expect(await world.sendAll()).toEqual(['newer']);
    });

    it('follow a post that is on its way or may be there', async () => {
      await world.post('k');
      const [first] = await world.claim();
      await world.edit('k', 'after the first attempt');
      await markAmbiguous(db, { id: first?.id ?? 0, owner: 'one' }, 0, 'ECONNRESET');
      await world.edit('k', 'after the lost answer');
      expect(await world.sendAll()).toEqual(['k', 'after the lost answer']);
    });

    it('of the same post coalesce to the newest', async () => {
      await world.post('k');
      await world.sendAll();
      for (let i = 1; i <= 20; i += 1) await world.edit('k', `${i} decided`);
      expect(await world.sendAll()).toEqual(['20 decided']);
    });

    it('wait while an older edit of the same post is on its way', async () => {
      await world.post('k');
      await world.sendAll();
      await world.edit('k', 'older');
      expect(await world.claimTexts()).toEqual(['older']);
      await world.edit('k', 'newer');
      expect(await world.claimTexts()).toEqual([]);
      await world.letTimePass();
      expect(await world.sendAll()).toEqual(['older', 'newer']);
    });

    it('of different posts do not touch each other', async () => {
      for (const key of ['a', 'b']) await world.post(key);
      await world.sendAll();
      await world.edit('a', 'a, edited');
      await world.edit('b', 'b, edited');
      expect(await world.sendAll()).toEqual(['a, edited', 'b, edited']);
    });

    it('with a key of their own happen once', async () => {
      await world.post('k');
      await world.sendAll();
      await world.edit('k', 'closed', { dedupeKey: 'close:7' });
      expect(await world.sendAll()).toEqual(['closed']);
      await world.edit('k', 'closed', { dedupeKey: 'close:7' });
      expect(await world.sendAll()).toEqual([]);
    });
  });

  it('knows where a post stands once it is sent', async () => {
    await world.post('k');
    expect(await findSentMessage(db, world.workspaceId, 'k')).toBeNull();
    const [claimed] = await world.claim();
    await markSent(db, claimed?.id ?? 0, { channel: 'D7', ts: '1772.0042' }, now);
    await world.edit('k', 'edited');
    await world.sendAll();
    expect(await findSentMessage(db, world.workspaceId, 'k')).toEqual({ channel: 'D7', ts: '1772.0042' });
  });

  it('lists what died with its reason, and redrives a thread with its replies', async () => {
    await world.post('parent', { channel: 'CARCHIVED' });
    await world.post('reply', { channel: 'CARCHIVED', parentKey: 'parent' });
    await world.post('other', { channel: 'CGONE' });
    for (let claimed = await world.claim(); claimed.length > 0; claimed = await world.claim())
      for (const { id } of claimed) await markDead(db, { id, owner: 'one' }, 'is_archived');
    expect(
      (await listDead(db, world.workspaceId)).map(({ dedupeKey, error, text }) => [dedupeKey, error, text]),
    ).toEqual([
      ['other', 'is_archived', 'other'],
      ['reply', 'is_archived', 'reply'],
      ['parent', 'is_archived', 'parent'],
    ]);
    expect(await outboxStats(db, now)).toMatchObject({ due: 0, dead: 3, oldestAgeSeconds: 0 });
    const [parent] = await db.select({ id: outbox.id }).from(outbox).where(eq(outbox.dedupeKey, 'parent'));
    expect(await redrive(db, world.workspaceId, { ids: [parent?.id ?? 0] })).toBe(2);
    expect(await world.sendAll()).toEqual(['parent', 'reply']);
    expect(await redrive(db, world.workspaceId, { channel: 'CELSE' })).toBe(0);
    expect(await redrive(db, world.workspaceId)).toBe(1);
    expect(await world.sendAll()).toEqual(['other']);
  });

  it('knows how much waits and for how long', async () => {
    expect(await outboxStats(db, now)).toEqual({ due: 0, ambiguous: 0, dead: 0, oldestAgeSeconds: 0 });
    await world.post('a');
    await world.post('b', { runAt: new Date('2026-03-02T08:59:00Z') });
    expect(await outboxStats(db, now)).toEqual({ due: 2, ambiguous: 0, dead: 0, oldestAgeSeconds: 60 });
  });
});
