import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { insertGroupingRule } from '../../../src/db/grouping/grouping-rules.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import {
  checkRule,
  MOST_RULES,
  saveRule,
  switchRule,
  undoRuleMove,
} from '../../../src/usecases/grouping/change-rules.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { previewRule } from '../../../src/usecases/grouping/preview-rule.ts';
import { readRules } from '../../../src/usecases/grouping/read-rules.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aDefect, aProgram, aReport, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type ProgramInTest, seen } from '../proof/fix-world.ts';

const doing = { by: 'UANA', now: MONDAY };
const anywhere = (words: string) => ({ words, areaId: null, movesPast: false });

describe.each(databases)('grouping rules on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  const file = (program: ProgramInTest, title: string, over: object = {}) =>
    fileReport(db, program, aReport(program, { title, filedAt: MONDAY, ...over }));
  const numbered = async (program: ProgramInTest, number: number) => {
    const defect = await findDefectByNumber(db, program.id, number);
    if (!defect) throw new Error(`no D-${number}`);
    return defect;
  };

  /** D-1 to D-5: pool exhausted (target), the same again (two reports), a mixed one, one told apart, a closed one. */
  async function fiveDefects(): Promise<ProgramInTest> {
    const program = await aProgram(db);
    await aDefect(db, program, { title: 'Pool exhausted in checkout' });
    const again = await aDefect(db, program, { title: 'pool exhausted at night' });
    await seen(db, program, again, later(MONDAY, -DAY_MS), { title: 'POOL EXHAUSTED in EU' });
    const mixed = await aDefect(db, program, { title: 'Checkout slow' });
    await seen(db, program, mixed, later(MONDAY, -DAY_MS), { title: 'Slow, then pool exhausted' });
    await aDefect(db, program, { title: 'Thread pool exhausted' });
    await mergeDefects(db, program, 4, 1, doing);
    await undoGrouping(db, program, 4, doing);
    await aDefect(db, program, { title: 'Pool exhausted in staging' });
    await dismissDefect(db, program, 5, 'Staging is small', doing);
    return program;
  }

  it('is shown on past reports, and saving it moves none of them', async () => {
    const program = await fiveDefects();
    const { words, moving } = await previewRule(db, program, 1, { words: 'pool exhausted', areaId: null });
    expect(words.source).toBe(
      'It matches 6 reports so far, 1 of them in D-1 already. It would have moved 3 reports to D-1: both of D-2 and 1 of D-3. 1 is marked as different from D-1 and stays. 1 is in closed defects and stays.',
    );
    expect(moving).toBe(3);
    await saveRule(db, program, 1, anywhere('pool exhausted'), doing);
    for (const [number, reportCount] of [
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 1],
      [5, 1],
    ] as const) {
      expect(await numbered(program, number)).toMatchObject({ reportCount });
    }
  });

  it('joins reports to come, says so in the log, and counts them', async () => {
    const program = await fiveDefects();
    const { rule } = await saveRule(db, program, 1, anywhere('“Pool exhausted”'), doing);
    const filed = await file(program, 'pool EXHAUSTED on Friday');
    expect(filed).toMatchObject({ kind: 'joined', defect: { number: 1, reportCount: 2 }, rule: { id: rule.id } });
    const events = await listEvents(db, filed.defect.id);
    expect(events.map(({ kind, why, actorId }) => ({ kind, why, actorId }))).toEqual(
      expect.arrayContaining([
        {
          kind: 'rule_saved',
          why: 'Reports with “Pool exhausted” in the title join from now on.',
          actorId: 'UANA',
        },
        {
          kind: 'report_joined',
          why: 'Report 2 of D-1. It joined by the rule “Pool exhausted”.',
          actorId: 'UREPORTER',
        },
      ]),
    );
    expect(await file(program, 'Webhook times out')).toMatchObject({ kind: 'filed' });
    expect(await readRules(db, program)).toMatchObject([
      {
        words: 'Pool exhausted',
        area: null,
        target: { number: 1 },
        savedBy: 'UANA',
        savedOn: '2026-11-23',
        joined: 1,
        moved: 0,
      },
    ]);
  });

  it('keeps to its area', async () => {
    const program = await fiveDefects();
    await saveRule(db, program, 1, { ...anywhere('pool exhausted'), areaId: program.areaIds[1] ?? 0 }, doing);
    expect(await file(program, 'pool exhausted', { areaId: program.areaIds[0] })).toMatchObject({ kind: 'filed' });
    expect(await file(program, 'pool exhausted')).toMatchObject({ kind: 'joined' });
  });

  it('moves past reports in one go when asked, and takes them back with counts and heat as before', async () => {
    const program = await fiveDefects();
    const before = await Promise.all([1, 2, 3, 4, 5].map((number) => numbered(program, number)));
    const { rule, moved } = await saveRule(db, program, 1, { ...anywhere('pool exhausted'), movesPast: true }, doing);
    expect(moved).toBe(3);
    expect(await numbered(program, 1)).toMatchObject({ reportCount: 4 });
    expect(await numbered(program, 2)).toMatchObject({ state: 'merged', reportCount: 0 });
    expect(await numbered(program, 3)).toMatchObject({ state: 'new', reportCount: 1 });
    await expect(undoGrouping(db, program, 3, doing)).rejects.toThrow('neither merged nor split');
    expect(await undoRuleMove(db, program, rule.id, doing)).toBe(3);
    for (const one of before) {
      const { number, state, reportCount, reporterCount, affectedTotal } = one;
      const now = await numbered(program, number);
      expect(now).toMatchObject({ state, reportCount, reporterCount, affectedTotal, mergedIntoId: null });
      expect(now.heatLevel).toBeCloseTo(one.heatLevel, 9);
    }
    await expect(undoRuleMove(db, program, rule.id, doing)).rejects.toThrow('nothing to take back');
  });

  it('takes back only what is still where it brought it', async () => {
    const program = await fiveDefects();
    const { rule } = await saveRule(db, program, 1, { ...anywhere('pool exhausted'), movesPast: true }, doing);
    const target = await numbered(program, 1);
    const own = (await listReports(db, target.id)).filter(({ title }) => title === 'POOL EXHAUSTED in EU');
    const reportIds = own.map(({ id }) => id);
    await splitDefect(db, program, 1, { reportIds, title: 'Only in EU' }, doing);
    expect(await undoRuleMove(db, program, rule.id, doing)).toBe(2);
    expect(await numbered(program, 2)).toMatchObject({ state: 'new', reportCount: 1 });
    expect(await numbered(program, 6)).toMatchObject({ state: 'new', reportCount: 1 });
  });

  it('stays out of what a person has taken apart from its defect', async () => {
    const program = await fiveDefects();
    await saveRule(db, program, 1, anywhere('pool exhausted'), doing);
    expect(await file(program, 'Thread pool exhausted')).toMatchObject({ kind: 'filed' });
    expect(await file(program, 'Connection pool exhausted')).toMatchObject({ kind: 'joined', defect: { number: 1 } });
    const picked = await numbered(program, 3);
    const joined = await fileReport(db, program, aReport(program, { title: 'Disk pool exhausted' }), picked.id);
    expect(joined).toMatchObject({ kind: 'joined', defect: { number: 3 } });
  });

  it('is off when it is switched off, on again when switched on, and follows its defect into a merge', async () => {
    const program = await fiveDefects();
    const { rule } = await saveRule(db, program, 2, anywhere('pool exhausted'), doing);
    await switchRule(db, program, rule.id, 'off', { by: 'UBEN', now: MONDAY });
    await switchRule(db, program, rule.id, 'off', doing);
    expect(await file(program, 'pool exhausted once')).toMatchObject({ kind: 'filed' });
    expect(await readRules(db, program)).toMatchObject([{ stopped: { by: 'UBEN', on: '2026-11-23' } }]);
    await switchRule(db, program, rule.id, 'on', doing);
    await mergeDefects(db, program, 2, 3, doing);
    expect(await file(program, 'pool exhausted twice')).toMatchObject({ kind: 'joined', defect: { number: 3 } });
    expect(await readRules(db, program)).toMatchObject([{ stopped: null, target: { number: 3 } }]);
  });

  it('is refused twice, for a merged defect, for an area of another program, and from another program', async () => {
    const program = await fiveDefects();
    const other = await aProgram(db);
    const { rule } = await saveRule(db, program, 1, anywhere('pool exhausted'), doing);
    await expect(checkRule(db, program, 2, anywhere('POOL  exhausted'))).rejects.toThrow('such a rule already');
    await expect(
      checkRule(db, program, 1, { ...anywhere('disk full'), areaId: other.areaIds[0] ?? 0 }),
    ).rejects.toThrow('Pick an area of this program');
    await mergeDefects(db, program, 3, 1, doing);
    await expect(checkRule(db, program, 3, anywhere('disk full'))).rejects.toThrow('merged into another defect');
    await expect(switchRule(db, other, rule.id, 'off', doing)).rejects.toThrow('not there any more');
    expect(await fileReport(db, other, aReport(other, { title: 'pool exhausted' }))).toMatchObject({ kind: 'filed' });
  });

  it('finds past reports in any script as it will find those to come', async () => {
    const program = await aProgram(db);
    await aDefect(db, program, { title: 'Ziel' });
    const titles = ['ｐｏｏｌ exhausted', 'POOL EXHAUSTED', 'pool%exhausted', 'Größe pool exhausted', 'pool ex_austed'];
    for (const title of titles) await aDefect(db, program, { title });
    expect((await previewRule(db, program, 1, { words: 'pool exhausted', areaId: null })).moving).toBe(3);
    expect((await previewRule(db, program, 1, { words: 'größe', areaId: null })).moving).toBe(1);
    expect((await previewRule(db, program, 1, { words: 'pool%exhausted', areaId: null })).moving).toBe(1);
    expect(
      (await previewRule(db, program, 1, { words: "'); drop table reports; --", areaId: null })).words.source,
    ).toBe('No report so far matches. It will join those to come.');
  });

  describe('of which a program has almost as many as it may', () => {
    const most = { message: expect.stringContaining('200 rules are on, which is the most. Switch one off') };

    async function withAllButOne() {
      const program = await aProgram(db);
      const { id: defectId } = await aDefect(db, program, { title: 'Pool exhausted' });
      for (let i = 1; i < MOST_RULES; i += 1) {
        const who = { savedBy: 'UANA', savedAt: MONDAY };
        await insertGroupingRule(db, { programId: program.id, defectId, words: `failure ${i}`, areaId: null, ...who });
      }
      return program;
    }

    it('take one more, and then none until one is switched off', async () => {
      const program = await withAllButOne();
      const { rule } = await saveRule(db, program, 1, anywhere('the last one'), doing);
      await expect(saveRule(db, program, 1, anywhere('one too many'), doing)).rejects.toMatchObject({
        ...most,
        field: 'words',
      });
      await expect(checkRule(db, program, 1, anywhere('one too many'))).rejects.toMatchObject(most);
      await switchRule(db, program, rule.id, 'off', doing);
      await saveRule(db, program, 1, anywhere('one too many'), doing);
      await expect(switchRule(db, program, rule.id, 'on', doing)).rejects.toMatchObject(most);
      expect((await readRules(db, program)).filter(({ stopped }) => !stopped)).toHaveLength(MOST_RULES);
    });

    it('take one of two that are saved at the same moment', async () => {
      const program = await withAllButOne();
      const saved = await Promise.allSettled(
        ['first of two', 'second of two'].map((words) => saveRule(db, program, 1, anywhere(words), doing)),
      );
      expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });
});
