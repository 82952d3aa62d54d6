import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumAreaHarm } from '../../../src/db/digest/chart-facts.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import {
  findProgram,
  markNativeChartsRefused,
  type Program,
  updateProgram,
} from '../../../src/db/programs/programs.ts';
import { insertPushes } from '../../../src/db/reliability/metric-pushes.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { insertRelease } from '../../../src/db/signals/releases.ts';
import { harmOfReport } from '../../../src/domain/defects/rank.ts';
import type { Chart } from '../../../src/domain/digest/charts.ts';
import { weekBounds } from '../../../src/domain/time/week-bounds.ts';
import { dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import { postDigest } from '../../../src/usecases/digest/post-digest.ts';
import { sendCharts } from '../../../src/usecases/digest/send-charts.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, type ProgramInTest, seen } from '../proof/fix-world.ts';
import { aFiguredArea } from '../reliability/figured-area.ts';
import { outgoing } from '../triage/triage-world.ts';

/** Friday 15:00 in Berlin, in the week of the Monday. */
const FRIDAY = new Date('2026-11-27T14:00:00Z');
const BURNDOWN = 'Open defects at the end of';

describe.each(databases)('the charts of a program on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    ({ db } = database);
  });
  afterAll(() => database.close());

  const digestOf = async (program: Program, dueAt = FRIDAY) => {
    await postDigest(db, program, { dueAt, late: false, now: dueAt });
    const sent = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('digest:'));
    const [digest, ...replies] = sent.map(({ body }) => body);
    if (!digest) throw new Error('no digest');
    return { ...digest, replies };
  };

  /** Five weeks of defects, one of them fixed in the last. */
  async function aLivedProgram(over: Partial<Program> = {}): Promise<ProgramInTest> {
    const program = await aProgram(db, over);
    await aClaimedFix(db, program, await aFrequentDefect(db, program));
    for (const week of [5, 4, 3]) await aDefect(db, program, { seenAt: later(MONDAY, -week * 7 * DAY_MS) });
    return program;
  }

  /** Half a percent of billing's requests failed each day of ten weeks. */
  async function measure(program: ProgramInTest): Promise<void> {
    const { areaId, sourceId } = await aFiguredArea(db, program, 0.99);
    const days = Array.from({ length: 70 }, (_, ago) => ({
      startsAt: later(FRIDAY, -(ago + 1) * DAY_MS),
      endsAt: later(FRIDAY, -ago * DAY_MS),
    }));
    const pushes = days.map((span) => ({ ...span, sourceId, areaId, bad: 50, total: 10_000, receivedAt: FRIDAY }));
    await insertPushes(db, pushes);
    const release = { environment: 'production', link: null, releasedAt: later(FRIDAY, -10 * DAY_MS) };
    await insertRelease(db, { programId: program.id, version: 'v2', ...release });
  }

  it('stand in the digest in the figures of its table', async () => {
    const { replies, charts, ...post } = await digestOf(await aLivedProgram());
    expect(charts).toHaveLength(1);
    const chart = charts?.[0]?.chart as Chart & { kind: 'burndown' };
    const blocks = replies.flatMap((reply) => reply.blocks as { type: string; rows?: { text: string }[][] }[]);
    const table = blocks.find(({ type }) => type === 'table');
    const [then, now] = [table?.rows?.at(1), table?.rows?.at(-1)].map((row) => row?.map(({ text }) => text));
    const standing = ({ toDo, claimed } = { toDo: 0, claimed: 0 }) => [toDo, claimed, toDo + claimed].map(String);
    expect(standing(chart.weeks.at(-1))).toEqual(now?.slice(1, 4));
    expect(standing(chart.weeks.at(-2))).toEqual(then?.slice(1, 4));
    expect(chart.weeks.at(-1)?.endsOn).toBe('2026-11-27');
    expect(charts?.[0]?.alt).toContain(`${BURNDOWN} 12 weeks, 11 Sep to 27 Nov: 0, 0, 0, 0, 0, 0, 1, 2, 4, 4, 4, 4.`);
    expect(JSON.stringify(post.blocks)).toContain(charts?.[0]?.alt);
  });

  it('show how reliable the areas were, where that is measured, and which releases went out', async () => {
    const program = await aLivedProgram();
    await measure(program);
    const post = await digestOf(program);
    expect(post.charts?.map(({ chart }) => chart.kind)).toEqual(['burndown']);
    const charts = post.replies.flatMap((reply) => reply.charts ?? []);
    expect(charts.map(({ chart }) => chart.kind)).toEqual(['reliability']);
    expect(charts[0]?.alt).toContain('billing, of requests, 1 % allowed: no data, no data, no data, 0.5 %, 0.5 %,');
    expect(charts[0]?.alt).toContain('Releases marked: v2.');
  });

  it('are left out in the first weeks, where nobody wants them, and of a quiet week', async () => {
    const young = await aLivedProgram({ createdAt: later(FRIDAY, -13 * DAY_MS) });
    expect((await digestOf(young)).charts).toBeUndefined();
    expect((await digestOf(await aLivedProgram({ charts: 'none' }))).charts).toBeUndefined();
    expect((await digestOf(await aProgram(db))).charts).toBeUndefined();
  });

  it("are Slack's own where the program says so, and pictures for four weeks after Slack refused them", async () => {
    const program = await aLivedProgram({ charts: 'native' });
    const nativeIn = async (dueAt: Date) => {
      await sendCharts(db, program, { by: 'UANA', now: dueAt });
      const sent = (await outgoing(db, program)).at(-1)?.body;
      return sent?.charts?.map(({ native }) => native !== null);
    };
    expect(await nativeIn(FRIDAY)).toEqual([true, true]);
    await markNativeChartsRefused(db, program.workspaceId, FRIDAY);
    expect(await nativeIn(later(FRIDAY, 27 * DAY_MS))).toEqual([false, false]);
    expect(await nativeIn(later(FRIDAY, 29 * DAY_MS))).toEqual([true, true]);
  });

  it('come all together, alone to whoever asks', async () => {
    const program = await aLivedProgram({ charts: 'none' });
    await measure(program);
    const said = await sendCharts(db, program, { by: 'UBEN', now: FRIDAY });
    expect(said.text).toBe('The charts are on their way to your direct messages with me.');
    const message = (await outgoing(db, program)).at(-1);
    expect(message?.channel).toBe('UBEN');
    expect(message?.body.charts?.map(({ chart }) => chart.kind)).toEqual(['burndown', 'harm', 'reliability']);
    expect(message?.body.blocks).toHaveLength(4);
    const young = await aProgram(db);
    expect((await sendCharts(db, young, { by: 'UBEN', now: FRIDAY })).text).toContain('too little to draw yet');
    expect(await outgoing(db, young)).toEqual([]);
  });

  it('never keep the digest from coming, whatever is wrong with them', async () => {
    const program = await aLivedProgram();
    const failing = Object.assign(Object.create(db), {
      transaction: async () => {
        throw new RangeError('a chart cannot be gathered');
      },
    });
    const posted = await postDigest(failing, program, { dueAt: FRIDAY, late: false, now: FRIDAY });
    expect(posted).toEqual({ kind: 'posted', gaps: ['no charts: RangeError'] });
    const digest = (await outgoing(db, program)).find(({ dedupeKey }) => dedupeKey.startsWith('digest:'));
    expect(digest?.body.text).toContain('week to 27 Nov');
    expect(digest?.body.charts).toBeUndefined();
  });

  it('count harm as the rank does, report by report, at the end of each week', async () => {
    const program = await aProgram(db, { halfLifeDays: 5 });
    const defects = [];
    for (const area of [0, 1, 1]) {
      const areaId = program.areaIds[area] ?? 0;
      const defect = await aDefect(db, program, { areaId, seenAt: later(FRIDAY, -(area + 1) * 30 * DAY_MS) });
      for (const day of [200, 80, 41, 20.5, 14, 7, 3])
        await seen(db, program, defect, later(FRIDAY, -day * DAY_MS), { areaId });
      defects.push({ area, defect });
    }
    const wrong = await aDefect(db, program, { areaId: program.areaIds[0] ?? 0 });
    await dismissDefect(db, program, wrong.number, 'Not ours', { by: 'UANA', now: MONDAY });
    const ends = weekBounds(program, FRIDAY).slice(1);
    const harm = await sumAreaHarm(db, program.id, ends, program.halfLifeDays);
    expect(harm.map(({ area }) => area)).toEqual(['deployment', 'billing', 'connectivity', 'launch integration']);
    for (const [area, { harm: found }] of harm.entries()) {
      const reports = [];
      for (const one of defects) if (one.area === area) reports.push(...(await listReports(db, one.defect.id)));
      for (const [i, end] of ends.entries()) {
        const expected = reports
          .filter(({ seenAt }) => seenAt <= end)
          .reduce((sum, report) => sum + harmOfReport(report, end, program.halfLifeDays), 0);
        expect(found[i]).toBeCloseTo(expected, 6);
      }
    }
    expect((await findProgram(db, program.workspaceId, program.id))?.charts).toBe('pictures');
    expect((await updateProgram(db, program.id, { charts: 'none' })).charts).toBe('none');
  });
});
