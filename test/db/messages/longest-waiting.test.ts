import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { listLongestWaiting } from '../../../src/db/messages/dead-letters.ts';
import { later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { now, openOutboxWorld } from './outbox-world.ts';

describe.each(databases)('messages that wait, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('are told of the workspaces where they wait longest, and of no more', async () => {
    const { db } = database;
    const worlds = [];
    for (let i = 0; i < 3; i += 1) worlds.push(await openOutboxWorld(db));
    for (const [i, { post }] of worlds.entries()) {
      await post('soon', { runAt: later(now, 60_000) });
      await post('waits', { runAt: later(now, -(i + 1) * 60_000) });
    }
    const [, second, third] = worlds.map(({ workspaceId }) => workspaceId);
    expect(await listLongestWaiting(db, now, 2)).toEqual([
      { workspaceId: third, ageSeconds: 180 },
      { workspaceId: second, ageSeconds: 120 },
    ]);
    expect(await listLongestWaiting(db, later(now, -180_000), 2)).toEqual([]);
  });
});
