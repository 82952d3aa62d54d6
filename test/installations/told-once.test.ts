// @module-tag slow
import { ne, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedRequest } from '../../bench/kit/signed-request.ts';
import { installations } from '../../src/db/schema/installations.ts';
import { requests } from '../../src/db/schema/messages.ts';
import { listServed } from '../../src/db/workspaces/served.ts';
import { databases } from '../databases.ts';
import { type Death, mortal } from '../requests/once/mortal-database.ts';
import { HARBOUR_ANA, type OauthWorld, openOauthWorld, PIER_PAULA } from './oauth-world.ts';

const DEATHS: Death[] = ['before the work', 'after the commit'];

describe.each(databases)(
  'that the app came or went is not lost with the process that acked it, on $name',
  (database) => {
    let world: OauthWorld;
    let dies: (where: Death | undefined) => void;
    beforeEach(async () => {
      const mortalDatabase = mortal(await database.open());
      dies = mortalDatabase.dies;
      const open = async () => mortalDatabase.opened;
      world = await openOauthWorld({ name: database.name, open, openNew: open });
    });
    afterEach(() => world.close());

    const isInstalledIn = async () => (await world.db.select().from(installations)).map(({ id }) => id).sort();
    const waiting = async () => (await world.db.select().from(requests).where(ne(requests.state, 'closed'))).length;

    /** What came in while its process was dying, and then another process. */
    async function dying(where: Death, happens: () => void, events: number): Promise<void> {
      dies(where);
      happens();
      await world.sandbox.settled();
      await expect.poll(waiting).toBe(events);
      dies(undefined);
    }
    async function anotherProcess(): Promise<void> {
      await world.db
        .update(requests)
        .set({ leaseUntil: sql`clock_timestamp() - interval '1 second'` })
        .where(ne(requests.state, 'closed'));
      await world.bot.beat();
      await expect.poll(waiting).toBe(0);
    }

    it.each(DEATHS)('where a workspace takes it away: its process dies %s', async (where) => {
      await world.install(HARBOUR_ANA);
      await world.install(PIER_PAULA);
      await dying(where, () => world.sandbox.uninstallApp(), 2);
      await anotherProcess();
      expect(await isInstalledIn()).toEqual(['TPIER0000']);
      expect(await listServed(world.db)).toEqual(['TPIER0000']);
    });

    it('where it is installed again before another process hears that it was taken away', async () => {
      await world.install(HARBOUR_ANA);
      await dying('before the work', () => world.sandbox.uninstallApp(), 2);
      await world.sandbox.clock.step(1_000);
      await world.install(HARBOUR_ANA);
      await anotherProcess();
      expect(await isInstalledIn()).toEqual(['THARBOUR0']);
      expect(await listServed(world.db)).toEqual(['THARBOUR0']);
    });

    it.each(DEATHS)('where an organisation gives it and takes it: its process dies %s', async (where) => {
      await world.install(`${HARBOUR_ANA} all`);
      const pier = world.sandbox.workspace('pier');
      await dying(where, () => pier.addAppFromOrganisation(), 1);
      await anotherProcess();
      expect(await listServed(world.db)).toEqual(['TPIER0000']);
      await dying(where, () => pier.takeAppFromOrganisation(), 1);
      await anotherProcess();
      expect(await listServed(world.db)).toEqual([]);
    });

    /** Signed as Slack signs, as no workspace of the sandbox sends it. */
    async function hears(event: object, about: object): Promise<number> {
      const envelope = { type: 'event_callback', event_id: 'EvOTHER', event_time: 1_772_442_000, ...about, event };
      const body = JSON.stringify(envelope);
      const signed = signedRequest(world.sandbox.signingSecret, { body, isJson: true });
      const { status } = await fetch(`${world.origin}/slack/events`, signed);
      await world.bot.settled(5_000);
      return status;
    }

    it('and an organisation that takes it from all at once names no workspace', async () => {
      await world.install(`${HARBOUR_ANA} all`);
      const [{ id = '' } = {}] = await world.db.select().from(installations);
      const ofAll = { is_enterprise_install: true, enterprise_id: id, team_id: null };
      expect(await hears({ type: 'app_uninstalled' }, { enterprise_id: id, authorizations: [ofAll] })).toBe(200);
      expect([await isInstalledIn(), await waiting()]).toEqual([[], 0]);
    });

    it('and what asks for nothing is done with, so that nobody takes it up again', async () => {
      await world.install(HARBOUR_ANA);
      const nothing = [
        { type: 'tokens_revoked', tokens: { oauth: ['UANA00000'] } },
        { type: 'tokens_revoked' },
        { type: 'channel_id_changed' },
        { type: 'team_access_revoked', team_ids: 'THARBOUR0' },
      ];
      for (const [n, event] of nothing.entries())
        expect(await hears(event, { team_id: 'THARBOUR0', event_id: `EvNOTHING${n}` })).toBe(200);
      expect([await waiting(), await isInstalledIn()]).toEqual([0, ['THARBOUR0']]);
    });
  },
);
