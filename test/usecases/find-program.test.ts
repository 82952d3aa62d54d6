import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../src/db/client.ts';
import { areas } from '../../src/db/schema/workspaces.ts';
import { Refusal } from '../../src/domain/refusal.ts';
import { programAndAreasOf, programOf } from '../../src/usecases/find-program.ts';
import { aProgram } from '../builders.ts';
import { databases } from '../databases.ts';

describe.each(databases)('the program of a channel on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('is its own, else the first default one of the workspace, and never that of another workspace', async () => {
    const { db } = database;
    const first = await aProgram(db, { channelId: 'C1', isDefault: true });
    const { workspaceId } = first;
    const own = await aProgram(db, { workspaceId, channelId: 'C2', isDefault: false });
    await aProgram(db, { channelId: 'C9', isDefault: true });
    const ids = async (...channels: (string | undefined)[]) =>
      Promise.all(channels.map(async (channel) => (await programOf(db, workspaceId, channel)).id));
    expect(await ids('C1', 'C2', 'C9', 'C404', undefined)).toEqual([first.id, own.id, first.id, first.id, first.id]);
    await expect(programOf(db, 'T-elsewhere', 'C1')).rejects.toThrow(Refusal);
  });

  it('comes with its own areas in their order, or with none', async () => {
    const { db } = database;
    const program = await aProgram(db, { channelId: 'C5' });
    const bare = await aProgram(db, { workspaceId: program.workspaceId, channelId: 'C6', isDefault: false });
    await db.delete(areas);
    const named = (name: string, position: number) => ({ programId: program.id, name, position });
    await db.insert(areas).values([named('sync', 2), named('billing', 0), named('login', 1)]);
    const of = async (channelId: string) => programAndAreasOf(db, program.workspaceId, channelId);
    const found = await of('C5');
    expect(found.areas.map(({ name }) => name)).toEqual(['billing', 'login', 'sync']);
    expect(await of('C6')).toEqual({ program: await programOf(db, bare.workspaceId, 'C6'), areas: [] });
  });
});
