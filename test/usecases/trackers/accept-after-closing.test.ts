// @module-tag slow
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub } from '../../../bench/trackers/github-server.ts';
import { applyTransition } from '../../../src/db/defects/events.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { defectEvents } from '../../../src/db/schema/defects.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { tickets } from '../../../src/db/schema/trackers.ts';
import { planTransition } from '../../../src/domain/defects/lifecycle.ts';
import { THE_BOT } from '../../../src/domain/vocabulary.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { linkTicket } from '../../../src/usecases/trackers/link-ticket.ts';
import { aDefect, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aTrackedProgram } from './tracked-world.ts';

const MINUTE_MS = 60_000;
const PROMISE = {
  ...{ ownerId: 'UANA', dueOn: '2089-12-30', escape: null },
  criteria: [{ kind: 'max_reports', limit: 0 }],
} as const;

describe.each(databases)('a defect and the ticket that was closed as done before, on $name', ({ open }) => {
  let github: GithubServer;
  let db: Db;
  let close: () => Promise<void>;
  beforeAll(async () => {
    github = await startGithub();
  });
  afterAll(() => github.close());
  beforeEach(async () => {
    ({ db, close } = await open());
  });
  afterEach(() => close());

  const told = async () => (await db.select().from(outbox)).map(({ channel, body }) => `${channel}: ${body.text}`);

  /** A new defect with a ticket of Ana's, by the tracker's clock, which is the real one. */
  async function aLinkedDefect(reopening = 'reopen') {
    const world = await aTrackedProgram(db, github, { creation: 'never', reopening });
    const defect = await aDefect(db, world.program);
    const issue = await github.as('ana', 'POST', '/repos/ana/api/issues', { title: 'As Ana calls it', body: 'Hers' });
    const path = `/repos/ana/api/issues/${issue.number}`;
    const status = async () => (await github.as('ana', 'GET', path)).state;
    return {
      ...{ ...world, number: defect.number, defectId: defect.id, status },
      link: (now: Date) =>
        linkTicket(db, world.program, defect.number, `${world.webUrl}/issues/${issue.number}?x=1`, { by: 'UANA', now }),
      close: () => github.as('ana', 'PATCH', path, { state: 'closed' }),
      reopen: () => github.as('ana', 'PATCH', path, { state: 'open' }),
      accept: (now: Date) => acceptDefect(db, world.program, defect.number, PROMISE, { by: 'UANA', now }),
      comments: () => github.comments(Number(issue.number)),
      issue: () => github.as('ana', 'GET', path),
      /** Later than everything that has happened there by now. */
      passAll: () => world.pass(Date.now() - world.now().getTime() + MINUTE_MS),
    };
  }

  it.each([true, false])(
    'is to do once it is accepted: the ticket is opened again (looked at before: %s)',
    async (isLookedAt) => {
      const world = await aLinkedDefect();
      await world.link(MONDAY);
      await world.settle();
      await world.close();
      if (isLookedAt) await world.poll();
      expect((await told()).filter((one) => one.includes('nobody has accepted'))).toHaveLength(isLookedAt ? 1 : 0);
      expect(await world.defect(world.number)).toMatchObject({ state: 'new' });
      world.passAll();
      await world.accept(world.now());
      await world.settle();
      expect(await world.status()).toBe('open');
      await world.poll();
      expect(await world.defect(world.number)).toMatchObject({ state: 'accepted' });
      expect((await told()).filter((one) => one.includes('a fix of'))).toEqual([]);
      // Closed once more it is what it always is.
      await world.close();
      await world.poll();
      expect(await world.defect(world.number)).toMatchObject({ state: 'claimed' });
    },
  );

  it.each([
    ['comment', 1, 1],
    ['new_ticket', 0, 2],
  ])(
    'is to do once it is accepted: with the policy %s its owner is asked %i times and it has tickets: %i',
    async (policy, asked, count) => {
      const world = await aLinkedDefect(policy);
      await world.link(MONDAY);
      await world.settle();
      await world.close();
      await world.poll();
      world.passAll();
      await world.accept(world.now());
      await world.settle();
      await world.poll();
      expect(await world.status()).toBe('closed');
      expect(await world.defect(world.number)).toMatchObject({ state: 'accepted' });
      const questions = (await told()).filter((one) => one.includes('closed as done since before'));
      expect(questions.map((one) => one.split(':')[0])).toEqual(Array(asked).fill('UANA'));
      expect(await world.tickets(world.defectId)).toHaveLength(count);
    },
  );

  it('is claimed by a closing that came after the acceptance, also where the bot learns of the acceptance last', async () => {
    const world = await aLinkedDefect();
    await world.link(MONDAY);
    await world.settle();
    await world.close();
    await world.poll();
    await world.accept(later(MONDAY, MINUTE_MS));
    await world.settle();
    expect(await world.defect(world.number)).toMatchObject({ state: 'claimed' });
    expect(await world.status()).toBe('closed');
  });

  it('is changed by nothing but what happens after a link by hand, and its owner is asked once', async () => {
    const world = await aLinkedDefect();
    await world.accept(MONDAY);
    await world.close();
    world.passAll();
    await world.link(world.now());
    await world.settle();
    await world.poll();
    expect(await world.defect(world.number)).toMatchObject({ state: 'accepted', title: 'Stripe webhook times out' });
    expect(await world.issue()).toMatchObject({ title: 'As Ana calls it', body: 'Hers', state: 'closed' });
    expect(await world.comments()).toHaveLength(1);
    expect((await told()).filter((one) => one.includes('closed as done since before'))).toEqual([
      expect.stringMatching(/^UANA: .*If that fixed it, claim the fix/),
    ]);
  });

  it('is to do where it is linked as it is accepted, and is claimed where the ticket is closed before the first look', async () => {
    const together = await aLinkedDefect();
    await together.close();
    together.passAll();
    await together.accept(together.now());
    await together.link(together.now());
    await together.settle();
    expect(await together.status()).toBe('open');

    const other = await aLinkedDefect();
    await other.accept(MONDAY);
    await other.link(later(MONDAY, MINUTE_MS));
    await other.close();
    other.passAll();
    await other.settle();
    expect(await other.defect(other.number)).toMatchObject({ state: 'claimed' });
  });

  it.each(['comment', 'new_ticket'])(
    'is not claimed by a closing that is older than its comeback (%s), and is by a later one',
    async (reopening) => {
      const world = await aLinkedDefect(reopening);
      await world.link(MONDAY);
      world.passAll();
      await world.accept(world.now());
      await world.poll();
      await world.close();
      world.passAll();
      const claim = { keepingNote: 'A test', fixKind: 'code', environments: [], deployedAt: world.now() } as const;
      await claimFix(db, world.program, world.number, claim, { by: 'UANA', now: world.now() });
      world.pass(MINUTE_MS);
      const claimed = await world.defect(world.number);
      const judged = { actor: THE_BOT, at: world.now(), why: 'It was seen again.' };
      await applyTransition(db, claimed, planTransition(claimed, 'failed'), judged, { failedFixes: 1 });
      await world.poll();
      expect([(await world.defect(world.number)).state, await world.status()]).toEqual(['accepted', 'closed']);
      expect(await told()).not.toContainEqual(expect.stringContaining('is claimed'));

      // As if both had been some time ago: GitHub's clock tells seconds.
      await db.update(tickets).set({ agreedOursAt: MONDAY, agreedTheirsAt: MONDAY });
      await db.update(defectEvents).set({ at: MONDAY }).where(eq(defectEvents.kind, 'failed'));
      await world.reopen();
      await world.close();
      await world.poll();
      expect((await world.defect(world.number)).state).toBe('claimed');
    },
  );
});
