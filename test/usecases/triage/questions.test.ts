import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { listTriageItems } from '../../../src/db/triage/triages.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { answerQuestion, askForInfo } from '../../../src/usecases/triage/decisions/ask-for-info.ts';
import { aDefect, aProgram, aReport, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { openAt, outgoing, sendAll } from './triage-world.ts';

describe.each(databases)('a question to the reporters, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('goes by direct message to the last three people who reported it, and never to whoever asks', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { id } = await aDefect(db, program, { reporterId: 'UONE', seenAt: later(MONDAY, -9 * DAY_MS) });
    for (const [i, reporterId] of ['UTWO', 'UTHREE', 'UBEN', 'UFOUR', 'UTHREE'].entries()) {
      await fileReport(db, program, aReport(program, { reporterId, seenAt: later(MONDAY, (i - 6) * DAY_MS) }), id);
    }
    const { askedIds } = await askForInfo(db, program, 1, 'Which <!here> region?', { by: 'UBEN', now: MONDAY });
    const asked = await outgoing(db, program);
    expect(askedIds).toEqual(['UTHREE', 'UFOUR', 'UTWO']);
    expect(asked.map(({ channel }) => channel)).toEqual(askedIds);
    expect(asked[0]?.seen).toContain('> Which &lt;!here&gt; region?');
    expect(asked.every(({ seen }) => (seen.match(/"type":"button"/g) ?? []).length === 1)).toBe(true);
  });

  it('is answered once for all: in the log, to whoever asked, and gone from the others', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { id } = await aDefect(db, program, { reporterId: 'UONE' });
    await fileReport(db, program, aReport(program, { reporterId: 'UTWO' }), id);
    await askForInfo(db, program, 1, 'Which region?', { by: 'UBEN', now: MONDAY });
    await sendAll(db, program);
    await answerQuestion(db, program, 1, 'europe-west1', { by: 'UONE', now: later(MONDAY, DAY_MS) });
    const said = (await outgoing(db, program)).filter(({ state }) => state === 'due');
    expect(said.filter(({ kind }) => kind === 'update').map(({ channel }) => channel)).toEqual(['UTWO', 'UONE']);
    expect(said.filter(({ kind }) => kind === 'update').every(({ seen }) => !seen.includes('"button"'))).toBe(true);
    expect(said.find(({ kind }) => kind === 'post')).toMatchObject({
      channel: 'UBEN',
      body: { text: 'An answer about D-1: europe-west1' },
    });
    const defect = await findDefectByNumber(db, program.id, 1);
    expect(defect?.askedAt).toBeNull();
    expect((await listEvents(db, id)).at(-1)).toMatchObject({
      kind: 'info_given',
      actorId: 'UONE',
      why: 'europe-west1',
    });
  });

  it('takes the buttons of an earlier one that nobody answered', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program, { reporterId: 'UONE' });
    await askForInfo(db, program, 1, 'Which region?', { by: 'UBEN', now: MONDAY });
    await sendAll(db, program);
    await askForInfo(db, program, 1, 'Which card?', { by: 'UBEN', now: later(MONDAY, DAY_MS) });
    const said = (await outgoing(db, program)).filter(({ state }) => state === 'due');
    expect(said.map(({ kind, seen }) => [kind, seen.includes('"button"')])).toEqual([
      ['update', false],
      ['post', true],
    ]);
    expect(said[0]?.seen).toContain('It has been asked anew since. Nothing is left to do here.');
  });

  it('settles the item of the thread, and comes back in the next thread with its answer', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (let i = 0; i < 11; i++) await aDefect(db, program, { severity: 'S1' });
    await aDefect(db, program, { severity: 'S4', affected: 0 });
    const crowded = { ...program, agendaLimit: 20 };
    await openAt(db, crowded, MONDAY);
    await askForInfo(db, crowded, 12, 'Which region?', { by: 'UBEN', now: MONDAY });
    const week = later(MONDAY, 7 * DAY_MS);
    const reasonIn = async (triageId: number) =>
      (await listTriageItems(db, triageId)).find(({ defect }) => defect.number === 12)?.item;
    const second = await openAt(db, crowded, week);
    expect(await reasonIn(second.triage.id)).toMatchObject({
      reason: 'The question about it has no answer yet.',
      streak: 0,
    });
    await askForInfo(db, crowded, 12, 'Which region, please?', { by: 'UBEN', now: week });
    await answerQuestion(db, crowded, 12, 'All of them', { by: 'UREPORTER', now: week });
    const third = await openAt(db, crowded, later(week, 7 * DAY_MS));
    expect((await reasonIn(third.triage.id))?.reason).toBe('The question about it was answered: All of them');
  });

  it.each([
    ['asked about the asker alone', { reporterId: 'UBEN' }, 'You reported D-1 yourself, and nobody else has.'],
    ['imported', { source: 'import' as const }, 'D-1 was not reported by anybody here, so there is nobody to ask.'],
  ])('is refused where the reports are %s', async (_, over, words) => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program, over);
    await expect(askForInfo(db, program, 1, 'Where?', { by: 'UBEN', now: MONDAY })).rejects.toThrow(words);
    expect(await outgoing(db, program)).toEqual([]);
  });

  it.each(['', '   ', '\n\n'])('takes no empty answer: %j', async (answer) => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await askForInfo(db, program, 1, 'Where?', { by: 'UBEN', now: MONDAY });
    await expect(answerQuestion(db, program, 1, answer, { by: 'UREPORTER', now: MONDAY })).rejects.toThrow('few words');
  });
});
