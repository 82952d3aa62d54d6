// @module-tag slow
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDefect } from '../../../src/db/defects/defects.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { mulberry32 } from '../../../src/domain/stats/random.ts';
import { relabelDefect } from '../../../src/usecases/defects/change-defect.ts';
import { recommitDefect } from '../../../src/usecases/defects/recommit-defect.ts';
import { saveRule, undoRuleMove } from '../../../src/usecases/grouping/change-rules.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { confirmFix } from '../../../src/usecases/proof/confirm-fix.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { proofAsOf } from '../../../src/usecases/proof/proof-as-of.ts';
import { proofOfFix } from '../../../src/usecases/proof/proof-of-fix.ts';
import { tellProof } from '../../../src/usecases/proof/tell-proof.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, anOftenSeenDefect, seen } from './fix-world.ts';

let database: OpenDatabase;
beforeAll(async () => {
  const [, postgres] = databases;
  if (!postgres) throw new Error('no PostgreSQL to test on');
  database = await postgres.open();
});
afterAll(() => database.close());

/** Lives through a random fortnight of a claimed fix, and keeps what the bot thought of it each night. */
async function liveThrough(seed: number) {
  const { db } = database;
  const random = mulberry32(seed);
  const program = await aProgram(db);
  const pick = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T;
  const severity = pick(['S2', 'S3'] as const);
  const defect = await aDefect(db, program, { severity, seenAt: later(MONDAY, -30 * DAY_MS), affected: 1 });
  for (let day = 25; day > 0; day -= pick([1, 2, 3])) {
    await seen(db, program, defect, later(MONDAY, -day * DAY_MS), {
      affected: 1,
      reporterId: pick(['U1', 'U2']),
      severity,
    });
  }
  const other = await aDefect(db, program, { title: 'Looks alike', seenAt: later(MONDAY, -9 * DAY_MS), severity });
  for (const day of [-6, 2, 4])
    await seen(db, program, other, later(MONDAY, day * DAY_MS), { affected: 1, title: 'Looks alike' });
  const criteria = [
    { kind: 'max_reports' as const, limit: 0 },
    { kind: 'second_person' as const, userId: 'UBEN' },
  ];
  await aClaimedFix(db, program, defect, { criteria, claim: { environments: pick([[], ['production']]) } });

  const late = { reporterId: 'U3', affected: 1, severity };
  let ruleId: number | undefined;
  const happenings: ((at: Date) => Promise<unknown>)[] = [
    (at) => seen(db, program, defect, later(at, -20 * DAY_MS), { ...late, filedAt: at }),
    (at) => seen(db, program, defect, later(at, -5 * DAY_MS), { ...late, filedAt: at }),
    (at) => seen(db, program, defect, at, { ...late, environment: pick(['staging', 'production']) }),
    (at) => seen(db, program, defect, at, { ...late, vendor: 'the cloud' }),
    (at) => mergeDefects(db, program, other.number, defect.number, { by: 'UANA', now: at }),
    (at) => undoGrouping(db, program, pick([other.number, defect.number]), { by: 'UANA', now: at }),
    async (at) => {
      const own = await listReports(db, defect.id);
      const reportIds = own.filter(() => random() < 0.3).map(({ id }) => id);
      return splitDefect(db, program, defect.number, { reportIds, title: 'A part of it' }, { by: 'UANA', now: at });
    },
    async (at) => {
      const wanted = { words: 'looks alike', areaId: null, movesPast: true };
      ruleId = (await saveRule(db, program, defect.number, wanted, { by: 'UANA', now: at })).rule.id;
    },
    (at) => undoRuleMove(db, program, ruleId ?? 0, { by: 'UANA', now: at }),
    (at) =>
      relabelDefect(
        db,
        program,
        defect.number,
        { severity: pick(['S1', 'S3', 'S4']), reason: 'x' },
        { by: 'U1', now: at },
      ),
    (at) => confirmFix(db, program, defect.number, { by: 'UBEN', now: at }),
    (at) => {
      const limit = pick([0, 2]);
      const wanted = { ownerId: 'UANA', dueOn: '2027-03-01', criteria: [{ kind: 'max_reports' as const, limit }] };
      return recommitDefect(db, program, defect.number, wanted, { by: 'UANA', now: at });
    },
  ];
  const kept = [];
  for (let day = 0; day < 14; day++) {
    const at = later(MONDAY, day * DAY_MS + HOUR_MS);
    // Most of them are refused in the state that things are in, and then nothing has happened.
    if (random() < 0.7) await pick(happenings)(at).catch(() => {});
    const tonight = later(at, 10 * HOUR_MS);
    const standing = await findDefect(db, program.id, defect.id);
    if (standing) kept.push({ at: tonight, thought: await proofOfFix(db, program, standing, tonight) });
    await evaluateProofs(db, program, { now: tonight });
  }
  return { db, program, defect: (await findDefect(db, program.id, defect.id)) ?? defect, kept };
}

const outline = (proof: Awaited<ReturnType<typeof proofAsOf>>) =>
  proof && {
    ...{ outcome: proof.outcome, sentence: proof.sentence, progress: proof.progress, window: proof.window },
    evidence: proof.evidence.map(({ state, sentence }) => ({ state, sentence })),
  };

test('what the bot thought of a fix on any past day can be told again from the log, whatever happened since', async () => {
  let changed = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const { db, program, defect, kept } = await liveThrough(seed);
    for (const { at, thought } of kept) {
      expect(outline(await proofAsOf(db, program, defect, at)), `history ${seed} on ${at.toISOString()}`).toEqual(
        outline(thought),
      );
      const asOfNow = await proofOfFix(db, program, defect, at);
      if (JSON.stringify(outline(asOfNow)) !== JSON.stringify(outline(thought))) changed++;
    }
  }
  // Judged on what is known by now, many of those days would read differently: the histories do change the past.
  expect(changed).toBeGreaterThan(10);
});

test('a past day can be asked for, and says that later things are left out', async () => {
  const { db } = database;
  const program = await aProgram(db);
  const defect = await anOftenSeenDefect(db, program);
  await aClaimedFix(db, program, defect);
  await seen(db, program, defect, later(MONDAY, 2 * DAY_MS));
  const now = later(MONDAY, 5 * DAY_MS);
  const told = async (on: string) => JSON.stringify(await tellProof(db, program, 1, on, now));
  expect(await told('2026-11-22')).toContain('No fix of D-1 had been claimed by the end of 22 Nov.');
  expect(await told('2026-11-24')).toContain('At the end of 24 Nov: proving 1/3 d');
  expect(await told('2026-11-25')).toContain('1 report from 3 accounts since the fix of 23 Nov; the limit is 0.');
  await expect(told('2026-12-24')).rejects.toThrow('still to come');
  await expect(told('2026-02-30')).rejects.toThrow('in no calendar');
});
