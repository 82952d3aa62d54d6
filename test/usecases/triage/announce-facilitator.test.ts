import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { upsertPerson } from '../../../src/db/people/people.ts';
import type { Cadence } from '../../../src/domain/time/cadence.ts';
import { announceFacilitator } from '../../../src/usecases/triage/announce-facilitator.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
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

  it('is told once, a working day ahead, from nine in the morning', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const nine = later(MONDAY, -3 * DAY_MS - HOUR_MS);
    const ticks = [later(nine, -1), nine, later(nine, 15_000), later(MONDAY, -1)];
    const told: boolean[] = [];
    for (const at of ticks) told.push(await announceFacilitator(db, program, MONDAYS, at));
    expect(told).toEqual([false, true, false, false]);
    const said = await outgoing(db, program);
    expect(said.map(({ channel, body }) => [channel, body.text])).toEqual([
      ['UANA', "You facilitate Monday's triage (23 Nov, 10:00)."],
    ]);
  });

  it('is told within the working hours of their own clock', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await upsertPerson(db, {
      ...{ workspaceId: program.workspaceId, userId: 'UANA', name: 'Ana', isActive: true },
      ...{ timeZone: 'America/New_York', refreshedAt: MONDAY },
    });
    const noon = later(MONDAY, -3 * DAY_MS + 2 * HOUR_MS);
    expect(await announceFacilitator(db, program, MONDAYS, noon)).toBe(false);
    expect(await announceFacilitator(db, program, MONDAYS, later(noon, 3 * HOUR_MS))).toBe(true);
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
