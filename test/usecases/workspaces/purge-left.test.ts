import { getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { EVERY_TABLE } from '../../../src/db/schema/every-table.ts';
import { maintenanceDays } from '../../../src/db/schema/messages.ts';
import { leaveWorkspaces, serveWorkspace } from '../../../src/db/workspaces/served.ts';
import { GRACE_DAYS, purgeLeft } from '../../../src/usecases/workspaces/purge-left.ts';
import { DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { fillEveryTable } from '../../fill-every-table.ts';

describe.each(databases)('the data of a workspace that the app was taken away from, on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeEach(async () => {
    database = await open();
    db = database.db;
  });
  afterEach(() => database.close());

  const inGrace = later(MONDAY, GRACE_DAYS * DAY_MS - 1);
  const afterGrace = later(MONDAY, GRACE_DAYS * DAY_MS);
  const everything = async () => {
    const found = new Map<string, unknown[]>();
    for (const table of EVERY_TABLE) found.set(getTableName(table), await db.select().from(table));
    return found;
  };

  it('are all gone after the grace, and not a row of its neighbour', async () => {
    await fillEveryTable(db, 'TONE');
    const neighbour = await fillEveryTable(db, 'TTWO');
    await leaveWorkspaces(db, { ids: ['TONE'] }, MONDAY);
    const [purged, ...others] = await purgeLeft(db, afterGrace);
    expect(others).toEqual([]);
    const shared = getTableName(maintenanceDays);
    const names = EVERY_TABLE.map((table) => getTableName(table)).filter((name) => name !== shared);
    expect(Object.keys(purged?.rows ?? {}).sort()).toEqual(names.sort());
    const left = await everything();
    for (const name of names) expect({ [name]: left.get(name) }).toEqual({ [name]: [neighbour.get(name)] });
    expect(left.get(shared)).toHaveLength(2);
  });

  it('stay to the last moment of the grace', async () => {
    await fillEveryTable(db, 'TONE');
    await leaveWorkspaces(db, { ids: ['TONE'] }, MONDAY);
    const before = await everything();
    expect(await purgeLeft(db, inGrace)).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('stay where it has come back', async () => {
    await fillEveryTable(db, 'TONE');
    await leaveWorkspaces(db, { ids: ['TONE'] }, MONDAY);
    await serveWorkspace(db, { id: 'TONE', botUserId: 'UBOT', organisationId: null }, inGrace);
    const before = await everything();
    expect(await purgeLeft(db, afterGrace)).toEqual([]);
    expect(await everything()).toEqual(before);
  });
});
