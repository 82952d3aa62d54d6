import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import type { Cadence } from '../../../src/domain/time/cadence.ts';
import { announceFacilitator } from '../../../src/usecases/triage/announce-facilitator.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { openAt, outgoing } from './triage-world.ts';

const MONDAYS: Cadence = {
  weekdays: [1],
  atLocalTime: '10:00',
  everyWeeks: 1,
  anchorOn: '2026-11-23',
  timeZone: 'Europe/Berlin',
  holidays: [],
  onHoliday: 'next_working_day',
  workingDays: [1, 2, 3, 4, 5],
};

describe.each(databases)('the next facilitator, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('is told once, from the same hour of the working day before', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const friday = later(MONDAY, -3 * DAY_MS);
    const ticks = [later(friday, -1), friday, later(friday, 15_000), later(MONDAY, -1)];
    const told: boolean[] = [];
    for (const at of ticks) told.push(await announceFacilitator(db, program, MONDAYS, at));
    expect(told).toEqual([false, true, false, false]);
    const [note, ...more] = await outgoing(db, program);
    expect(more).toEqual([]);
    expect(note).toMatchObject({
      channel: 'UANA',
      body: { text: 'You facilitate the triage of Launch stability, Mon 23 Nov, 10:00.' },
    });
    expect(note?.seen).toContain('As of now: 1 open, 1 new, 0 regressed, 1 unowned.');
  });

  it('is not told on the first day of a program, when the greeting has just been read', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: later(MONDAY, -2 * DAY_MS) });
    expect(await announceFacilitator(db, program, MONDAYS, later(MONDAY, -1))).toBe(false);
  });

  it('is told before a holiday that lies between', async () => {
    const { db } = database;
    const program = await aProgram(db, { holidays: ['2026-11-20'] });
    expect(await announceFacilitator(db, program, MONDAYS, later(MONDAY, -4 * DAY_MS))).toBe(true);
  });

  it('is the one after whoever had the last turn, and still there when the list has changed', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    const friday = later(MONDAY, 4 * DAY_MS);
    await announceFacilitator(db, program, MONDAYS, friday);
    await announceFacilitator(db, { ...program, facilitatorIds: ['UDORA', 'UCEM'] }, MONDAYS, friday);
    const told = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.includes(':facilitator:'));
    expect(told.map(({ channel }) => channel)).toEqual(['UBEN', 'UDORA']);
  });

  it('is nobody where nobody is named', async () => {
    const { db } = database;
    const program = await aProgram(db, { facilitatorIds: [] });
    expect(await announceFacilitator(db, program, MONDAYS, later(MONDAY, -1))).toBe(false);
  });
});
