// @module-tag slow
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listStoredWeeks } from '../../../src/db/digest/known-weeks.ts';
import { weeksBetween } from '../../../src/db/digest/verdict-facts.ts';
import { type Db, type OpenDatabase, rows } from '../../../src/db/engine/client.ts';
import { moveHoldings } from '../../../src/db/programs/areas.ts';
import { updateReport } from '../../../src/db/reports/reports.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { relabelDefect } from '../../../src/usecases/defects/change-defect.ts';
import { weeksOfProgram } from '../../../src/usecases/digest/gather-verdicts.ts';
import { keepKnownWeeks } from '../../../src/usecases/digest/keep-known-weeks.ts';
import { completeWeeks, knownAreaWeeks } from '../../../src/usecases/digest/known-area-weeks.ts';
import { mergeDefects, unmergeDefect } from '../../../src/usecases/grouping/merge-defects.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aDefect, aProgram, aReport, DAY_MS, HOUR_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { tries } from '../../how-much.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';

/** Friday 15:00 in Berlin, when the digest is due. The clocks changed on 25 October. */
const FRIDAY = new Date('2026-11-27T14:00:00Z');
const FORTNIGHT_MS = 14 * DAY_MS;
const WEEKS = 9;

/** What the weeks come to, added up here from all that is stored of reports and defects. */
async function addedUp(db: Db, program: ProgramInTest, bounds: readonly Date[]) {
  const told = await db
    .select({
      areaId: defects.areaId,
      seenAt: reports.seenAt,
      filedAt: reports.filedAt,
      tickets: reports.supportTickets,
    })
    .from(reports)
    .innerJoin(defects, eq(defects.id, reports.defectId))
    .where(eq(reports.programId, program.id));
  const weeks = weeksBetween(bounds);
  return program.areaIds.map((areaId) =>
    weeks.map(({ startsAt, endsAt }, i) => {
      const own = told.filter((one) => one.areaId === areaId && one.seenAt > startsAt && one.seenAt <= endsAt);
      const known = own.filter(({ filedAt }) => filedAt <= endsAt);
      const late = own.filter(
        ({ filedAt }) => filedAt > endsAt && filedAt.getTime() <= endsAt.getTime() + FORTNIGHT_MS,
      );
      return {
        reports: known.length,
        tickets: known.reduce((sum, { tickets }) => sum + tickets, 0),
        late: i < weeks.length - 2 ? late.length : 0,
      };
    }),
  );
}

const number = fc.nat({ max: 7 }).map((n) => n + 1);
/** Hours before the Friday at which something was seen, and how many hours later it was told. */
const seen = fc.nat({ max: WEEKS * 7 * 24 });
const told = fc.oneof(fc.constant(0), fc.nat({ max: 21 * 24 }), fc.nat({ max: WEEKS * 7 * 24 }));

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('report' as const), number, seen, told }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const), number, into: number }) },
  fc.record({ kind: fc.constantFrom('unmerge' as const, 'split' as const), number }),
  fc.record({ kind: fc.constantFrom('relabel' as const, 'empty area' as const), number, area: fc.nat({ max: 3 }) }),
  fc.record({
    kind: fc.constantFrom('tickets' as const, 'another time' as const, 'delete' as const),
    number,
    seen,
    told,
  }),
  fc.record({ kind: fc.constant('erase' as const), number }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('night' as const), days: fc.nat({ max: 9 }) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

async function perform(db: Db, program: ProgramInTest, at: Operation): Promise<void> {
  const doing = { by: 'UANA', now: FRIDAY };
  if (at.kind === 'night') return keepKnownWeeks(db, later(FRIDAY, -at.days * DAY_MS));
  const [defect] = await db
    .select()
    .from(defects)
    .where(and(eq(defects.programId, program.id), eq(defects.number, at.number)));
  if (!defect) return;
  const own = await db.select().from(reports).where(eq(reports.defectId, defect.id)).orderBy(reports.id);
  const [first] = own;
  const timesOf = (one: { seen: number; told: number }) => {
    const seenAt = later(FRIDAY, -one.seen * HOUR_MS);
    return { seenAt, filedAt: later(seenAt, one.told * HOUR_MS) };
  };
  switch (at.kind) {
    case 'report':
      await fileReport(db, program, aReport(program, { ...timesOf(at), supportTickets: at.seen % 3 }), defect.id);
      return;
    case 'merge':
      await mergeDefects(db, program, at.number, at.into, doing);
      return;
    case 'unmerge':
      await unmergeDefect(db, program, at.number, doing);
      return;
    case 'split':
      await splitDefect(
        db,
        program,
        at.number,
        { reportIds: own.slice(1).map(({ id }) => id), title: 'Another' },
        doing,
      );
      return;
    case 'relabel':
      await relabelDefect(db, program, at.number, { areaId: program.areaIds[at.area] ?? 0, reason: 'It is.' }, doing);
      return;
    case 'empty area':
      await moveHoldings(db, defect.areaId, program.areaIds[at.area] ?? 0);
      return;
    case 'tickets':
      if (first) await updateReport(db, first.id, { supportTickets: at.told });
      return;
    case 'another time':
      if (first) await db.update(reports).set(timesOf(at)).where(eq(reports.id, first.id));
      return;
    case 'delete':
      await db.delete(reports).where(
        inArray(
          reports.id,
          own.slice(0, 1).map(({ id }) => id),
        ),
      );
      return;
    case 'erase':
      await db
        .update(reports)
        .set({ title: '', description: '', reporterId: 'gone' })
        .where(eq(reports.defectId, defect.id));
  }
}

describe.each(databases)('weeks that are stored on $name', ({ name, open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function aProgramWithPast(): Promise<ProgramInTest> {
    const { db } = database;
    const program = await aProgram(db, { createdAt: later(FRIDAY, -WEEKS * 7 * DAY_MS) });
    for (let nth = 0; nth < 8; nth++) {
      const seenAt = later(FRIDAY, -(60 - 7 * nth) * DAY_MS);
      await aDefect(db, program, { seenAt, areaId: program.areaIds[nth % 4] ?? 0 });
    }
    return program;
  }

  async function read(program: ProgramInTest) {
    const bounds = await weeksOfProgram(database.db, program, FRIDAY);
    return (await knownAreaWeeks(database.db, program, bounds)).map(({ weeks }) => weeks);
  }

  async function expectTruth(program: ProgramInTest): Promise<void> {
    const bounds = await weeksOfProgram(database.db, program, FRIDAY);
    expect(await read(program)).toEqual(await addedUp(database.db, program, bounds));
  }

  it('come to what the reports come to, whatever was done to those', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 12, maxLength: 24 }), async (operations) => {
        const program = await aProgramWithPast();
        await keepKnownWeeks(database.db, FRIDAY);
        for (const one of operations) {
          await perform(database.db, program, one).catch((error: unknown) => {
            if (!(error instanceof Refusal)) throw error;
          });
          await expectTruth(program);
        }
      }),
      { numRuns: tries(12), seed: 20_261_129 },
    );
  }, 60_000);

  it('are not counted again for what is told of a week long after it', async () => {
    const { db } = database;
    const program = await aProgramWithPast();
    await keepKnownWeeks(db, FRIDAY);
    const seenAt = later(FRIDAY, -40 * DAY_MS);
    await fileReport(db, program, aReport(program, { seenAt, filedAt: FRIDAY }));
    const bounds = await weeksOfProgram(db, program, FRIDAY);
    expect((await completeWeeks(db, program, bounds)).counted).toEqual([]);
    await fileReport(db, program, aReport(program, { seenAt, filedAt: later(seenAt, HOUR_MS) }));
    expect((await completeWeeks(db, program, bounds)).counted).toHaveLength(1);
    await expectTruth(program);
  });

  it('are of the time at which the digest is due, and older ones go', async () => {
    const { db } = database;
    const program = await aProgramWithPast();
    await keepKnownWeeks(db, FRIDAY);
    await db.execute(sql`update programs set time_zone = 'America/New_York' where id = ${program.id}`);
    const moved = { ...program, timeZone: 'America/New_York' };
    await expectTruth(moved);
    await keepKnownWeeks(db, FRIDAY);
    await expectTruth(moved);
    const bounds = await weeksOfProgram(db, moved, FRIDAY);
    const stored = await listStoredWeeks(db, program.id);
    expect(stored.map(({ startsAt, endsAt }) => ({ startsAt, endsAt }))).toEqual(weeksBetween(bounds));
  });

  // The embedded database does one transaction after the other.
  if (name === 'PostgreSQL')
    describe('beside whoever changes them', () => {
      it('wait for whoever is about to change them', async () => {
        const { db } = database;
        const program = await aProgramWithPast();
        const seenAt = later(FRIDAY, -40 * DAY_MS);
        const waiting = async () => {
          const [locks] = await rows<{ count: number }>(
            db,
            sql`select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted`,
          );
          return locks?.count;
        };
        const { kept } = await db.transaction(async (transaction) => {
          const tx = transaction as unknown as Db;
          await fileReport(tx, program, aReport(program, { seenAt, filedAt: seenAt }));
          const keeping = keepKnownWeeks(db, FRIDAY);
          while ((await waiting()) === 0);
          return { kept: keeping };
        });
        await kept;
        await expectTruth(program);
        const bounds = await weeksOfProgram(db, program, FRIDAY);
        expect((await completeWeeks(db, program, bounds)).counted).toEqual([]);
      });

      it('are left to the next night where reports keep being changed', async () => {
        const { db } = database;
        const program = await aProgramWithPast();
        await db.transaction(async (transaction) => {
          const seenAt = later(FRIDAY, -40 * DAY_MS);
          await fileReport(transaction as unknown as Db, program, aReport(program, { seenAt, filedAt: seenAt }));
          await keepKnownWeeks(db, FRIDAY);
        });
        await expectTruth(program);
        const [stored] = await db.select({ weeks: count() }).from(sql`known_weeks where program_id = ${program.id}`);
        expect(stored?.weeks).toBe(0);
        await keepKnownWeeks(db, FRIDAY);
        await expectTruth(program);
      });
    });
});
