import { expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { listNamedTickets } from '../../../src/db/fixes/pull-requests.ts';
import { defectsOfPull } from '../../../src/domain/fixes/defects-of-pull.ts';
import { connectTracker, removeTracker } from '../../../src/usecases/trackers/connect/change-tracker.ts';
import { linkTicket } from '../../../src/usecases/trackers/link-ticket.ts';
import { aDefect, aProgram } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { someKeys } from '../../some-keys.ts';
import { ana, lead } from './tracked-world.ts';

it.each(databases)(
  'two sites of Jira may have a project of the same key, one site only once, and a pull request has to say whose, on $name',
  async ({ open }) => {
    const { db, close } = await open();
    try {
      const program = await aProgram(db);
      const connect = (site: string) =>
        (db as Db).transaction((tx) =>
          connectTracker(
            tx as unknown as Db,
            program,
            { kind: 'jira', place: 'OPS', site, webUrl: `${site}/browse/OPS`, account: 'bot' },
            {
              keys: someKeys,
              token: 'a-token-of-jira',
              secret: 'sixteen-characters',
              address: `of ${site} ${Math.random()}`,
            },
            lead,
          ),
        );
      const first = await connect('https://acme.atlassian.net');
      const second = await connect('https://partner.atlassian.net');
      await expect(connect('https://partner.atlassian.net')).rejects.toThrow('OPS is connected already.');
      const link = async (url: string) => {
        const { number } = await aDefect(db, program);
        return linkTicket(db, program, number, url, ana);
      };
      const linked = [await link(`${second.site}/browse/OPS-1`), await link(`${first.site}/browse/OPS-1`)];
      expect(linked.map(({ key }) => key)).toEqual(['OPS-1', 'OPS-1']);
      const fixedBy = async (title: string) => {
        const named = { place: 'acme/api', tickets: await listNamedTickets(db, program.id), readsKeys: true };
        return defectsOfPull({ title, body: '', branch: 'retry' }, named).map(({ defect }) => defect);
      };
      expect(await fixedBy('Fixes OPS-1')).toEqual([]);
      expect(await fixedBy(`Fixes ${first.site}/browse/OPS-1`)).toEqual([linked[1]?.defect.number]);
      await removeTracker(db, program, second.id, lead);
      expect(await fixedBy('Fixes OPS-1')).toEqual([linked[1]?.defect.number]);
    } finally {
      await close();
    }
  },
);
