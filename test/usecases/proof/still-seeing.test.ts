import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefect } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { reports } from '../../../src/db/schema/defects.ts';
import { outbox } from '../../../src/db/schema/messages.ts';
import { answerStillSeeing } from '../../../src/usecases/proof/answer-still-seeing.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { proofAsOf } from '../../../src/usecases/proof/proof-as-of.ts';
import { proofOfFix } from '../../../src/usecases/proof/proof-of-fix.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing, sendAll } from '../triage/triage-world.ts';
import { aClaimedFix, anOftenSeenDefect, seen } from './fix-world.ts';

const EARLIER = later(MONDAY, -2 * DAY_MS);

const seenAt = (at: Date) => ({ seenAt: at, environment: 'production' });

describe.each(databases)('asking reporters after a claim on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function asked(program: Parameters<typeof outgoing>[1]) {
    return (await outgoing(database.db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('still-seeing:'));
  }

  it('asks each person who reported it in the last 30 days once, and never its owner', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { reporterId: 'UANA' });
    await seen(db, program, defect, EARLIER, { reporterId: 'UBEN' });
    await seen(db, program, defect, EARLIER, { reporterId: 'UBEN' });
    await seen(db, program, defect, EARLIER, { reporterId: 'UCEM' });
    await seen(db, program, defect, later(MONDAY, -31 * DAY_MS), { reporterId: 'UOLD' });
    await seen(db, program, defect, EARLIER, { reporterId: 'sentry', source: 'import' });
    await seen(db, program, defect, EARLIER, { reporterId: 'USTAGING', environment: 'staging' });
    await aClaimedFix(db, program, defect, { claim: { environments: ['production'] } });
    const questions = await asked(program);
    expect(questions.map(({ channel }) => channel).sort()).toEqual(['UBEN', 'UCEM']);
    expect(questions[0]?.body.text).toBe('A fix of D-1 went out on 23 Nov. Have you seen it since?');
  });

  it('asks a working day after the claim, quietly in the morning', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { reporterId: 'UBEN' });
    await aClaimedFix(db, program, defect, { at: later(MONDAY, 4 * DAY_MS) });
    const [question] = await db.select().from(outbox).where(eq(outbox.workspaceId, program.workspaceId));
    expect(question?.runAt).toEqual(new Date('2026-11-30T09:00:00Z'));
  });

  it('makes a proof surer by whoever answers, and less sure by who says nothing, on that day and when looked back', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program, { reporterId: 'UBEN' });
    await aClaimedFix(db, program, defect);
    const found = await findDefect(db, program.id, defect.id);
    if (!found) throw new Error('The defect is gone.');
    const at = later(MONDAY, 2 * DAY_MS);
    const sureAt = async (now: Date) => (await proofOfFix(db, program, found, now))?.certainty ?? 0;
    const unasked = await sureAt(later(MONDAY, DAY_MS - HOUR_MS));
    const silent = await sureAt(at);
    expect((await proofOfFix(db, program, found, at))?.sentence).toContain(
      'as long as people go on reporting it (0 of 1 who were asked have answered)',
    );
    await answerStillSeeing(db, program, 1, 'no', { by: 'UBEN', now: later(at, HOUR_MS) });
    const answered = await proofOfFix(db, program, found, at);
    expect(answered?.certainty).toBeGreaterThan(silent);
    expect(answered?.sentence).toContain('(1 of 1 who were asked have answered)');
    expect(answered?.prior.toldOn).toBeCloseTo(0.95, 9);
    expect(unasked).toBeGreaterThan(0);
    expect((await proofAsOf(db, program, found, at))?.certainty).toBe(silent);
  });

  it('keeps what was seen before the fix from counting against it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { reporterId: 'UBEN' });
    await aClaimedFix(db, program, defect);
    const doing = { by: 'UBEN', now: later(MONDAY, DAY_MS) };
    await answerStillSeeing(db, program, 1, seenAt(later(MONDAY, -DAY_MS)), doing);
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ state: 'claimed', reportCount: 2 });
  });

  it('refuses a sighting in the future', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aClaimedFix(db, program, await aDefect(db, program, { reporterId: 'UBEN' }));
    const ahead = answerStillSeeing(db, program, 1, seenAt(later(MONDAY, DAY_MS)), { by: 'UBEN', now: MONDAY });
    await expect(ahead).rejects.toThrow('This is in the future.');
  });

  it('asks twenty people at most, those who saw it last', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { seenAt: later(MONDAY, -20 * DAY_MS) });
    for (let i = 0; i < 25; i++) {
      await seen(db, program, defect, later(EARLIER, i * 60_000), { reporterId: `U${100 + i}` });
    }
    await aClaimedFix(db, program, defect);
    const people = (await asked(program)).map(({ channel }) => channel);
    expect(people).toHaveLength(20);
    expect(people).toContain('U124');
    expect(people).not.toContain('U104');
  });

  it('takes a yes as one report against the fix, however often it is clicked', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { reporterId: 'UBEN', environment: 'production' });
    await aClaimedFix(db, program, defect);
    const doing = { by: 'UBEN', now: later(MONDAY, DAY_MS) };
    await Promise.all([1, 2, 3].map(() => answerStillSeeing(db, program, 1, seenAt(doing.now), doing)));
    await answerStillSeeing(db, program, 1, 'no', doing);
    const stored = await db.select().from(reports).where(eq(reports.defectId, defect.id)).orderBy(asc(reports.id));
    expect(stored).toHaveLength(2);
    expect(stored[1]).toMatchObject({ reporterId: 'UBEN', environment: 'production', seenAt: doing.now });
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ state: 'accepted', failedFixes: 1 });
    const [question] = await asked(program);
    expect(question?.body.text).toBe('Thank you. What you saw of D-1 is a report now.');
  });

  it('keeps a no in the log, once, and lets the fix be', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { reporterId: 'UBEN' });
    await aClaimedFix(db, program, defect);
    const doing = { by: 'UBEN', now: later(MONDAY, DAY_MS) };
    await answerStillSeeing(db, program, 1, 'no', doing);
    await answerStillSeeing(db, program, 1, 'no', doing);
    const said = (await listEvents(db, defect.id)).filter(({ kind }) => kind === 'seen_since_fix');
    expect(said).toMatchObject([{ actorId: 'UBEN', why: 'Does not see it any more.' }]);
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ state: 'claimed', reportCount: 1 });
  });

  it.each([
    ['proven', 'The fix of D-1 is proven, so this needs no answer any more. If you see it again, report it.'],
    ['failed', 'The fix of D-1 did not hold, so this needs no answer any more.'],
  ])(
    'ends the questions that nobody answered once the fix is %s, and leaves answers as they are',
    async (how, said) => {
      const { db } = database;
      const program = await aProgram(db);
      const defect = await anOftenSeenDefect(db, program);
      for (const reporterId of ['UBEN', 'UCEM']) await seen(db, program, defect, EARLIER, { reporterId });
      await aClaimedFix(db, program, defect);
      await sendAll(db, program);
      const doing = { by: 'UBEN', now: later(MONDAY, DAY_MS) };
      await answerStillSeeing(db, program, 1, 'no', doing);
      if (how === 'proven') await evaluateProofs(db, program, { now: later(MONDAY, 4 * DAY_MS) });
      else await seen(db, program, defect, later(MONDAY, 2 * DAY_MS));
      const edits = (await outgoing(db, program)).filter(({ targetKey }) => targetKey?.startsWith('still-seeing:'));
      const about = (userId: string) => edits.filter(({ targetKey }) => targetKey?.endsWith(userId)).at(-1)?.body;
      expect(about('UCEM')?.text).toBe(said);
      expect(JSON.stringify(about('UCEM')?.blocks)).not.toContain('button');
      expect(about('UBEN')?.text).toBe('Thank you. You have not seen D-1 since the fix.');
      expect(edits.filter(({ channel }) => channel === 'UBEN')).toHaveLength(1);
    },
  );

  it('never asks what is settled before the question went out', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    await seen(db, program, defect, EARLIER, { reporterId: 'UBEN' });
    await aClaimedFix(db, program, defect);
    expect(await asked(program)).not.toHaveLength(0);
    await seen(db, program, defect, later(MONDAY, DAY_MS));
    expect(await asked(program)).toEqual([]);
  });

  it('asks the same people again after the next claim', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { reporterId: 'UBEN' });
    await aClaimedFix(db, program, defect);
    const at = later(MONDAY, DAY_MS);
    await answerStillSeeing(db, program, 1, seenAt(at), { by: 'UBEN', now: at });
    const failed = await findDefect(db, program.id, defect.id);
    if (!failed) throw new Error('gone');
    await aClaimedFix(db, program, failed, { at: later(at, DAY_MS) });
    expect(await asked(program)).toHaveLength(2);
    await answerStillSeeing(db, program, 1, 'no', { by: 'UBEN', now: later(at, 2 * DAY_MS) });
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ state: 'claimed', reportCount: 2 });
  });

  it('has nothing to hear where no fix was claimed', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await expect(answerStillSeeing(db, program, 1, seenAt(MONDAY), { by: 'UBEN', now: MONDAY })).rejects.toThrow(
      'No fix of D-1 has been claimed yet.',
    );
  });
});
