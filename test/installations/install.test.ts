// @module-tag slow
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installations } from '../../src/db/schema/installations.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { programs, workspaces } from '../../src/db/schema/workspaces.ts';
import { listServed } from '../../src/db/workspaces/served.ts';
import { HOUR_MS } from '../../src/domain/time/durations.ts';
import { databases } from '../databases.ts';
import { HARBOUR_ANA, type OauthWorld, openOauthWorld, PIER_PAULA } from './oauth-world.ts';

describe.each(databases)('workspaces that install the app themselves, on $name', (database) => {
  let world: OauthWorld;
  beforeEach(async () => {
    world = await openOauthWorld(database, { rotates: true });
  });
  afterEach(() => world.close());

  const installedIn = async () => (await world.db.select().from(installations)).map(({ id }) => id).sort();

  it('get a program each from an invitation, and see nothing of each other', async () => {
    const { sandbox, db } = world;
    const { status, page } = await world.install(HARBOUR_ANA);
    expect({ status, page }).toMatchObject({ status: 200, page: expect.stringContaining('/invite @burndown') });
    await world.install(PIER_PAULA);
    expect(await installedIn()).toEqual(['THARBOUR0', 'TPIER0000']);
    const pier = sandbox.workspace('pier');
    const [ana, paula] = [sandbox.person('ana'), pier.person('paula')];
    await ana.invite('billing', 'burndown');
    await paula.invite('stability', 'burndown');
    await ana.sees('Burndown is here', { in: 'billing' });
    await paula.sees('Burndown is here', { in: 'stability' });
    expect((await db.select().from(programs)).map(({ workspaceId, name }) => [workspaceId, name]).sort()).toEqual([
      ['THARBOUR0', '#billing'],
      ['TPIER0000', '#stability'],
    ]);
    const written = await db.select().from(outbox);
    expect(new Set(written.map(({ workspaceId }) => workspaceId))).toEqual(new Set(['THARBOUR0', 'TPIER0000']));
    expect(written.map(({ state }) => state)).not.toContain('dead');
  });

  it('hand over tokens that no row shows in clear', async () => {
    await world.install(HARBOUR_ANA);
    const [row] = await world.db.select().from(installations);
    expect(row?.botToken).toMatch(/^v1:/);
    expect(row?.refreshToken).toMatch(/^v1:/);
    expect(JSON.stringify(row)).not.toContain('xox');
  });

  it('are not installed by a browser that did not begin, nor by somebody who does not agree', async () => {
    const other = await world.install(HARBOUR_ANA, { cookie: 'slack-app-oauth-state=other' });
    expect(other).toMatchObject({ status: 400, page: expect.stringContaining('another browser') });
    const denied = await world.install(HARBOUR_ANA, { answer: 'deny' });
    expect(denied.page).toContain('You did not agree');
    expect(await installedIn()).toEqual([]);
  });

  it('install again without losing anything', async () => {
    await world.install(HARBOUR_ANA);
    const [first] = await world.db.select().from(installations);
    await world.sandbox.clock.step(1_000);
    await world.install(HARBOUR_ANA);
    const [second, ...others] = await world.db.select().from(installations);
    expect(others).toEqual([]);
    expect(second?.botToken).not.toBe(first?.botToken);
    await world.sandbox.person('ana').invite('billing', 'burndown');
    await world.sandbox.person('ana').sees('Burndown is here', { in: 'billing' });
  });

  it('install again with less or more than before, and hear what the bot cannot promise without history', async () => {
    const scopes = async () => (await world.db.select().from(installations))[0]?.scopes ?? [];
    const refused = await world.install(HARBOUR_ANA, { without: ['channels:history'] });
    expect(refused.page).toContain('It may not read history');
    expect(await scopes()).not.toContain('channels:history');
    const ana = world.sandbox.person('ana');
    await ana.invite('billing', 'burndown');
    await ana.sees('Burndown is here', { in: 'billing' });
    const allowed = await world.install(HARBOUR_ANA);
    expect(allowed.page).not.toContain('It may not read history');
    expect(await scopes()).toContain('channels:history');
  });

  it('get the app from their organisation one by one', async () => {
    const { sandbox, db } = world;
    await world.install(`${HARBOUR_ANA} all`);
    expect(await db.select().from(workspaces)).toEqual([]);
    const pier = sandbox.workspace('pier');
    pier.addAppFromOrganisation();
    await sandbox.settled();
    const paula = pier.person('paula');
    await paula.invite('stability', 'burndown');
    await paula.sees('Burndown is here', { in: 'stability' });
    expect(await db.select().from(workspaces)).toMatchObject([
      { id: 'TPIER0000', organisationId: sandbox.organisation?.id, leftAt: null },
    ]);
  });

  it('take the app away again, and their neighbour goes on', async () => {
    const { sandbox, db } = world;
    await world.install(HARBOUR_ANA);
    await world.install(PIER_PAULA);
    sandbox.uninstallApp();
    await sandbox.settled();
    await world.bot.settled(5_000);
    expect(await installedIn()).toEqual(['TPIER0000']);
    expect(await listServed(db)).toEqual(['TPIER0000']);
    const paula = sandbox.workspace('pier').person('paula');
    await paula.invite('stability', 'burndown');
    await paula.sees('Burndown is here', { in: 'stability' });
  });

  it('lose it where their organisation takes it from them', async () => {
    const { sandbox, db } = world;
    await world.install(`${HARBOUR_ANA} all`);
    const pier = sandbox.workspace('pier');
    sandbox.addAppFromOrganisation();
    pier.addAppFromOrganisation();
    await sandbox.settled();
    await world.bot.settled(5_000);
    expect(await listServed(db)).toEqual(['THARBOUR0', 'TPIER0000']);
    pier.takeAppFromOrganisation();
    await sandbox.settled();
    await world.bot.settled(5_000);
    expect(await listServed(db)).toEqual(['THARBOUR0']);
  });

  it('go on for days on tokens that live for hours', async () => {
    await world.install(HARBOUR_ANA);
    for (let i = 0; i < 10; i += 1) await world.pass(5 * HOUR_MS);
    expect(world.sandbox.audit.calls('oauth.v2.access')).toHaveLength(1 + 5);
    await world.sandbox.person('ana').invite('billing', 'burndown');
    await world.sandbox.person('ana').sees('Burndown is here', { in: 'billing' });
  });
});
