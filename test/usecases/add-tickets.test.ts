import { afterEach, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../src/db/defects.ts';
import { listEvents } from '../../src/db/events.ts';
import { listReports } from '../../src/db/reports.ts';
import { heatLevel } from '../../src/domain/rank.ts';
import { addTickets } from '../../src/usecases/add-tickets.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { seen } from './fix-world.ts';

describe.each(databases)('support tickets on $name', (database) => {
  let close = async () => {};
  afterEach(() => close());

  it('told later belong to the latest report, weigh, and are in the history with their link', async () => {
    const opened = await database.open();
    close = opened.close;
    const { db } = opened;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { supportTickets: 2 });
    await seen(db, program, defect, later(MONDAY, -DAY_MS));
    const doing = { by: 'UANA', now: MONDAY };
    await addTickets(db, program, { number: 1, tickets: 3, link: 'https://desk.example/t/9' }, doing);
    await addTickets(db, program, { number: 1, tickets: 1, link: null }, doing);
    const reports = await listReports(db, defect.id);
    expect(reports.map(({ supportTickets }) => supportTickets)).toEqual([4, 2]);
    expect(reports[0]?.link).toBe('https://desk.example/t/9');
    const found = await findDefectByNumber(db, program.id, 1);
    expect(found).toMatchObject({ ticketTotal: 6, reportCount: 2 });
    expect(found?.heatLevel).toBeCloseTo(heatLevel(reports, program.halfLifeDays), 9);
    expect((await listEvents(db, defect.id)).slice(-2)).toMatchObject([
      { kind: 'tickets_added', actorId: 'UANA', why: '3 support tickets more: https://desk.example/t/9' },
      { kind: 'tickets_added', why: '1 support ticket more.' },
    ]);
    await expect(addTickets(db, program, { number: 9, tickets: 1, link: null }, doing)).rejects.toThrow(
      'There is no D-9',
    );
  });
});
