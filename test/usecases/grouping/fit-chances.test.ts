import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeModal } from '../../../src/blocks/grouping/regroup-modals.ts';
import { repeatBlocks } from '../../../src/blocks/reports/report-modal.ts';
import type { Defect } from '../../../src/db/defects/defects.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { textTotals } from '../../../src/db/schema/matching.ts';
import type { ReportSource } from '../../../src/domain/vocabulary.ts';
import { fitChances } from '../../../src/usecases/grouping/fit-chances.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { offerRepeats, suggestTargets } from '../../../src/usecases/grouping/offer-repeats.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type ProgramInTest, seen } from '../proof/fix-world.ts';

const FAILURES = [
  ...['invoice total wrong', 'webhook signature refused', 'rollout stuck', 'quota exceeded', 'connector paused'],
  ...['warehouse lagging', 'invitation mail lost', 'checklist grey', 'pods crashing', 'refund doubled'],
  ...['dashboard empty', 'export truncated', 'login looping', 'coupon ignored', 'certificate expired'],
  ...['backup missing', 'search slow', 'avatar broken', 'timezone shifted', 'tax rounded'],
];
const REPORTS_EACH = 3;
const REPORTS = FAILURES.length * REPORTS_EACH;
const doing = { by: 'UANA', now: MONDAY };

describe.each(databases)('the chance of a suggestion on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  let night = MONDAY;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  const nightPasses = async () => {
    night = later(night, DAY_MS);
    await fitChances(db, night);
  };

  /** Each failure is reported on three days; `isSorted` joins the repeats to the defect of the first. */
  async function aHistory(isSorted: boolean, count = REPORTS, source: ReportSource = 'slack') {
    const program = await aProgram(db);
    const found = new Map<string, Defect[]>();
    for (let nth = 0; nth < count; nth++) {
      const title = FAILURES[nth % FAILURES.length] ?? '';
      const at = later(MONDAY, (nth - REPORTS) * HOUR_MS);
      const known = found.get(title) ?? [];
      const [first] = known;
      const over = { title, source, filedAt: at, seenAt: at };
      const defect = first && isSorted ? await seen(db, program, first, at, over) : await aDefect(db, program, over);
      found.set(title, [...known, defect]);
    }
    return { program, defects: [...found.values()] };
  }

  const wordFor = async (program: ProgramInTest, title: string) =>
    (await offerRepeats(db, program, { title }, MONDAY))[0]?.chance;

  it('is not said with fewer than fifty reports of people, however many machines file', async () => {
    const { program } = await aHistory(true, 49);
    const { program: machines } = await aHistory(true, REPORTS, 'signal');
    await nightPasses();
    const title = 'coupon ignored again';
    expect(await wordFor(program, title)).toBe(null);
    expect(await wordFor(machines, title)).toBe(null);
    const [offer] = await offerRepeats(db, program, { title }, MONDAY);
    expect(JSON.stringify(repeatBlocks(offer ? [offer] : []))).toContain('Looks like *D-14*');
  });

  it('is very likely of a clear repeat where repeats were right, and nothing is learned of another program', async () => {
    const { program } = await aHistory(true);
    const { program: other } = await aHistory(true, 20);
    await nightPasses();
    const repeats = await offerRepeats(db, program, { title: 'coupon ignored again' }, MONDAY);
    expect(repeats[0]).toMatchObject({ number: 14, chance: 'very likely' });
    expect(repeats.slice(1).map(({ chance }) => chance)).toEqual(repeats.slice(1).map(() => null));
    expect(JSON.stringify(repeatBlocks(repeats))).toContain('Very likely *D-14* coupon ignored');
    expect(await wordFor(other, 'coupon ignored again')).toBe(null);
  });

  it('counts merges, and what was merged and is taken apart again', async () => {
    const { program, defects } = await aHistory(false);
    await nightPasses();
    expect(await wordFor(program, 'coupon ignored again')).toBe(null);
    const merges = defects.flatMap(([first, ...others]) =>
      others.map(({ number }) => ({ from: number, into: first?.number ?? 0 })),
    );
    for (const { from, into } of merges) await mergeDefects(db, program, from, into, { ...doing, now: night });
    await nightPasses();
    expect(await wordFor(program, 'coupon ignored again')).toBe('very likely');
    for (const { from } of merges) await undoGrouping(db, program, from, { ...doing, now: night });
    await nightPasses();
    expect(await wordFor(program, 'coupon ignored again')).toBe(null);
  });

  it('stands in the form of a merge, where nobody has linked the two', async () => {
    const { program } = await aHistory(true);
    const at = later(MONDAY, -DAY_MS / 2);
    const own = await aDefect(db, program, { title: 'coupon ignored', filedAt: at, seenAt: at });
    await nightPasses();
    const likely = await suggestTargets(db, program, own, MONDAY);
    expect(likely[0]).toMatchObject({ number: 14 });
    expect(likely[0]?.chance).toEqual(expect.stringMatching(/^(very likely|maybe)$/));
    const shown = { ref: { programId: program.id, number: own.number }, title: own.title };
    expect(JSON.stringify(mergeModal(shown, likely))).toContain(
      `*D-14*  coupon ignored (${likely[0]?.chance}, 3 reports, same words: `,
    );
  });

  it('is fitted anew only where something happened since', async () => {
    const { program } = await aHistory(true);
    const fittedAt = async () =>
      (await db.select().from(textTotals).where(eq(textTotals.programId, program.id)))[0]?.chanceFittedAt;
    await nightPasses();
    const first = night;
    await nightPasses();
    expect(await fittedAt()).toEqual(first);
    await aDefect(db, program, { title: 'printer on fire', seenAt: night, filedAt: night });
    await nightPasses();
    expect(await fittedAt()).toEqual(night);
  });
});
