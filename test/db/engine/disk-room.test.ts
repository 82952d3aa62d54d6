import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { watchRoom } from '../../../src/db/engine/disk-room.ts';
import { databases } from '../../databases.ts';

const FULL = sql.raw(`do $$ begin raise 'no space left' using errcode = '53100'; end $$`);

it('there is no room from a write that found none until room can be taken', async () => {
  let takes = 0;
  const room = watchRoom(async () => {
    takes += 1;
    if (takes < 3) throw new Error('no space left');
  });
  room.noteError(new Error('some other trouble'));
  expect(await room.hasRoom()).toBe(true);
  room.noteError(Object.assign(new Error('could not extend file'), { code: '53100' }));
  expect([await room.hasRoom(), await room.hasRoom(), await room.hasRoom(), await room.hasRoom()]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(takes).toBe(3);
});

describe.each(databases)('$name', ({ openNew }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openNew();
  });
  afterAll(() => database.close());

  it.each([
    ['a statement', () => database.db.execute(FULL)],
    ['a transaction', () => database.db.transaction((tx) => tx.execute(FULL))],
  ])('has no room once %s has found none, until as much can be written again', async (_, fails) => {
    const { db, hasRoom } = database;
    // A table of that name stands in the way as a full disk does.
    await db.execute(sql`create table room_on_disk ()`);
    expect(await hasRoom?.()).toBe(true);
    await expect(fails()).rejects.toThrow();
    expect(await hasRoom?.()).toBe(false);
    await db.execute(sql`drop table room_on_disk`);
    expect(await hasRoom?.()).toBe(true);
    await db.execute(sql`create table room_on_disk ()`);
    expect(await hasRoom?.()).toBe(true);
    await db.execute(sql`drop table room_on_disk`);
  });
});
