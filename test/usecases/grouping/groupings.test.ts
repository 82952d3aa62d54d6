import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber, listRanked } from '../../../src/db/defects/defects.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { listDefectsToPick } from '../../../src/usecases/defects/list-defects-to-pick.ts';
import { dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { suggestTargets } from '../../../src/usecases/grouping/offer-repeats.ts';
import { previewMerge, previewSplit } from '../../../src/usecases/grouping/preview-grouping.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { seen } from '../proof/fix-world.ts';

const doing = { by: 'UANA', now: MONDAY };

describe.each(databases)('grouping defects on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  /** Five defects of 1, 2, 3, 4 and 5 reports, so that D-5 ranks first. */
  async function fiveDefects() {
    const { db } = database;
    const program = await aProgram(db);
    for (let number = 1; number <= 5; number++) {
      const defect = await aDefect(db, program, { title: `Failure ${number}` });
      for (let i = 1; i < number; i++) await seen(db, program, defect, later(MONDAY, -i * DAY_MS));
    }
    return { db, program };
  }

  async function rankOf(db: Db, program: Program, number: number): Promise<number> {
    const ranked = await listRanked(db, program.id, { kind: 'all' }, { limit: 99 });
    return ranked.findIndex((one) => one.number === number) + 1;
  }

  it('says what a merge would do, and the merge does it', async () => {
    const { db, program } = await fiveDefects();
    const preview = await previewMerge(db, program, 3, 2, MONDAY);
    const { target } = await mergeDefects(db, program, 3, 2, doing);
    const place = await rankOf(db, program, 2);
    expect(preview.source).toBe(`It would move 3 reports. D-2 would have ${target.reportCount} and rank ${place}.`);
    expect(target.reportCount).toBe(5);
  });

  it('says what a split would do, and the split does it', async () => {
    const { db, program } = await fiveDefects();
    const source = await findDefectByNumber(db, program.id, 5);
    const reportIds = (await listReports(db, source?.id ?? 0)).slice(0, 2).map(({ id }) => id);
    const preview = await previewSplit(db, program, 5, reportIds, MONDAY);
    const { split } = await splitDefect(db, program, 5, { reportIds, title: 'Another failure' }, doing);
    const [born, kept] = [await rankOf(db, program, split.number), await rankOf(db, program, 5)];
    expect(preview.source).toBe(
      `It would move 2 of 5 reports. The new defect would rank ${born}; D-5 would keep 3 and rank ${kept}.`,
    );
  });

  it('says that a merge into a closed defect leaves it closed, and refuses one into itself', async () => {
    const { db, program } = await fiveDefects();
    await dismissDefect(db, program, 1, 'As designed', doing);
    expect((await previewMerge(db, program, 2, 1, MONDAY)).source).toBe(
      'It would move 2 reports. D-1 would have 3; it is dismissed as not a defect and stays so.',
    );
    await expect(previewMerge(db, program, 2, 2, MONDAY)).rejects.toThrow('cannot be merged into itself');
    expect((await previewSplit(db, program, 5, [], MONDAY)).source).toBe(
      'Pick the reports that belong to the new defect.',
    );
  });

  it.each(['the defect that was split', 'the one that was split off'])('undoes a split by %s', async (which) => {
    const { db, program } = await fiveDefects();
    const before = await findDefectByNumber(db, program.id, 5);
    const reportIds = (await listReports(db, before?.id ?? 0)).slice(0, 2).map(({ id }) => id);
    const { split } = await splitDefect(db, program, 5, { reportIds, title: 'Another failure' }, doing);
    const undone = await undoGrouping(db, program, which.startsWith('the defect') ? 5 : split.number, doing);
    expect(undone).toMatchObject({ kind: 'split', closed: { number: split.number }, whole: { number: 5 } });
    const after = await findDefectByNumber(db, program.id, 5);
    expect(after?.heatLevel).toBeCloseTo(before?.heatLevel ?? 0, 9);
    expect(after).toMatchObject({ reportCount: 5, affectedTotal: before?.affectedTotal });
    expect(await findDefectByNumber(db, program.id, split.number)).toMatchObject({ state: 'merged', reportCount: 0 });
    const again = await undoGrouping(db, program, split.number, doing);
    expect(again).toMatchObject({ kind: 'merge', restored: { state: 'new', reportCount: 2 } });
  });

  it('undoes a merge with the counts and the heat of before, and says when there is nothing to undo', async () => {
    const { db, program } = await fiveDefects();
    const before = await findDefectByNumber(db, program.id, 3);
    await mergeDefects(db, program, 3, 2, doing);
    expect(await undoGrouping(db, program, 3, doing)).toMatchObject({ kind: 'merge', restored: { reportCount: 3 } });
    const after = await findDefectByNumber(db, program.id, 3);
    expect(after?.heatLevel).toBeCloseTo(before?.heatLevel ?? 0, 9);
    expect(await findDefectByNumber(db, program.id, 2)).toMatchObject({ reportCount: 2 });
    await expect(undoGrouping(db, program, 4, doing)).rejects.toThrow('D-4 was neither merged nor split');
  });

  it('offers what looks alike before anything is typed, but not what was told apart', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (const title of ['Stripe webhook refused', 'Pods restart at night', 'Stripe webhook answers 400']) {
      await aDefect(db, program, { title, seenAt: later(MONDAY, -3 * DAY_MS) });
    }
    const own = await findDefectByNumber(db, program.id, 3);
    if (!own) throw new Error('gone');
    expect((await suggestTargets(db, program, own, MONDAY)).map(({ number }) => number)).toEqual([1]);
    const picks = await listDefectsToPick(db, program, '', MONDAY, 3);
    expect(picks[0]?.number).toBe(1);
    await mergeDefects(db, program, 3, 1, doing);
    await undoGrouping(db, program, 3, doing);
    expect(await suggestTargets(db, program, own, MONDAY)).toEqual([]);
  });
});
