import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { answerStillSeeing } from '../../../src/usecases/proof/answer-still-seeing.ts';
import { proofOfFix } from '../../../src/usecases/proof/proof-of-fix.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, aRegularDefect, seen } from '../proof/fix-world.ts';

describe.each(databases)('the card of a defect on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('says of its reports what the digest and the thread say of that week, once it is old enough', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { seenAt: later(MONDAY, -60 * DAY_MS) });
    for (let day = 1; day <= 20; day++) await seen(db, program, defect, later(MONDAY, -day * DAY_MS));
    const card = JSON.stringify(await showDefect(db, program, defect.number, MONDAY));
    expect(card).toContain('Reports: 7 in the week to 20 Nov, 7 the week before. Too few to call a trend.');
    const young = await aDefect(db, program);
    expect(JSON.stringify(await showDefect(db, program, young.number, MONDAY))).not.toContain('to call a trend');
    const second = await aDefect(db, program, { seenAt: later(MONDAY, -12 * DAY_MS) });
    expect(JSON.stringify(await showDefect(db, program, second.number, MONDAY))).not.toContain('first week');
  });

  it('says how many support tickets it cost lately and before, where it ever cost one', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { seenAt: later(MONDAY, -40 * DAY_MS), supportTickets: 5 });
    await seen(db, program, defect, later(MONDAY, -70 * DAY_MS), { supportTickets: 9 });
    await seen(db, program, defect, later(MONDAY, -3 * DAY_MS), { supportTickets: 1 });
    const card = JSON.stringify(await showDefect(db, program, defect.number, MONDAY));
    expect(card).toContain('1 support ticket in the last 28 days, 5 in the 28 before.');
    const quiet = await aDefect(db, program);
    expect(JSON.stringify(await showDefect(db, program, quiet.number, MONDAY))).not.toContain('in the last 28 days');
  });

  it('counts the reports since a failed fix as they are now, beside the criterion that they broke', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, defect);
    const back = await seen(db, program, defect, later(MONDAY, DAY_MS));
    await seen(db, program, back, later(MONDAY, 2 * DAY_MS));
    const card = async (now: Date) => JSON.stringify(await showDefect(db, program, defect.number, now));
    expect(await card(later(MONDAY, 3 * DAY_MS))).toContain('in the validation window: 2 reports since the fix of');
  });

  it('says how far a proof is as the proof is judged: who was asked and says nothing makes it less sure', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aClaimedFix(db, program, await aRegularDefect(db, program));
    const at = later(MONDAY, 2 * DAY_MS);
    const said = async () => {
      const card = JSON.stringify(await showDefect(db, program, defect.number, at));
      return /proving [^"\\]* sure/.exec(card)?.[0];
    };
    const judged = async () => (await proofOfFix(db, program, defect, at))?.progress;
    const silent = await said();
    expect(silent).toBe(await judged());
    await answerStillSeeing(db, program, defect.number, 'no', { by: 'UREPORTER', now: at });
    expect(await said()).toBe(await judged());
    expect(await said()).not.toBe(silent);
  });

  it('calls a verdict by its name in the history, before its numbers', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, defect);
    const back = await seen(db, program, defect, later(MONDAY, DAY_MS));
    await seen(db, program, back, later(MONDAY, 2 * DAY_MS));
    const card = JSON.stringify(await showDefect(db, program, defect.number, later(MONDAY, 3 * DAY_MS)));
    expect(card).toMatch(/: The fix failed\. \d+ reports? /);
  });
});
