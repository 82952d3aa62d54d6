// @module-tag slow
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertDefect, listDefects } from '../../../src/db/defects/defects.ts';
import { countTransitionWeeks } from '../../../src/db/digest/chart-facts.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { defectEvents } from '../../../src/db/schema/defects.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { programs } from '../../../src/db/schema/workspaces.ts';
import { canTransition, planTransition, type TransitionKind } from '../../../src/domain/defects/lifecycle.ts';
import { identityGaps, openCount } from '../../../src/domain/digest/burndown.ts';
import { flowOf } from '../../../src/domain/digest/forecast.ts';
import type { DefectState } from '../../../src/domain/vocabulary.ts';
import { changeDue, relabelDefect } from '../../../src/usecases/defects/change-defect.ts';
import { acceptRisk } from '../../../src/usecases/defects/set-aside-defect.ts';
import { burndownWithin } from '../../../src/usecases/digest/gather-burndown.ts';
import { gatherDigest } from '../../../src/usecases/digest/gather-digest.ts';
import { postDigest, previewDigest } from '../../../src/usecases/digest/post-digest.ts';
import { mergeDefects, unmergeDefect } from '../../../src/usecases/grouping/merge-defects.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { TRANSITION_KINDS } from '../../domain/defects/transition-kinds.ts';
import { burndownOf, type LoggedTransition } from '../../domain/digest/burndown-of.ts';
import { tries } from '../../how-much.ts';
import { aClaimedFix, aFrequentDefect, type ProgramInTest, seen } from '../proof/fix-world.ts';
import { outgoing } from '../triage/triage-world.ts';

/** Friday 15:00 in Berlin, in the week of the Monday. */
const FRIDAY = new Date('2026-11-27T14:00:00Z');

type Step = { defect: number; kind: TransitionKind; hours: number };

const steps = fc.array(
  fc.record({
    defect: fc.integer({ min: 0, max: 5 }),
    kind: fc.constantFrom(...TRANSITION_KINDS),
    hours: fc.integer({ min: 0, max: 60 }),
  }),
  { maxLength: 60 },
);

/** A decision that closed a defect, and was undone an hour later. */
const takenBack: Step[] = [
  { defect: 1, kind: 'reported', hours: 0 },
  { defect: 1, kind: 'risk_accepted', hours: 0 },
  { defect: 1, kind: 'taken_back', hours: 1 },
];

/** A log of possible transitions: steps that a defect's state does not allow are left out. */
function logOf(history: readonly Step[]): LoggedTransition[] {
  const states = new Map<number, DefectState>();
  let at = later(MONDAY, -28 * DAY_MS);
  return history.flatMap(({ defect, kind, hours }, id) => {
    const from = states.get(defect) ?? null;
    at = later(at, hours * 3_600_000);
    if (!canTransition(from, kind)) return [];
    const gates = { ownerId: 'UANA', dueOn: '2026-12-01', criteriaCount: 1, keepingNote: 'x' };
    const transition = planTransition({ number: defect, state: from }, kind, gates);
    states.set(defect, transition.to);
    return [{ ...transition, id, defectId: defect, at }];
  });
}

async function store(db: Db, program: ProgramInTest, log: readonly LoggedTransition[]): Promise<void> {
  const ids = new Map<number, number>();
  for (const { defectId, kind, from, to, at } of log) {
    if (!ids.has(defectId)) {
      const row = await insertDefect(db, {
        programId: program.id,
        number: defectId + 1,
        title: 'x',
        areaId: program.areaIds[0] ?? 0,
        severity: 'S2',
        state: 'new',
        heatLevel: Number.NEGATIVE_INFINITY,
        firstSeenAt: at,
        lastSeenAt: at,
        createdAt: at,
      });
      ids.set(defectId, row.id);
    }
    const id = ids.get(defectId) ?? 0;
    await db
      .insert(defectEvents)
      .values({ programId: program.id, defectId: id, at, kind, fromState: from, toState: to, why: 'x' });
  }
}

describe.each(databases)('the digest on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('counts the same burn-down in the database as from the whole log, and it adds up in every week', async () => {
    const { db } = database;
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const program = await aProgram(db);
        const log = logOf(history);
        await store(db, program, log);
        for (let week = -4; week < 4; week++) {
          const window = { after: later(MONDAY, week * 7 * DAY_MS), upTo: later(MONDAY, (week + 1) * 7 * DAY_MS) };
          const stored = await burndownWithin(db, program, window);
          expect(stored).toEqual(burndownOf(log, window));
          expect(identityGaps(stored)).toEqual([]);
          const [counts = []] = await countTransitionWeeks(db, program.id, [window.after, window.upTo]);
          const { arrived, closed, relapsed } = flowOf(counts);
          expect(arrived + relapsed - closed).toBe(openCount(stored.now) - openCount(stored.then));
        }
      }),
      { numRuns: tries(15), examples: [[takenBack]] },
    );
  });
  it('knows nothing of a merge that was undone, this week or last', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const at = (days: number) => later(MONDAY, days * DAY_MS);
    for (const day of [-10, -9]) await aDefect(db, program, { seenAt: at(day) });
    await mergeDefects(db, program, 2, 1, { by: 'UANA', now: at(-6) });
    const merged = await gatherDigest(db, program, at(-3));
    expect(merged.thisWeek.lines.merged.count).toBe(1);
    await unmergeDefect(db, program, 2, { by: 'UANA', now: at(1) });
    const undone = await gatherDigest(db, program, FRIDAY);
    expect(undone.thisWeek.lines.reopened.count + undone.lastWeek.lines.merged.count).toBe(0);
    expect(openCount(undone.thisWeek.then)).toBe(2);
    expect(undone.gaps).toEqual([]);
    const [counts = []] = await countTransitionWeeks(db, program.id, [at(-7), FRIDAY]);
    expect(flowOf(counts)).toEqual({ arrived: 0, closed: 0, relapsed: 0 });
  });

  it('says in one line that nothing happened', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await postDigest(db, program, { dueAt: FRIDAY, late: false, now: FRIDAY });
    const [digest] = await outgoing(db, program);
    expect(digest?.body.text).toBe('Launch stability. A quiet week: no reports and no changes, nothing is open.');
    expect(digest?.body.blocks).toHaveLength(1);
  });

  it('is posted to the channel once, however often its instant comes', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program, { seenAt: MONDAY });
    const run = { dueAt: FRIDAY, late: true, now: later(FRIDAY, 3_600_000) };
    expect(await postDigest(db, program, run)).toEqual({ kind: 'posted', gaps: [] });
    expect(await postDigest(db, program, run)).toEqual({ kind: 'repeated', gaps: [] });
    const digests = await outgoing(db, program);
    const [post, ...replies] = digests;
    expect(new Set(digests.map(({ channel }) => channel))).toEqual(new Set(['C0STABILITY']));
    expect(replies.map(({ parentKey }) => parentKey)).toEqual(replies.map(() => post?.dedupeKey));
    expect(replies.map(({ dedupeKey }) => dedupeKey.split(':').at(-1))).toEqual(['burndown', 'movers', 'unowned']);
    expect(digests[0]?.seen).toContain('Late: this was due Fri 27 Nov, 15:00.');
  });

  it('says what costs support the most, this week and the one before', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const [, billing = 0, connectivity = 0] = program.areaIds;
    const old = await aDefect(db, program, { seenAt: later(FRIDAY, -8 * DAY_MS), areaId: billing, supportTickets: 6 });
    await seen(db, program, old, later(FRIDAY, -DAY_MS), { areaId: billing, supportTickets: 3 });
    await aDefect(db, program, { seenAt: MONDAY, areaId: connectivity, supportTickets: 4 });
    await aDefect(db, program, { seenAt: later(FRIDAY, -9 * DAY_MS), areaId: connectivity, supportTickets: 2 });
    const blocks = JSON.stringify((await previewDigest(db, program, FRIDAY)).blocks);
    expect(blocks).toContain('Support tickets: 7 this week, 8 last week. Too few to call a trend.');
    expect(blocks).toContain(
      'Most by area: connectivity 4 (was 2) and billing 3 (was 6). Most by defect: D-2 4 (was 0) and D-1 3 (was 6).',
    );
  });

  it('compares tickets and harm with what was known a week ago, not with what was told of that week since', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { seenAt: later(FRIDAY, -12 * DAY_MS), supportTickets: 2 });
    const known = await gatherDigest(db, program, later(FRIDAY, -7 * DAY_MS));
    const lateTold = { filedAt: later(FRIDAY, -2 * DAY_MS), supportTickets: 5 };
    await seen(db, program, defect, later(FRIDAY, -9 * DAY_MS), lateTold);
    await seen(db, program, defect, later(FRIDAY, -DAY_MS), { supportTickets: 1 });
    const digest = await gatherDigest(db, program, FRIDAY);
    expect(digest.support.defects).toMatchObject([{ tickets: 1, ticketsBefore: 2 }]);
    expect(digest.movers[0]?.harmThen).toBeCloseTo(known.movers[0]?.harmNow ?? 0, 6);
    expect(digest.movers[0]?.harmThen).toBeLessThan(digest.movers[0]?.harmNow ?? 0);
  });

  it('shows the week as a table that adds up, with the week before beside it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const frequent = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, frequent);
    await seen(db, program, frequent, later(MONDAY, DAY_MS));
    const risk = await aDefect(db, program, { seenAt: MONDAY, title: 'Slow page' });
    await acceptRisk(db, program, risk.number, 'Rare', { by: 'UANA', now: later(MONDAY, DAY_MS) });
    const { blocks, text } = await previewDigest(db, program, FRIDAY);
    const table = blocks.find(({ type }) => type === 'table') as unknown as { rows: { text: string }[][] };
    expect(table.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ['Burn-down', 'To do', 'Claimed', 'Open', 'Last week'],
      ['Open a week ago', '1', '0', '1', '1'],
      ['+ New', '+1', '0', '+1', '0'],
      ['+ Failed fix', '+1', '−1', '0', '0'],
      ['Claimed', '−1', '+1', '0', '0'],
      ['− Proven', '0', '0', '0', '0'],
      ['− Risk accepted', '−1', '0', '−1', '0'],
      ['Open now', '1', '0', '1', '1'],
    ]);
    expect(text).toContain('1 to do, 0 claimed; +1 new, −1 risk accepted. 1 fix failed.');
    expect(JSON.stringify(blocks)).toContain('1 report from 3 accounts since the fix of 23 Nov; the limit is 0.');
    expect(JSON.stringify(blocks)).toContain('A preview, shown to you alone.');
    expect(
      await db
        .select()
        .from(outbox)
        .where(eq(outbox.dedupeKey, `digest:${program.id}`)),
    ).toEqual([]);
  });

  it('names who made the list shorter with another label, and why', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { number } = await aDefect(db, program, { severity: 'S1' });
    const doing = { by: 'UANA', now: later(MONDAY, DAY_MS) };
    await relabelDefect(db, program, number, { severity: 'S3', reason: 'Two accounts' }, doing);
    await relabelDefect(db, program, number, { severity: 'S2', reason: 'Three now' }, doing);
    await relabelDefect(db, program, number, { areaId: program.areaIds[0] ?? 0, reason: 'Not Stripe' }, doing);
    const { relabels } = await gatherDigest(db, program, FRIDAY);
    expect(relabels).toMatchObject([
      { key: 'D-1', from: 'S1', to: 'S3', by: 'UANA', why: 'Two accounts' },
      { key: 'D-1', from: 'billing', to: 'deployment', by: 'UANA', why: 'Not Stripe' },
    ]);
  });

  it('names what rose by harm, and who is missing', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const rising = await aDefect(db, program, { seenAt: later(MONDAY, -9 * DAY_MS), title: 'Pods <!here> restart' });
    await seen(db, program, rising, MONDAY);
    for (let i = 0; i < 12; i++) await seen(db, program, rising, later(MONDAY, i * 3_600_000));
    const many = await gatherDigest(db, program, FRIDAY);
    expect(many.week.reports).toBe(13);
    expect(many.movers).toMatchObject([{ number: 1, reports: 13 }]);
    expect(many.movers[0]?.harmNow).toBeGreaterThan(many.movers[0]?.harmThen ?? 0);
    expect(many.unowned).toMatchObject({ total: 1, top: [{ number: 1 }] });
    const said = JSON.stringify(await previewDigest(db, program, FRIDAY));
    expect(said).toContain('Reports: 13 this week, 1 last week.');
    expect(said).not.toContain('<!here>');
  });

  it('counts the reports since a failed fix up to its own end, or up to the next claim, not as when it failed', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defects = [await aFrequentDefect(db, program), await aFrequentDefect(db, program)];
    for (const defect of defects) {
      await aClaimedFix(db, program, defect);
      const back = await seen(db, program, defect, later(MONDAY, DAY_MS));
      await seen(db, program, back, later(MONDAY, 2 * DAY_MS));
    }
    const now = await listDefects(
      db,
      program.id,
      defects.map(({ id }) => id),
    );
    const second = now.find(({ number }) => number === 2);
    if (!second) throw new Error('D-2 is gone.');
    const again = later(MONDAY, 3 * DAY_MS);
    const due = { dueOn: '2026-12-31', reason: 'x' };
    await changeDue(db, program, second.number, due, { by: 'UANA', now: again });
    const claimed = await aClaimedFix(db, program, second, { at: again });
    await seen(db, program, claimed, later(again, 3_600_000));
    const { outcomes } = await gatherDigest(db, program, FRIDAY);
    const failed = outcomes
      .filter(({ kind }) => kind === 'failed')
      .map(({ number, why }) => [number, why.slice(0, 10)]);
    expect(failed).toEqual([
      [1, '2 reports '],
      [2, '2 reports '],
      [2, '1 report f'],
    ]);
  });

  it('says where it leads: how fixes hold and what the list will be, and the same again', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (let i = 0; i < 12; i++) {
      const old = await aFrequentDefect(db, program);
      if (i < 6) await aClaimedFix(db, program, old);
      if (i === 0) await seen(db, program, old, later(MONDAY, DAY_MS));
    }
    const upTo = later(FRIDAY, 35 * DAY_MS);
    for (let day = 5; day < 39; day++) {
      for (let i = 0; i < day / 5; i++) await aDefect(db, program, { seenAt: later(MONDAY, day * DAY_MS) });
    }
    const { outlook } = await gatherDigest(db, program, upTo);
    expect(outlook.survival).toBe(
      '5 of 6 fixes still hold. About 83 % last 30 days (27 to 97 %). Broken by area: billing 1 of 6.',
    );
    expect(outlook.forecast).toBe('At this pace you will not get under 100 open within a year.');
    expect((await gatherDigest(db, program, upTo)).outlook).toEqual(outlook);
    expect(JSON.stringify(await previewDigest(db, program, upTo))).toContain('At this pace you will not get under');
  });

  it('gives no verdict in the first week of a program', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: MONDAY });
    await aDefect(db, program, { seenAt: MONDAY });
    const { text } = await previewDigest(db, program, FRIDAY);
    expect(text).toContain('1 report in this first week. Too early to call a trend.');
  });

  it('says that the burn-down does not add up, where the log and the states disagree', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { id } = await aDefect(db, program, { seenAt: MONDAY });
    const broken = { programId: program.id, defectId: id, at: MONDAY, why: 'x' };
    await db.insert(defectEvents).values({ ...broken, kind: 'claimed', fromState: 'new', toState: 'accepted' });
    await db.insert(defectEvents).values({ ...broken, kind: 'proven', fromState: 'claimed', toState: 'proven' });
    const posted = await postDigest(db, program, { dueAt: FRIDAY, late: false, now: FRIDAY });
    expect(posted.gaps.join()).toContain('claimed: 0 then and the flows give -1, but 0 are there now');
    expect((await outgoing(db, program))[0]?.seen).toContain('The burn-down does not add up');
  });

  it('counts whole local weeks over a change of the clock', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await db.update(programs).set({ timeZone: 'Europe/Berlin' }).where(eq(programs.id, program.id));
    const { window } = await gatherDigest(db, program, new Date('2026-10-30T14:00:00Z'));
    expect(window.after).toEqual(new Date('2026-10-23T13:00:00Z'));
  });
});
