// @module-tag slow
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { isCreeping } from '../../../src/domain/digest/since-when.ts';
import { gatherDefectVerdicts, gatherVerdicts } from '../../../src/usecases/digest/gather-verdicts.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aDefect, aProgram, aReport, DAY_MS, HOUR_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type ProgramInTest, seen } from '../proof/fix-world.ts';

/** Friday 15:00 in Berlin, when the digest is due. */
const FRIDAY = new Date('2026-11-27T14:00:00Z');
const weeksBefore = (weeks: number) => later(FRIDAY, -7 * weeks * DAY_MS);

/** So many reports of one defect, told in the middle of each of the last weeks, the oldest first. */
async function reportedWeekly(db: Db, program: ProgramInTest, counts: readonly number[], area = 1): Promise<number> {
  const first = later(weeksBefore(counts.length + 1), 2 * DAY_MS);
  const defect = await aDefect(db, program, { seenAt: first, areaId: program.areaIds[area] ?? 0 });
  for (const [i, count] of counts.entries()) {
    for (let nth = 0; nth < count; nth++) {
      const seenAt = later(weeksBefore(counts.length - i), 3 * DAY_MS + nth * 60_000);
      await seen(db, program, defect, seenAt);
    }
  }
  return defect.id;
}

describe.each(databases)('the verdicts of a program on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('does not take reports that are told late for fewer in the newest week', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: weeksBefore(12) });
    const defect = await aDefect(db, program, { seenAt: later(weeksBefore(12), HOUR_MS) });
    for (let week = 12; week > 0; week--) {
      for (let nth = 0; nth < 10; nth++) {
        const seenAt = later(weeksBefore(week), (1 + nth / 2) * DAY_MS);
        // Half of all reports are told five days after what they tell of.
        const filedAt = nth % 2 === 0 ? seenAt : later(seenAt, 5 * DAY_MS);
        if (filedAt <= FRIDAY) await seen(db, program, defect, seenAt, { filedAt });
      }
    }
    const verdicts = await gatherVerdicts(db, program, FRIDAY);
    expect(verdicts?.reports).toMatchObject({ since: null, now: verdicts?.reports.before });
    expect(new Set(verdicts?.weeks.slice(1).map(({ reports }) => reports)).size).toBe(1);
  });

  it('says the same of a week until the next one is over, whatever is told of it in between', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: weeksBefore(10) });
    const id = await reportedWeekly(db, program, [6, 5, 7, 6, 5, 6, 7, 5]);
    const onFriday = await gatherDefectVerdicts(db, program, FRIDAY, [id]);
    const monday = later(FRIDAY, 3 * DAY_MS);
    for (let nth = 0; nth < 30; nth++) {
      const seenAt = later(FRIDAY, -nth * HOUR_MS);
      await fileReport(db, program, aReport(program, { seenAt, filedAt: monday }), id);
    }
    expect(await gatherDefectVerdicts(db, program, later(monday, HOUR_MS), [id])).toEqual(onFriday);
    expect(onFriday.get(id)).toMatchObject({ now: 5, before: 7 });
  });

  it('names the area and the defect that come more often, and no other', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: weeksBefore(14) });
    const steady = await reportedWeekly(db, program, [6, 5, 7, 6, 5, 6, 7, 5, 6, 6, 5, 6], 0);
    const rising = await reportedWeekly(db, program, [2, 1, 2, 1, 2, 2, 1, 2, 11, 12, 14, 13], 1);
    const verdicts = await gatherDefectVerdicts(db, program, FRIDAY);
    expect(verdicts.get(steady)?.grade).not.toBe('more');
    expect(verdicts.get(rising)).toMatchObject({ grade: 'more', since: { startsAt: weeksBefore(4) } });
    const creeping = [...verdicts].flatMap(([id, one]) => (isCreeping(one, weeksBefore(5)) ? [id] : []));
    expect(creeping).toEqual([rising]);
    const areas = (await gatherVerdicts(db, program, FRIDAY))?.areas.map(({ verdict }) => verdict.grade);
    expect(areas).toEqual([expect.not.stringMatching('more'), 'more', 'too few', 'too few']);
  });

  it('counts the reports of a merged defect with the one it was merged into', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: weeksBefore(10) });
    const into = await reportedWeekly(db, program, [1, 1, 1, 1, 1, 1, 1, 1]);
    const from = await reportedWeekly(db, program, [1, 1, 1, 1, 1, 1, 1, 1]);
    await mergeDefects(db, program, 2, 1, { by: 'UANA', now: FRIDAY });
    const verdicts = await gatherDefectVerdicts(db, program, FRIDAY);
    expect(verdicts.get(into)).toMatchObject({ now: 2, before: 2 });
    expect(verdicts.has(from)).toBe(false);
  });

  it('says nothing in the first week of a program, nor in the first week of a defect', async () => {
    const { db } = database;
    const young = await aProgram(db, { createdAt: later(FRIDAY, -3 * DAY_MS) });
    await aDefect(db, young, { seenAt: later(FRIDAY, -2 * DAY_MS) });
    expect(await gatherVerdicts(db, young, FRIDAY)).toBeNull();
    const old = await aProgram(db, { createdAt: weeksBefore(8) });
    await aDefect(db, old, { seenAt: later(FRIDAY, -2 * DAY_MS) });
    expect(await gatherDefectVerdicts(db, old, FRIDAY)).toEqual(new Map());
  });

  it('looks back over a history that was imported before the program began', async () => {
    const { db } = database;
    const program = await aProgram(db, { createdAt: later(FRIDAY, -3 * DAY_MS) });
    await reportedWeekly(db, program, [9, 8, 9, 9, 8, 9, 8, 9, 9]);
    expect((await gatherVerdicts(db, program, FRIDAY))?.weeks).toHaveLength(9);
  });
});
