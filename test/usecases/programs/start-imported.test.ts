import { expect, it } from 'vitest';
import { listPrograms, listWorkspaces, upsertWorkspace } from '../../../src/db/programs/programs.ts';
import { programToImportTo } from '../../../src/import/import-program.ts';
import { startProgram } from '../../../src/usecases/programs/start-program.ts';
import { MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

it.each(databases)(
  'what was imported before the first start belongs to the program that starts, on $name',
  async ({ open }) => {
    const { db, close } = await open();
    const { program, isNew } = await programToImportTo(db, {}, MONDAY);
    expect(isNew).toBe(true);
    await upsertWorkspace(db, { id: 'TACME', name: 'Acme', botUserId: 'UBOT', createdAt: MONDAY });
    const wanted = {
      workspaceId: 'TACME',
      channelId: 'C1',
      name: 'eng-stability',
      timeZone: 'Europe/Vienna',
      leadIds: ['UANA'],
    };
    const started = await startProgram(db, wanted, MONDAY);
    expect(started).toMatchObject({ id: program.id, channelId: 'C1', leadIds: ['UANA'], isDefault: true });
    expect((await listWorkspaces(db)).map(({ id }) => id)).toEqual(['TACME']);
    const second = await startProgram(db, { ...wanted, channelId: 'C2' }, MONDAY);
    expect(second.id).not.toBe(program.id);
    expect(await listPrograms(db, 'TACME')).toHaveLength(2);
    await close();
  },
);
