import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportsModal } from '../../../src/blocks/defects/report-blocks.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { readReports } from '../../../src/usecases/defects/read-reports.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, seen } from '../proof/fix-world.ts';

describe.each(databases)('the reports of a defect on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('stand on its card with their words, places and links, and say what counts against a fix and why the others do not', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const told = { severity: 'S4' as const, affected: 0, environment: 'production' };
    const defect = await aDefect(db, program, { ...told, description: 'All of Acme', link: 'https://logs.example/1' });
    await aClaimedFix(db, program, defect, { claim: { environments: ['production'] } });
    const onDay = (days: number) => later(MONDAY, days * DAY_MS);
    await seen(db, program, defect, onDay(1), { ...told, description: 'pod checkout-7\nrunbook https://r.example' });
    await seen(db, program, defect, onDay(2), { ...told, environment: 'staging' });
    await seen(db, program, defect, onDay(3), { ...told, vendor: 'Stripe' });
    const card = JSON.stringify((await showDefect(db, program, 1, onDay(4))).blocks);
    expect(card).toContain('> pod checkout-7');
    expect(card).toContain('> runbook https://r.example');
    expect(card).toContain('S4 · production · counts against the fix');
    expect(card).toContain('staging · does not count against the fix: it is not deployed there');
    expect(card).toContain('does not count against the fix: caused by Stripe');
    expect(card).toContain('Read all 4');
    const all = JSON.stringify(reportsModal(await readReports(db, program, 1, 0, onDay(4))).blocks);
    expect(all).toContain('4 reports. 1 counts against the fix of 23 Nov.');
    expect(all).toContain('> All of Acme');
    expect(all).toContain('<https://logs.example/1|');
    expect(all).toContain('S4 · production · before the fix');
  });

  it('are turned over a page at a time', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { description: 'Long ago' });
    for (const day of [1, 2, 3, 4, 5, 6])
      await seen(db, program, defect, later(MONDAY, day * 60_000), { title: `No. ${day}` });
    const page = async (offset: number) =>
      JSON.stringify(reportsModal(await readReports(db, program, 1, offset, later(MONDAY, DAY_MS))).blocks);
    expect(await page(0)).toContain('Reports 1 to 5 of 7.');
    expect(await page(0)).toContain('"Older"');
    expect(await page(0)).not.toContain('Long ago');
    expect(await page(5)).toContain('Long ago');
    expect(await page(5)).not.toContain('"Older"');
    expect(await page(900)).toContain('Reports 1 to 5 of 7.');
  });

  it('of a defect that is not there cannot be read', async () => {
    const program = await aProgram(database.db);
    await expect(readReports(database.db, program, 99, 0, MONDAY)).rejects.toThrow('There is no D-99');
  });
});
