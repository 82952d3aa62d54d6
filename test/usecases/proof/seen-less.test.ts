import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefect } from '../../../src/db/defects/defects.ts';
import { countTransitions, findStandingAt, listEvents } from '../../../src/db/defects/events.ts';
import { listFixLives } from '../../../src/db/digest/outlook-facts.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { assembleBurndown, identityGaps } from '../../../src/domain/digest/burndown.ts';
import { changeDue } from '../../../src/usecases/defects/change-defect.ts';
import { acceptRisk } from '../../../src/usecases/defects/set-aside-defect.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { keepProving } from '../../../src/usecases/proof/keep-proving.ts';
import { proofAsOf } from '../../../src/usecases/proof/proof-as-of.ts';
import { gatherAgenda } from '../../../src/usecases/triage/agenda/gather-agenda.ts';
import { aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing } from '../triage/triage-world.ts';
import { aClaimedFix, aRegularDefect, type ProgramInTest, seen } from './fix-world.ts';

const dayAfter = (days: number) => later(MONDAY, days * DAY_MS);

describe.each(databases)('a fix that has ended only a part, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  /** Seen every four days before its fix, and once in the 24 days since. */
  async function seenLess(program: ProgramInTest) {
    const { db } = database;
    const defect = await aRegularDefect(db, program);
    await aClaimedFix(db, program, defect);
    return seen(db, program, defect, dayAfter(24));
  }

  it('is an outcome of its own with ratio and interval, no failed fix and no proof, and is offered to the owner', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const less = await seenLess(program);
    expect(less).toMatchObject({ state: 'accepted', failedFixes: 0, dueOn: null, windowEndsAt: null });
    const event = (await listEvents(db, less.id)).findLast(({ toState }) => toState !== null);
    expect(event).toMatchObject({ kind: 'reduced', fromState: 'claimed', actorId: null });
    expect(event?.why).toBe(
      'Seen less, not gone: from 1.7 reports a week to 0.3, 32 to 99 % less often. 1 report from 3 accounts since the fix of 23 Nov; the limit is 0.',
    );
    const told = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('comeback:'));
    expect(told).toMatchObject([{ channel: 'UANA' }]);
    const shown = JSON.stringify(told[0]?.body.blocks);
    expect(shown).toContain('The fix of D-1 has ended only a part of it.');
    expect(shown).toContain('Keep proving, accept the rest, or go on?');
    for (const label of ['"Keep proving"', '"Accept the rest"', '"Go on fixing"']) expect(shown).toContain(label);
  });

  it('is first called failed where it comes back early, and seen less once what follows shows it, once', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aRegularDefect(db, program);
    await aClaimedFix(db, program, defect);
    expect(await seen(db, program, defect, dayAfter(2))).toMatchObject({ state: 'accepted', failedFixes: 1 });
    await changeDue(
      db,
      program,
      defect.number,
      { dueOn: '2027-01-08', reason: 'Next try' },
      { by: 'UANA', now: dayAfter(3) },
    );
    expect(await evaluateProofs(db, program, { now: dayAfter(6) })).toMatchObject({ reduced: 0, failed: 0 });
    expect(await evaluateProofs(db, program, { now: dayAfter(40) })).toMatchObject({ reduced: 1, failed: 0 });
    expect(await evaluateProofs(db, program, { now: dayAfter(41) })).toMatchObject({ reduced: 0 });
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ failedFixes: 0, dueOn: '2027-01-08' });
    expect((await listEvents(db, defect.id)).at(-1)).toMatchObject({ kind: 'reduced', fromState: 'accepted' });
    const told = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('comeback:'));
    expect(told.at(-1)?.body.text).toContain('has ended only a part of it');
    expect(JSON.stringify(told.at(-1)?.body.blocks)).toContain('"Keep proving"');
  });

  it('does not look back on a defect that failed and whose risk is accepted, or that changed nothing', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const aside = await aRegularDefect(db, program);
    await aClaimedFix(db, program, aside);
    await seen(db, program, aside, dayAfter(2));
    await acceptRisk(db, program, aside.number, 'We live with it', { by: 'UANA', now: dayAfter(3) });
    const useless = await aRegularDefect(db, program);
    await aClaimedFix(db, program, useless);
    for (let day = 2; day <= 38; day += 4) await seen(db, program, useless, dayAfter(day));
    expect(await evaluateProofs(db, program, { now: dayAfter(40) })).toMatchObject({ reduced: 0 });
  });

  it('leaves a burn-down that adds up, told early or late, and ends the life of its fix once', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const window = { after: dayAfter(-100), upTo: dayAfter(60) };
    const less = await seenLess(program);
    await keepProving(db, program, less.number, { by: 'UANA', now: dayAfter(25) });
    const late = await aRegularDefect(db, program);
    await aClaimedFix(db, program, late);
    await seen(db, program, late, dayAfter(2));
    await evaluateProofs(db, program, { now: dayAfter(40) });
    const counts = await countTransitions(db, program.id, window);
    const burndown = assembleBurndown(
      await findStandingAt(db, program.id, window.after),
      await findStandingAt(db, program.id, window.upTo),
      counts,
    );
    expect(identityGaps(burndown)).toEqual([]);
    expect(burndown.lines.reduced).toEqual({ count: 2, toDo: 1, claimed: -1 });
    expect(burndown.lines.failed).toEqual({ count: 1, toDo: 1, claimed: -1 });
    const lives = await listFixLives(db, program.id, dayAfter(60));
    expect(lives.map(({ brokeAt }) => brokeAt)).toEqual([dayAfter(24), dayAfter(2)]);
  });

  it('goes on being proven by the rate of the rest: what was seen until then is no longer held against it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const less = await seenLess(program);
    const kept = await keepProving(db, program, less.number, { by: 'UBEN', now: dayAfter(25) });
    expect(kept).toMatchObject({ state: 'claimed', deployedAt: MONDAY, claimedAt: dayAfter(25) });
    // Once in 25 days: no silence of 60 days says that the rest is gone.
    expect(kept).toMatchObject({ windowDays: null, windowEndsAt: null });
    expect((await listEvents(db, less.id)).at(-1)).toMatchObject({ kind: 'claimed', actorId: 'UBEN' });
    await seen(db, program, less, dayAfter(23.5), { filedAt: dayAfter(26) });
    expect(await findDefect(db, program.id, less.id)).toMatchObject({ state: 'claimed' });
    expect(await proofAsOf(db, program, less, dayAfter(30))).toMatchObject({
      outcome: 'stalled',
      prior: { returns: 1 },
    });
    expect(await seen(db, program, less, dayAfter(31))).toMatchObject({ state: 'accepted', failedFixes: 1 });
    expect((await listEvents(db, less.id)).findLast(({ kind }) => kind === 'failed')?.why).toBe(
      '1 report from 3 accounts since proving of the fix of 23 Nov went on anew on 18 Dec; the limit is 0.',
    );
  });

  it('goes on being proven once, however many press at the same time, and only while it waits for that', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const less = await seenLess(program);
    const now = dayAfter(25);
    const all = await Promise.allSettled(
      ['UANA', 'UBEN', 'UCEM'].map((by) => keepProving(db, program, less.number, { by, now })),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listEvents(db, less.id)).filter(({ kind }) => kind === 'claimed')).toHaveLength(2);
    const other = await aRegularDefect(db, program);
    await expect(keepProving(db, program, other.number, { by: 'UANA', now })).rejects.toThrow(
      'D-2 does not wait for this any more.',
    );
    await aClaimedFix(db, program, other);
    await seen(db, program, other, dayAfter(2));
    await expect(keepProving(db, program, other.number, { by: 'UANA', now })).rejects.toThrow('does not wait for this');
  });

  it('is on the next agenda with going on as what the facts speak for', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await seenLess(program);
    const { items } = await gatherAgenda(db, program, dayAfter(25));
    expect(items).toMatchObject([
      { reason: { kind: 'reduced', why: expect.stringMatching(/^Seen less, not gone/) }, suggestion: 'keep_proving' },
    ]);
  });
});
