// @module-tag slow
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_PEOPLE } from '../../../bench/trackers/no-people.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { trackerPeople } from '../../../src/db/schema/trackers.ts';
import { assignOwner } from '../../../src/usecases/defects/change-defect.ts';
import { addAccount, nameAccount, nameOwnAccount } from '../../../src/usecases/trackers/people/name-account.ts';
import type { SlackPeople } from '../../../src/usecases/trackers/people/slack-people.ts';
import { HOUR_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { settingsOn } from '../../how-much.ts';
import { PLACES } from './owners-world.ts';
import { ana, aWorldOf, lead } from './tracked-world.ts';

const EMAILS: Record<string, string> = {
  ...{ UANA: 'ana@example.com', UBEN: 'ben@example.com', UCEM: 'cem@example.com' },
};
const knowing = (...ids: string[]): SlackPeople => ({
  ...NO_PEOPLE,
  findByEmail: async (_, email) => ids.find((id) => EMAILS[id] === email) ?? null,
  emailOf: async (_, userId) => (ids.includes(userId) ? (EMAILS[userId] ?? null) : null),
});
const EVERYBODY = knowing('UANA', 'UBEN');

describe.each(databases)('on $name', (database) => {
  describe.each(settingsOn(database, PLACES))('the owner and the assignee in %s', (_, start) => {
    let there: Awaited<ReturnType<typeof start>>;
    let db: Db;
    let close: () => Promise<void>;
    beforeAll(async () => {
      there = await start();
    });
    afterAll(() => there.close());
    beforeEach(async () => {
      ({ db, close } = await database.open());
    });
    afterEach(() => close());

    const linked = async (slack: SlackPeople, through: typeof fetch = fetch) => {
      const world = await aWorldOf(db, there, { open: there.open(through), slack });
      // The trackers' clocks are real.
      world.pass(Date.now() - world.now().getTime());
      const defect = await world.accepted();
      await world.settle();
      const key = (await world.tickets(defect.id))[0]?.key ?? '';
      const owner = async () => (await world.defect(defect.number)).ownerId;
      const give = async (userId: string, now = world.now()) => {
        await assignOwner(db, world.program, defect.number, userId, { by: 'ULEAD', now });
        await world.settle();
      };
      return { ...world, world, defect, key, owner, give };
    };
    const told = async () => (await db.select().from(outbox)).map(({ channel, body }) => `${channel}: ${body.text}`);
    const asked = async () => (await told()).filter((one) => /whom I do not know|Which account/.test(one));
    const personOf = async (name: string | null) =>
      (await db.select().from(trackerPeople)).find((one) => one.name === name);

    it('are the same person by the e-mail, and nobody is asked', async () => {
      const { key, give, poll, owner } = await linked(EVERYBODY);
      expect(await there.assignees(key)).toEqual(['ana']);
      await give('UBEN');
      expect(await there.assignees(key)).toEqual(['ben']);
      await poll();
      await poll();
      expect([await owner(), await there.assignees(key)]).toEqual(['UBEN', ['ben']]);
      expect(await asked()).toEqual([]);
    });

    it('change together where somebody assigns the ticket, and both are told as if it had been done here', async () => {
      const { key, defect, poll, owner } = await linked(EVERYBODY);
      await there.assign(key, 'ben');
      await poll();
      expect(await owner()).toBe('UBEN');
      const news = (await told()).filter((one) => one.includes(`D-${defect.number}`) && one.includes('yours'));
      expect(news).toEqual([
        expect.stringMatching(/^UBEN: D-\d+ Stripe webhook times out is yours now\.$/),
        // Ana has assigned it herself, and is known by her e-mail: she is not told what she did.
      ]);
      await poll();
      expect(await there.assignees(key)).toEqual(['ben']);
    });

    it('are asked about once where nobody knows the account, and follow once somebody says who it is', async () => {
      const { key, world, poll, settle, owner } = await linked(knowing('UANA'));
      await there.assign(key, 'ben');
      await poll();
      await poll();
      expect(await owner()).toBe('UANA');
      expect(await asked()).toEqual([expect.stringMatching(/^ULEAD: \S+ is assigned to ben, whom I do not know here/)]);
      expect(await there.assignees(key)).toEqual(['ben']);
      const ben = await personOf('ben');
      await nameAccount(db, world.program, ben?.id ?? 0, 'UBEN', { ...lead, now: world.now() });
      await settle();
      expect([await owner(), await there.assignees(key)]).toEqual(['UBEN', ['ben']]);
      // The question says what was answered, and is not asked again.
      expect(await asked()).toEqual([]);
      expect((await told()).filter((one) => one.startsWith('ULEAD'))).toContainEqual(
        expect.stringMatching(/^ULEAD: ben on \w+ is known now\.$/),
      );
    });

    it('stay apart where somebody says that the account is nobody here', async () => {
      const { key, world, poll, settle, owner } = await linked(knowing('UANA'));
      await there.assign(key, 'ben');
      await poll();
      await nameAccount(db, world.program, (await personOf('ben'))?.id ?? 0, null, { ...lead, now: world.now() });
      await settle();
      await poll();
      expect([await owner(), await there.assignees(key)]).toEqual(['UANA', ['ben']]);
      expect(await asked()).toEqual([]);
    });

    it('are asked of the owner once where nobody knows their account, and follow once they name it', async () => {
      const { key, world, poll, settle } = await linked(NO_PEOPLE);
      await poll();
      expect(await there.assignees(key)).toEqual([]);
      expect(await asked()).toEqual([expect.stringMatching(/^UANA: Which account is yours on/)]);
      const tracker = there.open(fetch)({ ...there.connection, token: there.token });
      const found = await tracker.assigning?.findAccount('ana');
      const account = found && 'ok' in found ? found.ok : null;
      const waiting = await personOf(null);
      const named = nameOwnAccount(db, world.program, waiting?.id ?? 0, account, { by: 'UBEN', now: world.now() });
      await expect(named).rejects.toThrow('somebody else');
      await nameOwnAccount(db, world.program, waiting?.id ?? 0, account, { ...ana, now: world.now() });
      await settle();
      expect(await there.assignees(key)).toEqual(['ana']);
      await poll();
      expect(await asked()).toEqual([]);
    });

    it('go by the later change where both were changed, whichever side made it', async () => {
      const first = await linked(EVERYBODY);
      await there.assign(first.key, 'ben');
      // Done here long after, before anybody has looked.
      await first.give('UCEM', later(new Date(), HOUR_MS));
      expect(await first.owner()).toBe('UCEM');
      const second = await linked(EVERYBODY);
      await there.assign(second.key, null);
      await there.assign(second.key, 'ben');
      await second.give('UCEM', later(new Date(), -HOUR_MS));
      expect([await second.owner(), await there.assignees(second.key)]).toEqual(['UBEN', ['ben']]);
    });

    it('stay as they are where nobody is assigned any more', async () => {
      const { key, poll, owner } = await linked(EVERYBODY);
      await there.assign(key, null);
      await poll();
      await poll();
      expect([await owner(), await there.assignees(key)]).toEqual(['UANA', []]);
    });

    it('stay apart where the assignee cannot see the program, and the lead is told', async () => {
      const { key, poll, owner } = await linked({ ...EVERYBODY, maySee: async () => 'no' });
      await there.assign(key, 'ben');
      await poll();
      await poll();
      expect(await owner()).toBe('UANA');
      expect((await told()).filter((one) => one.includes('cannot see this program'))).toHaveLength(1);
    });

    it('wait for Slack where it does not answer, and nobody is asked for that', async () => {
      let isDown = false;
      const slack: SlackPeople = {
        ...EVERYBODY,
        findByEmail: async (...of) => (isDown ? 'unknown' : EVERYBODY.findByEmail(...of)),
      };
      const { key, poll, pass, settle, owner } = await linked(slack);
      isDown = true;
      await there.assign(key, 'ben');
      await poll();
      expect(await owner()).toBe('UANA');
      isDown = false;
      pass(HOUR_MS);
      await settle();
      expect([await owner(), await asked()]).toEqual(['UBEN', []]);
    });

    it('are not assigned twice where the answer was lost', async () => {
      let losing = false;
      const lossy: typeof fetch = async (input, init) => {
        const answer = await fetch(input, init);
        const assigns = /assignee/.test(`${String(input)} ${init?.body ?? ''}`) && init?.method !== 'GET';
        const isWrite = assigns && /"add|assigneeId|assignees"|accountId/.test(String(init?.body));
        if (!losing || !isWrite) return answer;
        losing = false;
        throw new TypeError('fetch failed');
      };
      const { key, give, pass, settle, poll, owner } = await linked(EVERYBODY, lossy);
      losing = true;
      await give('UBEN');
      expect(losing).toBe(false);
      pass(HOUR_MS);
      await settle();
      await poll();
      expect([await owner(), await there.assignees(key)]).toEqual(['UBEN', ['ben']]);
    });

    it.each([1, 2])('are one in the end where the bot was cut short at its write number %i', async (last) => {
      let left = Number.POSITIVE_INFINITY;
      const cut: typeof fetch = async (input, init) => {
        const isRead = init?.method === 'GET' || /"query":"query/.test(String(init?.body));
        const answer = left > 0 ? await fetch(input, init) : null;
        left -= isRead ? 0 : 1;
        if (!answer || left === 0) throw new TypeError('fetch failed');
        return answer;
      };
      const { key, give, pass, settle, poll, owner } = await linked(EVERYBODY, cut);
      left = last;
      await give('UBEN');
      left = Number.POSITIVE_INFINITY;
      pass(HOUR_MS);
      await settle();
      await poll();
      expect([await owner(), await there.assignees(key)]).toEqual(['UBEN', ['ben']]);
    });

    it('are given to the account that a person has named, though an e-mail says another', async () => {
      const { key, world, give } = await linked(EVERYBODY);
      const tracker = there.open(fetch)({ ...there.connection, token: there.token });
      const found = await tracker.assigning?.findAccount('burndown-bot');
      const account = found && 'ok' in found ? found.ok : null;
      if (!account) throw new Error('no such account');
      const { kind, home } = (await personOf('ana')) ?? { kind: 'jira', home: '' };
      await addAccount(db, world.program, { kind, home }, { account, userId: 'UBEN' }, { ...lead, now: world.now() });
      await give('UBEN');
      expect(await there.assignees(key)).toEqual(['burndown-bot']);
    });
  });

  it('an issue of GitHub names its owner alone, who changed twice while nobody could be taken away', async () => {
    const { db, close } = await database.open();
    const [, start] = PLACES[0];
    const there = await start();
    let isCut = false;
    const through: typeof fetch = async (input, init) => {
      if (isCut && init?.method === 'DELETE') throw new TypeError('fetch failed');
      return fetch(input, init);
    };
    const world = await aWorldOf(db, there, { open: there.open(through), slack: knowing('UANA', 'UBEN', 'UCEM') });
    world.pass(Date.now() - world.now().getTime());
    const defect = await world.accepted();
    await world.settle();
    const key = (await world.tickets(defect.id))[0]?.key ?? '';
    isCut = true;
    for (const userId of ['UBEN', 'UCEM']) {
      await assignOwner(db, world.program, defect.number, userId, { by: 'ULEAD', now: world.now() });
      await world.settle();
      world.pass(HOUR_MS);
    }
    expect(await there.assignees(key)).toEqual(['ana', 'ben', 'cem']);
    isCut = false;
    await world.settle();
    expect(await there.assignees(key)).toEqual(['cem']);
    await there.close();
    await close();
  });
});
