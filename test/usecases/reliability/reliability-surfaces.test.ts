import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { insertPushes } from '../../../src/db/reliability/metric-pushes.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { metricPushes } from '../../../src/db/schema/reliability.ts';
import { insertOccurrences } from '../../../src/db/signals/signal-occurrences.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { explainRank } from '../../../src/usecases/defects/explain-rank.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { previewDigest } from '../../../src/usecases/digest/post-digest.ts';
import { readHome } from '../../../src/usecases/programs/read-board.ts';
import { gatherAgenda } from '../../../src/usecases/triage/agenda/gather-agenda.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type ProgramInTest, seen } from '../proof/fix-world.ts';
import { anAcceptance, openAt, outgoing, sendAll } from '../triage/triage-world.ts';
import { aFiguredArea } from './figured-area.ts';

/** At 99.9 % a week allows 168 failed requests, and a quarter 2,160. */
const AN_HOUR = 1000;

describe.each(databases)('reliability on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  /** Only read from. */
  let calmProgram: ProgramInTest;
  beforeAll(async () => {
    database = await open();
    ({ db } = database);
    calmProgram = (await aMeasuredProgram(calm)).program;
  });
  afterAll(() => database.close());

  /** A program whose second area, billing, has figures for twelve weeks, failing at a share of requests each day. */
  async function aMeasuredProgram(failing: (daysAgo: number) => number) {
    const program = await aProgram(db);
    const { areaId, sourceId } = await aFiguredArea(db, program, 0.999);
    await insertPushes(
      db,
      Array.from({ length: 90 }, (_, daysAgo) => ({
        sourceId,
        areaId,
        startsAt: later(MONDAY, -(daysAgo + 1) * DAY_MS),
        endsAt: later(MONDAY, -daysAgo * DAY_MS),
        total: 24 * AN_HOUR,
        bad: Math.round(24 * AN_HOUR * failing(daysAgo)),
        receivedAt: MONDAY,
      })),
    );
    return { program, sourceId };
  }

  /** A defect of billing whose alert was on for hours of a day, so that it burnt what failed meanwhile. */
  async function aBurner(program: ProgramInTest, sourceId: number, daysAgo: number, hours: number) {
    const startedAt = later(MONDAY, -daysAgo * DAY_MS - hours * HOUR_MS);
    const defect = await aDefect(db, program, { seenAt: startedAt, severity: 'S4', source: 'signal' });
    const [report] = await listReports(db, defect.id);
    const resolvedAt = later(startedAt, hours * HOUR_MS);
    const occurrence = { sourceId, key: `alert ${defect.id}`, reportId: report?.id ?? 0, account: null, startedAt };
    await insertOccurrences(db, [{ ...occurrence, resolvedAt }]);
    return defect;
  }

  const calm = (daysAgo: number) => 0.0004 + 0.0001 * (daysAgo % 3);
  /** Ten days ago one of twenty requests failed: 1,200 of them. */
  const broken = (daysAgo: number) => (daysAgo === 10 ? 0.05 : calm(daysAgo));

  it('brings what burnt a fifth of a quarter’s budget to the agenda before anything new, until it is decided', async () => {
    const { program, sourceId } = await aMeasuredProgram(broken);
    await aDefect(db, program, { severity: 'S1' });
    const burner = await aBurner(program, sourceId, 10, 24);
    const small = await aBurner(program, sourceId, 40, 2);
    const { items } = await gatherAgenda(db, program, MONDAY);
    expect(items.map(({ defect, reason }) => [defect.number, reason.kind])).toEqual([
      [burner.number, 'over_budget'],
      [1, 'new'],
      [small.number, 'new'],
    ]);
    expect(items[0]?.reason).toMatchObject({
      why: "It used 56 % of billing's error budget this quarter (1,200 failed requests).",
    });
    await acceptDefect(db, program, burner.number, anAcceptance, { by: 'UANA', now: MONDAY });
    const reasonOf = async (at: Date) =>
      (await gatherAgenda(db, program, at)).items.find(({ defect }) => defect.number === burner.number)?.reason.kind;
    expect(await reasonOf(later(MONDAY, HOUR_MS))).toBeUndefined();
    await seen(db, program, burner, later(MONDAY, 2 * HOUR_MS));
    expect(await reasonOf(later(MONDAY, 3 * HOUR_MS))).toBe('over_budget');
  });

  it('names the budgets in danger above the thread, and does not read the figures anew when a decision is made', async () => {
    const { program, sourceId } = await aMeasuredProgram(broken);
    const { number } = await aBurner(program, sourceId, 10, 24);
    await openAt(db, program, MONDAY);
    await sendAll(db, program);
    await db.delete(metricPushes).where(eq(metricPushes.sourceId, sourceId));
    await acceptDefect(db, program, number, anAcceptance, { by: 'UBEN', now: later(MONDAY, 5 * DAY_MS) });
    const parents = (await outgoing(db, program)).filter(({ body }) => body.text.startsWith('Triage of'));
    expect(parents).toHaveLength(2);
    for (const parent of parents) expect(parent.seen).toContain('The error budget of billing is spent.');
  });

  it('says nothing of budgets above a thread while they hold', async () => {
    const { program } = await aMeasuredProgram(calm);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    expect((await outgoing(db, program))[0]?.seen).not.toContain('budget');
  });

  it('shows on the card, and beside the sum of its harm, what a defect burnt', async () => {
    const { program, sourceId } = await aMeasuredProgram(broken);
    const { number } = await aBurner(program, sourceId, 10, 24);
    const burnt = "It used 56 % of billing's error budget this quarter";
    expect(JSON.stringify((await showDefect(db, program, number, MONDAY)).blocks)).toContain(
      `*Error budget:* ${burnt}`,
    );
    expect(JSON.stringify((await explainRank(db, program, number, MONDAY)).blocks)).toContain(burnt);
    const other = await aDefect(db, program);
    expect(JSON.stringify((await showDefect(db, program, other.number, MONDAY)).blocks)).not.toContain('Error budget');
  });

  it('is a line an area on App Home, and not there where nothing is measured', async () => {
    const program = calmProgram;
    const home = JSON.stringify(await readHome(db, program, 'reader', { by: 'UANA', now: MONDAY }));
    expect(home).toMatch(
      /billing: error budget (4\d|50) % used[^;]*; errors 0\.0\d+ % \((was 0\.0\d+ %|as last week)\), no clear change\./,
    );
    const bare = await aProgram(db);
    expect(JSON.stringify(await readHome(db, bare, 'reader', { by: 'UANA', now: MONDAY }))).not.toContain(
      'Reliability',
    );
  });

  it('does not break the calm of a quiet week while the budgets hold, and does when one is spent', async () => {
    expect((await previewDigest(db, calmProgram, MONDAY)).text).toContain(
      'Launch stability. A quiet week: no reports and no changes, nothing is open. The error budget holds.',
    );
    const loud = await aMeasuredProgram(broken);
    const { blocks } = await previewDigest(db, loud.program, MONDAY);
    expect(JSON.stringify(blocks)).toContain('The error budget of billing is spent.');
  });

  it('says since when nothing was pushed, instead of a figure', async () => {
    const { blocks } = await previewDigest(db, calmProgram, later(MONDAY, 8 * DAY_MS));
    expect(JSON.stringify(blocks)).toContain('billing: No figures have been pushed since Mon 23 Nov, 10:00.');
    expect(JSON.stringify(blocks)).not.toMatch(/errors 0\s%/);
  });
});
