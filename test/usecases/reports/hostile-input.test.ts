// @module-tag slow
import { eq, isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { insertSchedule } from '../../../src/db/programs/schedules.ts';
import { defectEvents, defects, reports } from '../../../src/db/schema/defects.ts';
import { parseCommand } from '../../../src/domain/command.ts';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { genericMapping } from '../../../src/domain/import/built-in-mappings.ts';
import { importRow } from '../../../src/domain/import/import-row.ts';
import { planHistory } from '../../../src/domain/import/plan-history.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';
import { parseMetricBound } from '../../../src/domain/proof/metric-bound.ts';
import { parsePromise } from '../../../src/domain/proof/promise.ts';
import { parseReportFields } from '../../../src/domain/reports/report-draft.ts';
import { SIGNAL_KINDS } from '../../../src/domain/signals/signal.ts';
import { RITUALS } from '../../../src/domain/vocabulary.ts';
import { startImportRun } from '../../../src/import/import-program.ts';
import { importReports } from '../../../src/import/import-reports.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { recommitDefect } from '../../../src/usecases/defects/recommit-defect.ts';
import { acceptRisk } from '../../../src/usecases/defects/set-aside-defect.ts';
import { saveRule } from '../../../src/usecases/grouping/change-rules.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { searchDefects } from '../../../src/usecases/grouping/offer-repeats.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { changeSettings } from '../../../src/usecases/programs/change-settings.ts';
import { readSettings } from '../../../src/usecases/programs/read-settings.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { addTickets } from '../../../src/usecases/reports/add-tickets.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { addSignalSource } from '../../../src/usecases/signals/change-signal-source.ts';
import { tryPayload } from '../../../src/usecases/signals/try-payload.ts';
import { answerQuestion, askForInfo } from '../../../src/usecases/triage/decisions/ask-for-info.ts';
import { aDefect, aProgram, aReport, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { faultsIn } from '../../faults-in.ts';
import { hostileNumber, hostileNumeral, hostileText } from '../../hostile-text.ts';
import { tries } from '../../how-much.ts';
import { FILING } from '../../signals/deliveries.ts';
import { someKeys } from '../../some-keys.ts';

/** More of them look further. */
const RUNS = Number(process.env.FUZZ_RUNS ?? tries(6));

const doing = { by: 'ULEAD', now: MONDAY };
const DUE = '2026-12-01';

type World = { program: Program & { areaIds: number[] }; sources: Map<string, number>; reportIds: number[] };
type Given = { texts: string[]; number: number; numeral: string };

const given: fc.Arbitrary<Given> = fc.record({
  texts: fc.array(hostileText, { minLength: 4, maxLength: 4 }),
  number: hostileNumber,
  numeral: hostileNumeral,
});

function promiseOf({ texts: [link = '', bound = ''], numeral }: Given, { program }: World) {
  const area = { id: program.areaIds[0] ?? 0, name: 'billing' };
  const metric = parseMetricBound(bound, [area], area.id);
  return parsePromise({ ownerId: 'UANA', dueOn: DUE, limit: numeral, link, bound: metric });
}

/** What people do with text and numbers: defect 1 is new and has two reports, defect 2 is accepted. */
const ACTIONS: Record<string, (db: Db, world: World, given: Given) => Promise<unknown>> = {
  report: async (db, { program }, { texts: [title, description, environment, link], numeral }) => {
    const fields = { title, description, environment, link, affected: numeral, severity: 'S2' };
    const checked = parseReportFields({ ...fields, area: String(program.areaIds[0]) }, program.areaIds, MONDAY);
    if ('errors' in checked) throw new Refusal(Object.values(checked.errors)[0] ?? '');
    await fileReport(db, program, { ...aReport(program), ...checked.draft });
  },
  accept: (db, world, one) =>
    acceptDefect(db, world.program, 1, { ...promiseOf(one, world), escape: 'unknown' }, doing),
  'accept with a link alone': (db, world, one) => {
    const plain = { ...one, numeral: '0', texts: [one.texts[0] ?? ''] };
    return acceptDefect(db, world.program, 1, { ...promiseOf(plain, world), escape: 'unknown' }, doing);
  },
  recommit: (db, world, one) => recommitDefect(db, world.program, 2, promiseOf({ ...one, numeral: '1' }, world), doing),
  claim: (db, { program }, { texts: [keepingNote = '', rootCause = '', ...environments] }) =>
    claimFix(db, program, 2, { keepingNote, rootCause, environments, fixKind: 'code', deployedAt: MONDAY }, doing),
  reason: (db, { program }, { texts: [reason = ''] }) => acceptRisk(db, program, 1, reason, doing),
  question: async (db, { program }, { texts: [question = '', answer = ''] }) => {
    await askForInfo(db, program, 1, question, doing);
    await answerQuestion(db, program, 1, answer, doing);
  },
  merge: (db, { program }, { number }) => mergeDefects(db, program, 1, number, doing),
  split: (db, { program, reportIds }, { texts: [title = ''] }) =>
    splitDefect(db, program, 1, { title, reportIds: reportIds.slice(1) }, doing),
  tickets: (db, { program }, { texts: [link = ''], number }) =>
    addTickets(db, program, { number: 1, tickets: number, link }, doing),
  'tickets of a command': async (db, { program }, { texts: [link = ''], numeral }) => {
    const command = parseCommand(`tickets 1 ${numeral} https://${link}`);
    if (command.kind === 'tickets') await addTickets(db, program, command, doing);
  },
  rule: (db, { program }, { texts: [words = ''] }) =>
    saveRule(db, program, 1, { words, areaId: null, movesPast: true }, doing),
  search: (db, { program }, { texts: [words = ''] }) => searchDefects(db, program, words, 5, MONDAY),
  settings: async (db, { program }, { texts: [timeZone = '', holiday = '', time = ''], number }) => {
    const settings = await readSettings(db, program);
    const wrong = [{ timeZone }, { holidays: [holiday] }, { reminderTime: time }, { halfLifeDays: number }];
    const wanted = { ...settings, ...wrong[timeZone.length % wrong.length] };
    await changeSettings(db, program, { ...wanted, agendaLimit: number }, doing);
  },
  source: (db, { program }, { texts: [name = '', mapping = '', secret = ''] }) =>
    addSignalSource(
      db,
      program,
      { kind: 'json', name, mapping, secret, areaId: program.areaIds[0] ?? 0, severity: 'S3' },
      { token: 'a'.repeat(43), keys: someKeys },
      doing,
    ),
  import: async (db, { program }, { texts: [title, description, area, id], numeral }) => {
    const record = { id, title, description, area, affected: numeral, created: '2026-11-01', class: area };
    const read = importRow({ line: 1, record }, { mapping: genericMapping, now: MONDAY });
    if ('bad' in read) throw new Refusal(read.bad.reason);
    const run = await startImportRun(db, program);
    await importReports(db, run, planHistory([read.ok]).happenings, { batch: 10, now: MONDAY });
  },
};

const SENT = FILING.map(({ kind, body }) => ({ kind, body }));

/** A body in which some texts and numbers are hostile ones. */
function spoilt(value: unknown, { texts, number }: Given, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((one) => spoilt(one, { texts, number, numeral: '' }, depth + 1));
  if (typeof value === 'number') return number;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one], i) => [
      key,
      (i + depth) % 3 === 0 && typeof one === 'string'
        ? texts[i % texts.length]
        : spoilt(one, { texts, number, numeral: '' }, depth + 1),
    ]);
    return Object.fromEntries(entries);
  }
  return value;
}

class TakenBack extends Error {}

/** Lets it happen and takes it back. It leaves everything whole, or is refused in words; any other error is a defect. */
async function attempt(db: Db, action: (tx: Db) => Promise<unknown>): Promise<void> {
  await db
    .transaction(async (tx) => {
      await tx.transaction(action).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        expect(error.message).toMatch(/\S/);
      });
      expect(await faultsIn(tx)).toEqual([]);
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
}

describe.each(databases)('hostile text and numbers on $name', (database) => {
  let opened: OpenDatabase;
  let world: World;
  beforeAll(async () => {
    opened = await database.open();
    const { db } = opened;
    const program = await aProgram(db);
    const cadences = defaultCadences(program, '2026-11-23');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
    const first = await aDefect(db, program);
    await fileReport(db, program, aReport(program, { title: 'Webhook again' }), first.id);
    await aDefect(db, program, { title: 'Sync stalls' });
    const criterion = { kind: 'max_reports' as const, limit: 0 };
    await acceptDefect(
      db,
      program,
      2,
      { ownerId: 'UANA', dueOn: DUE, criteria: [criterion], escape: 'unknown' },
      doing,
    );
    const found = await db.select().from(reports).orderBy(reports.id);
    const reportIds = found.filter(({ defectId }) => defectId === first.id).map(({ id }) => id);
    const sources = new Map<string, number>();
    for (const [i, kind] of SIGNAL_KINDS.entries()) {
      const wanted = { kind, name: kind, areaId: program.areaIds[0] ?? 0, severity: 'S3', mapping: '', secret: null };
      sources.set(
        kind,
        (await addSignalSource(db, program, wanted, { token: `${i}`.repeat(43), keys: someKeys }, doing)).id,
      );
    }
    world = { program, sources, reportIds };
  });
  afterAll(() => opened.close());

  it.each(Object.keys(ACTIONS))('(%s) end in a result or in a refusal with words', async (name) => {
    await fc.assert(
      fc.asyncProperty(given, (one) => attempt(opened.db, async (tx) => ACTIONS[name]?.(tx, world, one))),
      { numRuns: RUNS, seed: 11 },
    );
  });

  it.each(SENT)('in what $kind sends are taken, and leave everything whole', async ({ kind, body }) => {
    await fc.assert(
      fc.asyncProperty(given, (one) =>
        attempt(opened.db, (tx) =>
          tryPayload(tx, world.program, world.sources.get(kind) ?? 0, JSON.stringify(spoilt(body, one)), MONDAY),
        ),
      ),
      { numRuns: Math.ceil(RUNS / 2), seed: 11 },
    );
  });

  it('what is half written is noticed', async () => {
    await attempt(opened.db, async (tx) => {
      await tx.update(defects).set({ ticketTotal: 77, state: 'claimed' }).where(eq(defects.number, 1));
      expect(await faultsIn(tx)).toEqual([
        'D-1 is in another state than its log says.',
        'D-1 has totals that its reports do not add up to.',
      ]);
      await tx.delete(defectEvents).where(isNull(defectEvents.fromState));
      expect(await faultsIn(tx)).toContain('D-1 was not born once.');
      expect(await faultsIn(tx)).toContain('D-2 went from a state that it was not in.');
      throw new Refusal('Taken back.');
    });
  });
});
