import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { findLatestTranche, listCommitted } from '../../../src/db/triage/tranches.ts';
import { acceptRisk } from '../../../src/usecases/defects/set-aside-defect.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { reviewTranche } from '../../../src/usecases/triage/review-tranche.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, type ProgramInTest, seen } from '../proof/fix-world.ts';
import { outgoing } from './triage-world.ts';

const NEXT = later(MONDAY, 28 * DAY_MS);

function review(db: Db, program: Program, dueAt: Date) {
  return db.transaction((tx) => reviewTranche(tx, program, { dueAt, late: false, now: dueAt }));
}

/** Three fixes claimed just before the first tranche begins, and one defect that nobody has accepted. */
async function aBurndownList(db: Db, program: ProgramInTest) {
  const [holds, fails, idle] = [
    await aFrequentDefect(db, program, { title: 'Holds', affected: 50 }),
    await aFrequentDefect(db, program, { title: 'Fails' }),
    await aFrequentDefect(db, program, { title: 'Set aside' }),
  ];
  await aClaimedFix(db, program, holds);
  await aClaimedFix(db, program, fails);
  await aDefect(db, program, { title: 'Proposed <!here>', severity: 'S1' });
  return { holds, fails, idle };
}

describe.each(databases)('the review of a tranche on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('opens the first tranche with what is on the burn-down list, and proposes the hottest of the rest', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aBurndownList(db, program);
    expect(await review(db, program, MONDAY)).toEqual({ kind: 'reviewed', number: 1 });
    const [said] = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('tranche:'));
    expect(said?.channel).toBe('C0STABILITY');
    expect(said?.body.text).toBe('Launch stability. Tranche 1 runs until 21 Dec with 2 defects on the burn-down list.');
    expect(said?.seen).toContain('Proposed &lt;!here&gt;');
    expect(said?.seen).toContain('`/defect accept 3`');
  });

  it('closes it by what was proven, and carries what was not into the next', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { holds, fails } = await aBurndownList(db, program);
    await review(db, program, MONDAY);
    await seen(db, program, fails, later(MONDAY, DAY_MS));
    await evaluateProofs(db, program, { now: later(MONDAY, 10 * DAY_MS) });
    expect(await review(db, program, NEXT)).toEqual({ kind: 'reviewed', number: 2 });
    const said = (await outgoing(db, program)).findLast(({ dedupeKey }) => dedupeKey.startsWith('tranche:'));
    expect(said?.body.text).toMatch(
      /^Launch stability\. Four weeks: 1 of the 2 committed defects is proven fixed; it did [\d.]+ of the [\d.]+ points of harm a week\. One fix failed\. Another [\d.]+ points of harm only faded\. Tranche 2 runs until 18 Jan with 1 defect/,
    );
    expect(said?.seen).toContain('*Proven: 1*');
    expect(said?.seen).toContain('*The fix did not hold: 1*');
    const next = await findLatestTranche(db, program.id);
    const committed = next ? await listCommitted(db, next) : [];
    expect(committed.map(({ number }) => number)).toEqual([fails.number]);
    expect(committed.map(({ number }) => number)).not.toContain(holds.number);
  });

  it('is held once for each instant', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aBurndownList(db, program);
    await review(db, program, MONDAY);
    expect(await review(db, program, MONDAY)).toEqual({ kind: 'repeated', number: 1 });
    const said = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('tranche:'));
    expect(said).toHaveLength(1);
  });

  it('counts a defect that left the list without a fix as no improvement', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { fails } = await aBurndownList(db, program);
    await review(db, program, MONDAY);
    await seen(db, program, fails, later(MONDAY, DAY_MS));
    await acceptRisk(db, program, fails.number, 'Rare', { by: 'UANA', now: later(MONDAY, 2 * DAY_MS) });
    await review(db, program, NEXT);
    const said = (await outgoing(db, program)).findLast(({ dedupeKey }) => dedupeKey.startsWith('tranche:'));
    expect(said?.body.text).toContain('Four weeks: none of the 2 committed defects is proven fixed.');
    expect(said?.seen).toContain('*Left the list without a fix: 1*');
  });
});
