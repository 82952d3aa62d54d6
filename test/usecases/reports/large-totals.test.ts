import { afterEach, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { countReportsIn } from '../../../src/db/digest/digest-facts.ts';
import { measureImpacts } from '../../../src/db/digest/outlook-facts.ts';
import { MOST_ACCOUNTS, MOST_TICKETS } from '../../../src/domain/reports/counts.ts';
import { exportDefects } from '../../../src/usecases/defects/export-defects.ts';
import { listRank } from '../../../src/usecases/defects/list-rank.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { gatherEveryChart } from '../../../src/usecases/digest/gather-charts.ts';
import { gatherDigest } from '../../../src/usecases/digest/gather-digest.ts';
import { mergeDefects, unmergeDefect } from '../../../src/usecases/grouping/merge-defects.ts';
import { addTickets } from '../../../src/usecases/reports/add-tickets.ts';
import { joinDefect } from '../../../src/usecases/reports/record-report.ts';
import { aDefect, aProgram, aReport, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

const REPORTS = 300;

describe.each(databases)('the totals of many reports at the limit on $name', (database) => {
  let close = async () => {};
  afterEach(() => close());

  it('are counted and read everywhere', async () => {
    const opened = await database.open();
    close = opened.close;
    const { db } = opened;
    const program = await aProgram(db);
    const most = { affected: MOST_ACCOUNTS, supportTickets: MOST_TICKETS };
    const doing = { by: 'UANA', now: MONDAY };
    const target = await aDefect(db, program, most);
    await db.transaction(async (tx) => {
      for (let i = 2; i < REPORTS; i += 1) await joinDefect(tx, program, target.id, aReport(program, most));
    });
    // A report counts on from the total before; a merge counts anew.
    const last = await aDefect(db, program, most);
    await mergeDefects(db, program, target.number, last.number, doing);

    const found = await findDefectByNumber(db, program.id, last.number);
    const totals = { affectedTotal: REPORTS * MOST_ACCOUNTS, ticketTotal: REPORTS * MOST_TICKETS };
    expect(found).toMatchObject({ ...totals, reportCount: REPORTS });
    expect(totals.affectedTotal).toBeGreaterThan(2 ** 31);
    expect((await exportDefects(db, program, new Map(), MONDAY)).csv).toContain(`,${REPORTS},1,3000000000,30000000,`);
    const week = [later(MONDAY, -7 * DAY_MS), MONDAY] as const;
    const [impact] = await measureImpacts(db, program.id, { after: week[0], upTo: week[1] });
    expect(impact).toMatchObject({ affected: totals.affectedTotal, supportTickets: totals.ticketTotal });
    expect(await countReportsIn(db, program.id, { after: week[0], upTo: week[1] })).toMatchObject({
      tickets: totals.ticketTotal,
    });
    await showDefect(db, program, last.number, MONDAY);
    await listRank(db, program, 'top', 0, doing);
    await gatherDigest(db, program, MONDAY);
    await gatherEveryChart(db, program, MONDAY);
    await expect(addTickets(db, program, { number: last.number, tickets: 1, link: null }, doing)).rejects.toThrow(
      'A report stands for at most 100,000 support tickets.',
    );
    await expect(unmergeDefect(db, program, target.number, doing)).resolves.toMatchObject({ reportCount: REPORTS - 1 });
  });
});
