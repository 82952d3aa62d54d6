import { afterEach, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { heatLevel } from '../../../src/domain/defects/rank.ts';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { addTickets } from '../../../src/usecases/reports/add-tickets.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { seen } from '../proof/fix-world.ts';

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
    const back = await addTickets(db, program, { number: 1, tickets: -5, link: null }, doing);
    expect(back).toMatchObject({ defect: { ticketTotal: 1, reportCount: 2 }, reportOn: null });
    const corrected = await listReports(db, defect.id);
    expect(corrected.map(({ supportTickets }) => supportTickets)).toEqual([0, 1]);
    expect(back.defect.heatLevel).toBeCloseTo(heatLevel(corrected, program.halfLifeDays), 9);
    await expect(addTickets(db, program, { number: 1, tickets: -2, link: null }, doing)).rejects.toThrow(
      'D-1 stands for 1, so 2 cannot be taken back.',
    );
    await expect(addTickets(db, program, { number: 1, tickets: 99_999, link: null }, doing)).resolves.toMatchObject({
      reportOn: '2026-11-22',
    });
    await expect(addTickets(db, program, { number: 1, tickets: 99_999, link: null }, doing)).rejects.toThrow(Refusal);
    await expect(addTickets(db, program, { number: 9, tickets: 1, link: null }, doing)).rejects.toThrow(
      'There is no D-9',
    );
    const twin = await aDefect(db, program, { title: 'Another' });
    await mergeDefects(db, program, twin.number, defect.number, doing);
    await expect(addTickets(db, program, { number: twin.number, tickets: 3, link: null }, doing)).rejects.toThrow(
      'D-2 is part of D-1 now: `tickets 1 3`.',
    );
  });
});
