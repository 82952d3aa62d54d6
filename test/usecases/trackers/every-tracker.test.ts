// @module-tag slow
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { changeDue } from '../../../src/usecases/defects/change-defect.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { settingsOn } from '../../how-much.ts';
import { ana, aWorldOf } from './tracked-world.ts';
import { startConnectedJira, startConnectedLinear } from './tracker-servers.ts';

type Fetch = typeof fetch;

const LIST = 'query List { issues(first: 100) { nodes { identifier description } } }';
const DUE = 'mutation Due($id: String!, $input: IssueUpdateInput!) { issueUpdate(id: $id, input: $input) { success } }';

/** What the trackers are asked and told alike, beside GitHub: by people there, and to be looked at. */
async function startLinearWorld() {
  const { server, bot } = await startConnectedLinear();
  return {
    ...bot,
    end: (key: string) => server.move('ana', key, 'Done'),
    cancel: (key: string) => server.move('ana', key, 'Canceled'),
    reopen: (key: string) => server.move('ana', key, 'In Progress'),
    setDue: async (key: string, dueDate: string | null) => {
      await server.as('ana', DUE, { id: key, input: { dueDate } });
    },
    look: async (key: string) => {
      const { title, description, state, comments } = await server.issue(key);
      return {
        title,
        text: description ?? '',
        isOpen: state.type !== 'completed',
        comments: comments.nodes.map(({ body }) => body),
      };
    },
    textsWith: async (marker: string) => {
      const { issues } = (await server.as('ana', LIST)) as {
        issues: { nodes: { identifier: string; description: string | null }[] };
      };
      return issues.nodes.flatMap(({ identifier, description }) => (description?.includes(marker) ? identifier : []));
    },
  };
}

async function startJiraWorld() {
  const { server, bot } = await startConnectedJira();
  return {
    ...bot,
    end: (key: string) => server.move('ana', key, 'Closed', 'Fixed'),
    cancel: (key: string) => server.move('ana', key, 'Closed', "Won't Do"),
    reopen: (key: string) => server.move('ana', key, 'In Progress'),
    setDue: async (key: string, duedate: string | null) => {
      await server.as('ana', 'PUT', `/issue/${key}`, { fields: { duedate } });
    },
    look: async (key: string) => {
      const { fields } = (await server.as('ana', 'GET', `/issue/${key}`)) as {
        fields: { summary: string; description: string; resolution: unknown };
      };
      const { summary: title, description: text, resolution } = fields;
      return { title, text, isOpen: resolution === null, comments: server.comments(key) };
    },
    textsWith: async (marker: string) => {
      const wanted = { jql: 'project = "OPS" ORDER BY created DESC', maxResults: 100 };
      const { issues } = (await server.as('ana', 'POST', '/search/jql', wanted)) as {
        issues: { key: string; fields: { description: string | null } }[];
      };
      return issues.flatMap(({ key, fields }) => (fields.description?.includes(marker) ? key : []));
    },
  };
}

const kinds = [
  ['Linear', startLinearWorld],
  ['Jira', startJiraWorld],
] as const;

describe.each(databases)('on $name', (database) => {
  describe.each(settingsOn(database, kinds))('a defect and its ticket in %s', (_, start) => {
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

    const linked = async (through: Fetch = fetch) => {
      const world = await aWorldOf(db, there, { open: there.open(through) });
      const defect = await world.accepted();
      await world.settle();
      const key = (await world.tickets(defect.id))[0]?.key ?? '';
      return { world, defect, key };
    };

    it('are made once, say the same, and rest', async () => {
      const { world, defect, key } = await linked();
      const made = await there.look(key);
      expect(made).toMatchObject({ title: defect.title, isOpen: true });
      expect(made.text).toContain('Reported in Slack as');
      expect(made.comments).toHaveLength(1);
      expect(made.comments[0]).toContain('State: accepted');
      await world.poll();
      expect(await there.look(key)).toEqual(made);
    });

    it('ended there is claimed here, and opened again is to do', async () => {
      const { world, defect, key } = await linked();
      await there.end(key);
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ state: 'claimed', fixKind: null });
      await there.reopen(key);
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ state: 'accepted', claimedAt: null });
    });

    it('set aside there decides nothing here', async () => {
      const { world, defect, key } = await linked();
      await there.cancel(key);
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ state: 'accepted' });
    });

    it('claimed here is ended there, and comes back as no news', async () => {
      const { world, defect, key } = await linked();
      world.pass(3_600_000);
      const doing = { ...ana, now: world.now() };
      const claim = { keepingNote: 'A test', fixKind: 'code', environments: [], deployedAt: doing.now } as const;
      await claimFix(db, world.program, defect.number, claim, doing);
      await world.settle();
      expect(await there.look(key)).toMatchObject({ isOpen: false });
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ state: 'claimed', fixKind: 'code' });
    });

    it('have the due date that was set last, whoever set it', async () => {
      const { world, defect, key } = await linked();
      const tracker = there.open(fetch)({ ...there.connection, token: there.token });
      const theirs = async () => {
        const read = await tracker.readTicket(key);
        return 'ok' in read ? read.ok.dueOn : undefined;
      };
      expect(await theirs()).toBe(defect.dueOn);
      await there.setDue(key, '2026-12-10');
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ dueOn: '2026-12-10' });
      await changeDue(
        db,
        world.program,
        defect.number,
        { dueOn: '2026-12-15', reason: 'More to do' },
        { ...ana, now: world.now() },
      );
      await world.settle();
      expect(await theirs()).toBe('2026-12-15');
      // One that has passed is not taken, and neither is one that is taken away.
      for (const dueOn of ['2026-01-01', null]) {
        await there.setDue(key, dueOn);
        await world.poll();
        await world.poll();
        expect(await theirs()).toBe(dueOn);
        expect(await world.defect(defect.number)).toMatchObject({ dueOn: '2026-12-15' });
      }
    });

    it('keep a due date that was set there, though the defect moved after that without a new one', async () => {
      const { world, defect, key } = await linked();
      await changeDue(
        db,
        world.program,
        defect.number,
        { dueOn: '2026-12-15', reason: 'More to do' },
        { ...ana, now: world.now() },
      );
      await there.setDue(key, '2026-12-10');
      const afterThat = later(new Date(), 60_000);
      const claim = { keepingNote: 'A test', fixKind: 'code', environments: [], deployedAt: world.now() } as const;
      await claimFix(db, world.program, defect.number, claim, { ...ana, now: afterThat });
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ state: 'claimed', dueOn: '2026-12-10' });
    });

    it('have the due date of whoever set it last, though the ticket was changed otherwise after that', async () => {
      const { world, defect, key } = await linked();
      await there.setDue(key, '2089-12-10');
      const read = await there
        .open(fetch)({ ...there.connection, token: there.token })
        .readTicket(key);
      const dueSaid = 'ok' in read ? read.ok.dueSaid : undefined;
      expect(dueSaid).toMatchObject({ at: expect.any(Date), by: expect.stringContaining('ana') });
      const afterThat = later(dueSaid?.at ?? world.now(), 1);
      const due = { dueOn: '2089-12-15', reason: 'More to do' };
      await changeDue(db, world.program, defect.number, due, { ...ana, now: afterThat });
      await there.end(key);
      await world.poll();
      expect(await world.defect(defect.number)).toMatchObject({ state: 'claimed', dueOn: '2089-12-15' });
    });

    it('whose making was never answered is found again, and not made twice', async () => {
      let isLost = true;
      const losing: Fetch = async (input, init) => {
        const answer = await fetch(input, init);
        const makes = /issueCreate\(|"fields":\{"project"/.test(String(init?.body));
        if (!makes || !isLost) return answer;
        isLost = false;
        throw new TypeError('fetch failed');
      };
      const world = await aWorldOf(db, there, { open: there.open(losing) });
      const defect = await world.accepted();
      await world.settle();
      expect((await world.tickets(defect.id))[0]?.key).toBeNull();
      // A tracker may need a moment to find what is new.
      for (let i = 0; i < 10; i += 1) {
        world.pass(30_000);
        await world.settle();
      }
      // By its text, which both of two would have: a title may be another's too.
      const [ticket] = await world.tickets(defect.id);
      expect(await there.textsWith(ticket?.marker ?? 'no marker')).toEqual([ticket?.key]);
      expect(isLost).toBe(false);
    });
  });
});
