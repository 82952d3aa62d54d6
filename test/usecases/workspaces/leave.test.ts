import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { enqueuePost } from '../../../src/db/messages/outbox.ts';
import { claimDue } from '../../../src/db/messages/outbox-claims.ts';
import { isAnythingDue } from '../../../src/db/messages/waiting-messages.ts';
import { installations } from '../../../src/db/schema/installations.ts';
import { findInstallationOf } from '../../../src/db/workspaces/installations.ts';
import { listServed } from '../../../src/db/workspaces/served.ts';
import { giveApp } from '../../../src/usecases/workspaces/give-app.ts';
import { installApp } from '../../../src/usecases/workspaces/install-app.ts';
import { leave, takeAway } from '../../../src/usecases/workspaces/leave.ts';
import { HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { someKeys } from '../../some-keys.ts';

describe.each(databases)('where the app is taken away, on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeEach(async () => {
    database = await open();
    db = database.db;
  });
  afterEach(() => database.close());

  const install = (id: string, at = MONDAY) =>
    installApp(db, someKeys, {
      ...{ id, isOrganisation: id.startsWith('E'), name: id, botId: 'B', botUserId: 'UBOT', scopes: [] },
      ...{ installedBy: 'UANA', installedAt: at, botToken: `of ${id}`, refreshToken: null, tokenExpiresAt: null },
    });
  const post = (workspaceId: string) =>
    enqueuePost(db, {
      ...{ workspaceId, dedupeKey: 'hello', channel: 'C1', body: { text: workspaceId, blocks: [] }, runAt: MONDAY },
    });
  const claimed = async () =>
    (await claimDue(db, { now: MONDAY, owner: 'me', leaseMs: 1, limit: 10 })).map(({ workspaceId }) => workspaceId);
  const tokenOf = async (id: string) => (await findInstallationOf(db, someKeys, id))?.botToken ?? null;
  const at = (hours: number) => later(MONDAY, hours * HOUR_MS);

  it('nothing more is sent, its tokens are forgotten, and its neighbour goes on', async () => {
    await install('TONE');
    await install('TTWO');
    await post('TONE');
    await post('TTWO');
    await leave(db, { id: 'TONE', isOrganisation: false }, at(1));
    expect(await claimed()).toEqual(['TTWO']);
    expect(await tokenOf('TONE')).toBeNull();
    expect(await tokenOf('TTWO')).toBe('of TTWO');
    expect((await db.select().from(installations)).map(({ id }) => id)).toEqual(['TTWO']);
    await leave(db, { id: 'TTWO', isOrganisation: false }, at(1));
    expect(await isAnythingDue(db, at(2))).toBe(false);
  });

  it('news of a removal that come after the next installation change nothing', async () => {
    await install('TONE', at(0));
    await install('TONE', at(2));
    await leave(db, { id: 'TONE', isOrganisation: false }, at(1));
    expect(await tokenOf('TONE')).toBe('of TONE');
    expect(await listServed(db)).toEqual(['TONE']);
  });

  it('what waited goes out once it is installed again', async () => {
    await install('TONE');
    await post('TONE');
    await leave(db, { id: 'TONE', isOrganisation: false }, at(1));
    await install('TONE', at(2));
    expect(await claimed()).toEqual(['TONE']);
  });

  it('an organisation takes it from one workspace, and with its own removal from all', async () => {
    await install('EALL');
    await install('TOTHER');
    await giveApp(db, { organisationId: 'EALL', workspaceIds: ['TONE', 'TTWO'] }, at(1));
    expect(await tokenOf('TONE')).toBe('of EALL');
    await takeAway(db, { organisationId: 'EALL', workspaceIds: ['TONE', 'TOTHER'] }, at(2));
    expect(await listServed(db)).toEqual(['TOTHER', 'TTWO']);
    await leave(db, { id: 'EALL', isOrganisation: true }, at(3));
    expect(await listServed(db)).toEqual(['TOTHER']);
    expect(await tokenOf('TTWO')).toBeNull();
  });

  it.each([
    ['given, then taken', [1, 2], false],
    ['taken, then given', [2, 1], true],
  ])(
    'what an organisation did last counts, in whichever order it is told: %s',
    async (_, [given = 0, taken = 0], isServed) => {
      await install('EALL');
      await giveApp(db, { organisationId: 'EALL', workspaceIds: ['TONE'] }, at(0));
      const share = { organisationId: 'EALL', workspaceIds: ['TONE'] };
      const told = [() => giveApp(db, share, at(given)), () => takeAway(db, share, at(taken))];
      for (const tell of told) await tell();
      expect(await listServed(db)).toEqual(isServed ? ['TONE'] : []);
      for (const tell of told.reverse()) await tell();
      expect(await listServed(db)).toEqual(isServed ? ['TONE'] : []);
    },
  );

  it('an organisation that has not installed the app gives it to nobody', async () => {
    await install('TONE');
    await giveApp(db, { organisationId: 'EOTHER', workspaceIds: ['TONE', 'TNEW'] }, at(1));
    await giveApp(db, { organisationId: 'TONE', workspaceIds: ['TNEW'] }, at(1));
    expect(await listServed(db)).toEqual(['TONE']);
    expect(await takeAway(db, { organisationId: 'EOTHER', workspaceIds: ['TONE'] }, at(2))).toEqual([]);
  });
});
