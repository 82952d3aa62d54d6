import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefect } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { reports } from '../../../src/db/schema/defects.ts';
import { answerStillSeeing } from '../../../src/usecases/proof/answer-still-seeing.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing, sendAll } from '../triage/triage-world.ts';
import { aClaimedFix, aDailyDefect, seen } from './fix-world.ts';

const EARLIER = later(MONDAY, -2 * DAY_MS);

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
    expect(questions[0]?.body.text).toBe('A fix of D-1 is out since 23 Nov. Are you still seeing it?');
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
    await Promise.all([1, 2, 3].map(() => answerStillSeeing(db, program, 1, 'yes', doing)));
    await answerStillSeeing(db, program, 1, 'no', doing);
    const stored = await db.select().from(reports).where(eq(reports.defectId, defect.id));
    expect(stored).toHaveLength(2);
    expect(stored[1]).toMatchObject({ reporterId: 'UBEN', environment: 'production', seenAt: doing.now });
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ state: 'accepted', failedFixes: 1 });
    const [question] = await asked(program);
    expect(question?.body.text).toBe('Thank you. That you still see D-1 counts as a report.');
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
      const defect = await aDailyDefect(db, program);
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
      expect(about('UBEN')?.text).toBe('Thank you. It is noted that you no longer see D-1.');
      expect(edits.filter(({ channel }) => channel === 'UBEN')).toHaveLength(1);
    },
  );

  it('never asks what is settled before the question went out', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDailyDefect(db, program);
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
    await answerStillSeeing(db, program, 1, 'yes', { by: 'UBEN', now: at });
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
    await expect(answerStillSeeing(db, program, 1, 'yes', { by: 'UBEN', now: MONDAY })).rejects.toThrow(
      'No fix of D-1 has been claimed yet.',
    );
  });
});
