import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { listWholeAudit } from '../../../src/db/programs/audit.ts';
import { findProgram, type Program } from '../../../src/db/programs/programs.ts';
import { insertSchedule, listSchedules } from '../../../src/db/programs/schedules.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';
import { RITUALS } from '../../../src/domain/vocabulary.ts';
import { changeExitCriteria } from '../../../src/usecases/exit/change-exit-criteria.ts';
import { endProgram, goOn, startAgain } from '../../../src/usecases/exit/end-program.ts';
import { reviewTranche } from '../../../src/usecases/triage/review-tranche.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing, sendAll } from '../triage/triage-world.ts';

const NEXT = later(MONDAY, 28 * DAY_MS);
const UNDER_FIVE = { openUnder: 5, holdPercent: null, objectiveWeeks: null };
const lead = { by: 'ULEAD', now: MONDAY };

describe.each(databases)('the end that a program sets itself, on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  const as = async (work: (tx: Db) => Promise<unknown>) => db.transaction((tx) => work(tx as unknown as Db));
  const anew = async ({ workspaceId, id }: Program) => (await findProgram(db, workspaceId, id)) as Program;
  async function aProgramWithAnEnd() {
    const program = await aProgram(db, { leadIds: ['ULEAD', 'UANA'] });
    const cadences = defaultCadences(program, '2026-11-23');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
    await as((tx) => changeExitCriteria(tx, program, UNDER_FIVE, lead));
    return program;
  }
  const review = async (program: Program, at: Date) => {
    const known = await anew(program);
    await as((tx) => reviewTranche(tx, known, { dueAt: at, late: false, now: at }));
  };
  const asked = async (program: Program) =>
    (await outgoing(db, program)).filter(({ dedupeKey, kind }) => kind === 'post' && dedupeKey.startsWith('exit:'));
  const resting = async (program: Program) =>
    (await listSchedules(db, program.id)).filter(({ enabled }) => !enabled).map(({ ritual }) => ritual);

  it('is shown in each review, and every lead is asked once', async () => {
    const program = await aProgramWithAnEnd();
    await review(program, MONDAY);
    await review(program, NEXT);
    const reviews = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('tranche:'));
    expect(reviews).toHaveLength(2);
    for (const { seen } of reviews) expect(seen).toContain('Met: 0 are open, under 5 is the aim.');
    expect((await asked(program)).map(({ channel }) => channel)).toEqual(['ULEAD', 'UANA']);
  });

  it('asks nobody while it is not met, and says nothing where nothing is set', async () => {
    const program = await aProgramWithAnEnd();
    for (const title of ['A', 'B', 'C', 'D', 'E']) await aDefect(db, program, { title });
    await review(program, MONDAY);
    expect(await asked(program)).toEqual([]);
    expect(JSON.stringify(await outgoing(db, program))).toContain('Not met: 5 are open');
    const other = await aProgram(db);
    await review(other, MONDAY);
    expect(JSON.stringify(await outgoing(db, other))).not.toContain('Exit scorecard');
  });

  it('asks in the channel where nobody leads by name, and again once other criteria are set', async () => {
    const program = await aProgram(db, { leadIds: [], exitOpenUnder: 5 });
    await review(program, MONDAY);
    await as((tx) => changeExitCriteria(tx, program, { ...UNDER_FIVE, openUnder: 4 }, lead));
    await review(program, NEXT);
    expect((await asked(program)).map(({ channel }) => channel)).toEqual(['C0STABILITY', 'C0STABILITY']);
  });

  it('ends by its lead: rituals rest but the proof, everybody asked and the channel are told', async () => {
    const program = await aProgramWithAnEnd();
    await review(program, MONDAY);
    await sendAll(db, program);
    await as((tx) => endProgram(tx, program, lead));
    expect((await resting(program)).sort()).toEqual(['digest', 'reminders', 'tranche_review', 'triage']);
    const said = await outgoing(db, program);
    const updates = said.filter(({ kind }) => kind === 'update');
    expect(updates.map(({ channel }) => channel)).toEqual(['ULEAD', 'UANA']);
    for (const { seen } of updates) expect(seen).toContain('ended the program');
    expect(said.at(-1)).toMatchObject({ channel: 'C0STABILITY', body: { text: 'This program has ended.' } });
    await expect(as((tx) => endProgram(tx, program, lead))).rejects.toThrow('has ended already');
    await expect(as((tx) => goOn(tx, program, lead))).rejects.toThrow('has ended already');
  });

  it('starts again by its lead, and may then be asked once more', async () => {
    const program = await aProgramWithAnEnd();
    await review(program, MONDAY);
    await as((tx) => endProgram(tx, program, lead));
    await as((tx) => startAgain(tx, program, lead));
    expect(await resting(program)).toEqual([]);
    await expect(as((tx) => startAgain(tx, program, lead))).rejects.toThrow('has not ended');
    await review(program, NEXT);
    expect(await asked(program)).toHaveLength(4);
    expect((await listWholeAudit(db, program.id)).map(({ kind }) => kind)).toEqual([
      'setting_changed',
      'program_ended',
      'program_started',
    ]);
  });

  it('goes on where its lead says so, and nobody is asked again', async () => {
    const program = await aProgramWithAnEnd();
    await review(program, MONDAY);
    await sendAll(db, program);
    await as((tx) => goOn(tx, program, lead));
    await review(program, NEXT);
    expect(await resting(program)).toEqual([]);
    expect(await asked(program)).toHaveLength(2);
    const updates = (await outgoing(db, program)).filter(({ kind }) => kind === 'update');
    expect(updates.map(({ seen }) => seen.includes('goes on'))).toEqual([true, true]);
  });

  it('refuses what is no aim at its field, and changes nothing', async () => {
    const program = await aProgram(db);
    const wrong = { openUnder: 0, holdPercent: Number.NaN, objectiveWeeks: null };
    await expect(as((tx) => changeExitCriteria(tx, program, wrong, lead))).rejects.toMatchObject({
      field: 'openUnder',
      others: { holdPercent: 'Use a whole number of percent, 50 to 100.' },
    });
    expect((await anew(program)).exitOpenUnder).toBeNull();
  });
});
