// @module-tag slow
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub } from '../../../bench/trackers/github-server.ts';
import { applyTransition, countTransitions, findStandingAt } from '../../../src/db/defects/events.ts';
import { listFixLives } from '../../../src/db/digest/outlook-facts.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { tickets, trackers } from '../../../src/db/schema/trackers.ts';
import { planTransition } from '../../../src/domain/defects/lifecycle.ts';
import { assembleBurndown, identityGaps } from '../../../src/domain/digest/burndown.ts';
import { acceptRisk, dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { workOnTickets } from '../../../src/usecases/trackers/sync/work-on-tickets.ts';
import { aReport, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { ana, aTrackedProgram } from './tracked-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe.each(databases)('a defect and its ticket on $name', ({ open }) => {
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

  const issue = (url: string | null | undefined) => `/repos/ana/api/issues/${url?.split('/').at(-1)}`;
  const numberOf = (url: string | null | undefined) => Number(url?.split('/').at(-1));
  const told = async () => (await db.select().from(outbox)).map(({ channel, body }) => `${channel}: ${body.text}`);
  const claim = { keepingNote: 'A contract test', fixKind: 'code', environments: [] } as const;

  it('an accepted defect gets one ticket that says what was reported, with one comment of its facts', async () => {
    const world = await aTrackedProgram(db, github);
    const defect = await world.accepted();
    await world.settle();
    const [ticket, ...more] = await world.tickets(defect.id);
    expect(more).toEqual([]);
    expect(ticket).toMatchObject({ status: 'open', trouble: null });
    const made = await github.as('ana', 'GET', issue(ticket?.url));
    expect(made.title).toBe('Stripe webhook times out');
    expect(made.body).toContain(`Reported in Slack as D-${defect.number}`);
    const comments = await github.comments(numberOf(ticket?.url));
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain('- State: accepted');
    // Nothing more is to be done, however often one looks.
    await world.poll();
    await world.poll();
    expect(await github.comments(numberOf(ticket?.url))).toEqual(comments);
  });

  it('closed as done is claimed, and the owner is asked for the rest', async () => {
    const world = await aTrackedProgram(db, github);
    const defect = await world.accepted();
    await world.settle();
    const [ticket] = await world.tickets(defect.id);
    await github.as('ana', 'PATCH', issue(ticket?.url), { state: 'closed' });
    await world.poll();
    expect(await world.defect(defect.number)).toMatchObject({ state: 'claimed', fixKind: null });
    expect((await told()).filter((one) => one.includes('a fix of'))).toEqual([
      `UANA: ${ticket?.key} was closed as done, so a fix of D-${defect.number} is claimed.`,
    ]);
    // Opened again it is to do, and no fix has failed.
    await github.as('ana', 'PATCH', issue(ticket?.url), { state: 'open' });
    await world.poll();
    expect(await world.defect(defect.number)).toMatchObject({ state: 'accepted', claimedAt: null, failedFixes: 0 });
    expect(await listFixLives(db, world.program.id, world.now())).toEqual([]);
    const window = { after: later(MONDAY, -7 * DAY_MS), upTo: world.now() };
    const counts = await countTransitions(db, world.program.id, window);
    const standing = (at: Date) => findStandingAt(db, world.program.id, at);
    const burndown = assembleBurndown(await standing(window.after), await standing(window.upTo), counts);
    expect(identityGaps(burndown)).toEqual([]);
    expect(burndown.lines.claimed.count).toBe(0);
  });

  it('closed as not planned is asked about, once, and decides nothing', async () => {
    const world = await aTrackedProgram(db, github);
    const defect = await world.accepted();
    await world.settle();
    const [ticket] = await world.tickets(defect.id);
    await github.as('ana', 'PATCH', issue(ticket?.url), { state: 'closed', state_reason: 'not_planned' });
    await world.poll();
    await world.poll();
    expect(await world.defect(defect.number)).toMatchObject({ state: 'accepted' });
    expect((await told()).filter((one) => one.includes('not planned'))).toHaveLength(1);
    expect((await github.as('ana', 'GET', issue(ticket?.url))).state).toBe('closed');
    // What is decided then is what the ticket says already.
    await acceptRisk(db, world.program, defect.number, 'Too rare', { ...ana, now: world.now() });
    await world.settle();
    expect(await github.as('ana', 'GET', issue(ticket?.url))).toMatchObject({ state_reason: 'not_planned' });
  });

  it('what is decided in Slack reaches the ticket, and comes back as no news', async () => {
    const world = await aTrackedProgram(db, github);
    const defect = await world.accepted();
    await world.settle();
    const [ticket] = await world.tickets(defect.id);
    world.pass(HOUR_MS);
    await claimFix(
      db,
      world.program,
      defect.number,
      { ...claim, deployedAt: world.now() },
      { ...ana, now: world.now() },
    );
    await world.settle();
    expect(await github.as('ana', 'GET', issue(ticket?.url))).toMatchObject({
      state: 'closed',
      state_reason: 'completed',
    });
    await world.poll();
    expect(await world.defect(defect.number)).toMatchObject({ state: 'claimed', fixKind: 'code' });
    expect((await told()).filter((one) => one.includes('a fix of'))).toEqual([]);
  });

  it.each([
    ['reopen', 'open', 1],
    ['comment', 'closed', 1],
    ['new_ticket', 'closed', 2],
  ])('that came back is told, and with the policy %s its ticket is %s', async (reopening, state, count) => {
    const world = await aTrackedProgram(db, github, { reopening });
    const defect = await world.accepted();
    await world.settle();
    const [ticket] = await world.tickets(defect.id);
    await claimFix(
      db,
      world.program,
      defect.number,
      { ...claim, deployedAt: world.now() },
      { ...ana, now: world.now() },
    );
    await world.settle();
    // By the tracker's clock it was closed just now, whatever ours says.
    await db.update(tickets).set({ statusAt: world.now() });
    for (const reporterId of ['UBEN', 'UCEM']) {
      const seenAt = later(world.now(), HOUR_MS);
      await fileReport(db, world.program, aReport(world.program, { reporterId, seenAt, filedAt: seenAt }), defect.id);
    }
    world.pass(2 * HOUR_MS);
    await db.transaction((tx) => evaluateProofs(tx as unknown as Db, world.program, { now: world.now() }));
    expect(await world.defect(defect.number)).toMatchObject({ state: 'accepted', failedFixes: 1 });
    await world.settle();
    expect((await github.as('ana', 'GET', issue(ticket?.url))).state).toBe(state);
    const verdicts = (await github.comments(numberOf(ticket?.url))).filter((one) => one.includes('did not hold'));
    expect(verdicts).toHaveLength(1);
    expect(await world.tickets(defect.id)).toHaveLength(count);
    await world.poll();
    expect(await world.tickets(defect.id)).toHaveLength(count);
    expect(await world.defect(defect.number)).toMatchObject({ state: 'accepted' });
  });

  it('a label names its defect, and is taken at its word once', async () => {
    const world = await aTrackedProgram(db, github, { creation: 'never' });
    const defect = await world.accepted();
    await db.update(trackers).set({ seenUpTo: new Date() });
    const labels = [`D-${defect.number}`];
    const made = await github.as('ana', 'POST', '/repos/ana/api/issues', { title: 'From the other side', labels });
    await world.poll();
    expect((await world.tickets(defect.id)).map(({ url }) => numberOf(url))).toEqual([made.number]);
  });

  it('a label names nothing where two programs share the place, until one of them is alone', async () => {
    const [world, other] = [
      await aTrackedProgram(db, github, { creation: 'never' }),
      await aTrackedProgram(db, github, { creation: 'never' }),
    ];
    const [defect, namesake] = [await world.accepted(), await other.accepted()];
    expect(namesake.number).toBe(defect.number);
    await db.update(trackers).set({ seenUpTo: new Date() });
    const labels = [`D-${defect.number}`];
    const made = await github.as('ana', 'POST', '/repos/ana/api/issues', { title: 'Whose is it?', labels });
    await world.poll();
    await other.poll();
    expect([await world.tickets(defect.id), await other.tickets(namesake.id)]).toEqual([[], []]);
    await db.update(trackers).set({ removedAt: other.now() }).where(eq(trackers.id, other.trackerId));
    await world.poll();
    expect((await world.tickets(defect.id)).map(({ url }) => numberOf(url))).toContain(made.number);
  });

  it('a ticket whose making was not answered is made once', async () => {
    let losing = true;
    const lossy: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (losing && init?.method === 'POST') {
        losing = false;
        throw new TypeError('fetch failed');
      }
      return answer;
    };
    const world = await aTrackedProgram(db, github, { through: lossy });
    const defect = await world.accepted();
    await world.settle();
    expect((await world.tickets(defect.id))[0]?.url).toBeNull();
    // The tracker's clock is the real one.
    await db.update(tickets).set({ triedAt: new Date(), dueAt: world.now() }).where(eq(tickets.defectId, defect.id));
    await world.settle();
    const [ticket] = await world.tickets(defect.id);
    const all = (await github.as('ana', 'GET', '/repos/ana/api/issues?state=all&per_page=100')) as unknown as {
      body: string | null;
    }[];
    expect(all.filter(({ body }) => body?.includes(ticket?.marker ?? ''))).toHaveLength(1);
    expect(await github.comments(numberOf(ticket?.url))).toHaveLength(1);
  });

  it('the comment of facts is written once, though its answer was lost and a verdict came before the next try', async () => {
    let isLost = false;
    const losing: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (isLost || init?.method !== 'POST' || !String(input).endsWith('/comments')) return answer;
      isLost = true;
      throw new TypeError('fetch failed');
    };
    const world = await aTrackedProgram(db, github, { through: losing });
    const defect = await world.accepted();
    await world.settle();
    expect(isLost).toBe(true);
    const claimed = await claimFix(
      db,
      world.program,
      defect.number,
      { ...claim, deployedAt: world.now() },
      { ...ana, now: world.now() },
    );
    const because = { actor: { kind: 'bot' } as const, at: world.now(), why: 'Two reports since the fix.' };
    await applyTransition(db, claimed, planTransition(claimed, 'failed'), because);
    // The tracker's clock is the real one.
    await db.update(tickets).set({ triedAt: new Date(), dueAt: world.now() }).where(eq(tickets.defectId, defect.id));
    await world.settle();
    const [ticket] = await world.tickets(defect.id);
    const comments = await github.comments(numberOf(ticket?.url));
    expect(comments.filter((text) => text.includes(`burndown:${ticket?.marker} `))).toHaveLength(1);
    expect(comments.filter((text) => text.includes('Two reports since the fix.'))).toHaveLength(1);
    expect(comments[0]).toContain('- State: accepted');
  });

  it('what was told in a comment is told once, though the process ended one statement after it', async () => {
    let statements = Infinity;
    const world = await aTrackedProgram(db, github, {
      through: async (input, init) => {
        const answer = await fetch(input, init);
        if (init?.method === 'POST' && String(input).endsWith('/comments')) statements = 1;
        return answer;
      },
    });
    const ending = new Proxy(db, {
      get: (target, name) => {
        if (name === 'update' && statements-- <= 0) throw new Error('The process has ended.');
        return Reflect.get(target, name);
      },
    });
    const defect = await world.accepted();
    const work = () => workOnTickets({ ...world.worker, db: ending }, world.now);
    for (let passes = 0; passes < 5 && statements > 0; passes += 1) await work().catch(() => {});
    expect(statements).toBeLessThanOrEqual(0);
    const [begun] = await world.tickets(defect.id);
    expect(await github.comments(numberOf(begun?.url))).toHaveLength(1);
    await db.update(tickets).set({ dueAt: world.now(), leaseUntil: null }).where(eq(tickets.defectId, defect.id));
    await world.settle();
    expect(await github.comments(numberOf(begun?.url))).toHaveLength(1);
    expect((await world.tickets(defect.id))[0]).toMatchObject({ triedAt: null, factsCommentId: expect.any(String) });
  });

  it('where a person has edited both sides the later edit counts', async () => {
    const world = await aTrackedProgram(db, github);
    const [first, second] = [await world.accepted(), await world.accepted()];
    await world.settle();
    // Closed at the real time, which is later than the Monday of this test.
    const [ticket] = await world.tickets(first.id);
    await github.as('ana', 'PATCH', issue(ticket?.url), { state: 'closed' });
    await dismissDefect(db, world.program, first.number, 'Works as meant', { ...ana, now: world.now() });
    await world.poll();
    expect(await github.as('ana', 'GET', issue(ticket?.url))).toMatchObject({ state_reason: 'completed' });
    const [other] = await world.tickets(second.id);
    await github.as('ana', 'PATCH', issue(other?.url), { state: 'closed' });
    const muchLater = later(new Date(), DAY_MS);
    await dismissDefect(db, world.program, second.number, 'Works as meant', { ...ana, now: muchLater });
    await world.poll();
    expect(await github.as('ana', 'GET', issue(other?.url))).toMatchObject({ state_reason: 'not_planned' });
  });

  it('what a tracker refuses is told to the lead with what to do, once a day', async () => {
    const refusing: typeof fetch = async () => new Response('{}', { status: 401 });
    const world = await aTrackedProgram(db, github, { through: refusing });
    const defect = await world.accepted();
    await world.settle();
    expect((await told()).filter((one) => one.startsWith('ULEAD'))).toEqual([
      expect.stringContaining('Make a new one and connect again'),
    ]);
    expect((await world.tickets(defect.id))[0]?.trouble).toContain('does not know this token');
    world.pass(HOUR_MS);
    await world.settle();
    expect((await told()).filter((one) => one.startsWith('ULEAD'))).toHaveLength(1);
  });

  it('a limit holds the whole tracker, and nothing is asked before it is over', async () => {
    let asked = 0;
    const limited: typeof fetch = async () => {
      asked += 1;
      return new Response('{}', { status: 429, headers: { 'retry-after': '600' } });
    };
    const world = await aTrackedProgram(db, github, { through: limited });
    for (let i = 0; i < 3; i += 1) await world.accepted();
    await world.settle();
    expect(asked).toBe(1);
    await db.update(trackers).set({ heldUntil: sql`clock_timestamp()` });
    await world.settle();
    expect(asked).toBe(2);
  });
});
