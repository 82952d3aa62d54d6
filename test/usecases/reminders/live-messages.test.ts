import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber, updateDefect } from '../../../src/db/defects/defects.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { assignOwner, changeDue } from '../../../src/usecases/defects/change-defect.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { refreshDirectMessages } from '../../../src/usecases/reminders/refresh-direct-messages.ts';
import { remindOwners } from '../../../src/usecases/reminders/remind-owners.ts';
import { snoozeDefect } from '../../../src/usecases/reminders/snooze-defect.ts';
import { aDefect, aProgram, DAY_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, type ProgramInTest, seen } from '../proof/fix-world.ts';
import { anAcceptance, outgoing, sendAll } from '../triage/triage-world.ts';

/** Wednesday, 09:30 in Berlin. */
const MORNING = new Date('2026-12-02T08:30:00Z');
const LONG_AGO = later(MORNING, -20 * DAY_MS);
const NOW = later(MORNING, 3_600_000);
const doing = { by: 'ULEAD', now: NOW };

async function firstOf(db: Db, program: Program) {
  const defect = await findDefectByNumber(db, program.id, 1);
  if (!defect) throw new Error('D-1 is gone.');
  return defect;
}

describe.each(databases)('direct messages on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function anOwned(db: Db, program: ProgramInTest, over: { by?: string; now?: Date } = {}) {
    const defect = await aDefect(db, program, { seenAt: LONG_AGO, filedAt: LONG_AGO, title: 'Late sync' });
    const acceptance = { ...anAcceptance, dueOn: '2026-12-01' };
    return acceptDefect(db, program, defect.number, acceptance, { by: over.by ?? 'UANA', now: over.now ?? LONG_AGO });
  }

  /** What stands now in each message to somebody, by its key. */
  async function seenBy(db: Db, program: Program, userId: string) {
    const shown = new Map<string, string>();
    for (const { channel, dedupeKey, targetKey, seen: said } of await outgoing(db, program))
      if (channel === userId) shown.set(targetKey ?? dedupeKey, said);
    return [...shown.values()];
  }

  it.each<[string, (db: Db, program: ProgramInTest) => Promise<unknown>, string]>([
    [
      'a claim',
      async (db, program) => aClaimedFix(db, program, await firstOf(db, program), { at: NOW }),
      'A fix is claimed',
    ],
    [
      'a snooze',
      (db, program) => snoozeDefect(db, program, 1, { untilOn: '2026-12-10', reason: 'x' }, { by: 'UANA', now: NOW }),
      'Snoozed until 10 Dec',
    ],
    [
      'a new date',
      (db, program) => changeDue(db, program, 1, { dueOn: '2026-12-09', reason: 'x' }, doing),
      'Its date is 9 Dec now',
    ],
    ['a new owner', (db, program) => assignOwner(db, program, 1, 'UBEN', doing), '<@UBEN> owns it now'],
    [
      'a merge',
      async (db, program) => mergeDefects(db, program, 1, (await aDefect(db, program)).number, doing),
      'It is part of another defect now',
    ],
  ])('a reminder shows %s, wherever it was done, and nothing is left to click', async (_, act, words) => {
    const { db } = database;
    const program = await aProgram(db);
    await anOwned(db, program);
    await remindOwners(db, program, { localTime: '09:30', now: MORNING });
    await sendAll(db, program);
    await act(db, program);
    await refreshDirectMessages(db, NOW);
    const [reminder] = await seenBy(db, program, 'UANA');
    expect(reminder).toContain(words);
    expect(reminder).toContain('Nothing of this waits for you any more.');
    expect(reminder).not.toContain('"button"');
    const count = (await outgoing(db, program)).length;
    await refreshDirectMessages(db, NOW);
    expect(await outgoing(db, program)).toHaveLength(count);
  });

  it('is not edited where what happened changes nothing in it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOwned(db, program);
    await remindOwners(db, program, { localTime: '09:30', now: MORNING });
    await sendAll(db, program);
    await seen(db, program, defect, MORNING);
    await refreshDirectMessages(db, NOW);
    expect((await outgoing(db, program)).filter(({ kind }) => kind === 'update')).toEqual([]);
  });

  it('an older reminder loses its buttons, and only the first explains how they work', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOwned(db, program);
    await remindOwners(db, program, { localTime: '09:30', now: MORNING });
    await sendAll(db, program);
    await remindOwners(db, program, { localTime: '09:30', now: later(MORNING, DAY_MS) });
    const [first, second] = await seenBy(db, program, 'UANA');
    expect(first).toContain('The buttons are in a newer message of mine.');
    expect(first).not.toContain('"button"');
    expect(second).toContain('"button"');
    expect([first, second].map((said) => said?.includes('one such message a day'))).toEqual([true, false]);
  });

  it('a new owner is told what is expected, by when and how the fix is judged, and the former one who has it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOwned(db, program);
    await assignOwner(db, program, 1, 'UBEN', doing);
    const [ben] = await seenBy(db, program, 'UBEN');
    expect(ben).toContain('<@ULEAD> made you the owner of *D-1*.');
    expect(ben).toContain('Fix it by 1 Dec, and claim the fix once it is out.');
    expect(ben).toContain('The fix will be judged by: no report in the validation window.');
    expect(ben).toContain('"claim"');
    expect(await seenBy(db, program, 'UANA')).toMatchObject([
      expect.stringContaining('You do not own it any more: <@ULEAD> gave it to <@UBEN>.'),
    ]);
  });

  it('an owner by triage is told, and whoever takes something themselves is not', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOwned(db, program, { by: 'ULEAD' });
    await anOwned(db, program, { by: 'UANA' });
    expect(await seenBy(db, program, 'UANA')).toMatchObject([expect.stringContaining('made you the owner of *D-1*')]);
  });

  it('several defects in a row are one message until it goes out', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (const _ of [1, 2, 3]) await anOwned(db, program, { by: 'ULEAD' });
    const messages = await seenBy(db, program, 'UANA');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('made you the owner of *3 defects*');
    await sendAll(db, program);
    await anOwned(db, program, { by: 'ULEAD' });
    expect(await seenBy(db, program, 'UANA')).toHaveLength(2);
  });

  it('a fix that failed asks for a new date, and is not overdue on the old promise', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOwned(db, program);
    await aClaimedFix(db, program, defect, { at: later(LONG_AGO, DAY_MS) });
    const back = await seen(db, program, defect, MORNING);
    expect(back).toMatchObject({ state: 'accepted', dueOn: null });
    await sendAll(db, program);
    const [told] = await seenBy(db, program, 'UANA');
    expect(told).toContain('It needs a new date.');
    expect(told).toContain('"change_due"');
    await changeDue(db, program, 1, { dueOn: '2026-12-09', reason: 'x' }, { by: 'UANA', now: NOW });
    await refreshDirectMessages(db, NOW);
    expect((await seenBy(db, program, 'UANA'))[0]).toContain('Its date is 9 Dec now.');
  });

  it('why a fix failed is counted anew with each report, and stays as it was said once it is dealt with', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOwned(db, program);
    await aClaimedFix(db, program, defect, { at: later(LONG_AGO, DAY_MS) });
    const back = await seen(db, program, defect, MORNING);
    await sendAll(db, program);
    expect((await seenBy(db, program, 'UANA'))[0]).toContain('1 report from ');
    await seen(db, program, back, later(MORNING, 60_000));
    await refreshDirectMessages(db, NOW);
    expect((await seenBy(db, program, 'UANA'))[0]).toContain('2 reports from ');
    await aClaimedFix(db, program, await firstOf(db, program), { at: NOW });
    await refreshDirectMessages(db, NOW);
    expect((await seenBy(db, program, 'UANA'))[0]).toContain('A fix is claimed');
  });

  it('an older message tells of the date that stands, also once that has passed', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOwned(db, program);
    await aClaimedFix(db, program, defect, { at: later(LONG_AGO, DAY_MS) });
    const back = await seen(db, program, defect, MORNING);
    await remindOwners(db, program, { localTime: '09:30', now: later(MORNING, 8 * DAY_MS) });
    await sendAll(db, program);
    const shown = async (now: Date) => {
      await seen(db, program, back, now);
      await refreshDirectMessages(db, now);
      return (await seenBy(db, program, 'UANA')).map(
        (said) => /It needs a new date\.|[^.]* 1[4-8] Dec[^.]*/.exec(said)?.[0],
      );
    };
    const dated = later(MORNING, 8 * DAY_MS + 3_600_000);
    expect(await shown(dated)).toEqual(['It needs a new date.', 'It needs a new date.']);
    await changeDue(db, program, 1, { dueOn: '2026-12-14', reason: 'x' }, { by: 'UANA', now: dated });
    expect((await shown(dated)).join()).not.toContain('needs a new date');
    const passed = await shown(later(MORNING, 14 * DAY_MS));
    expect(passed).toEqual([
      expect.stringContaining('it was due 14 Dec'),
      expect.stringContaining('it was due 14 Dec'),
    ]);
    const again = { dueOn: '2026-12-18', reason: 'x' };
    await changeDue(db, program, 1, again, { by: 'UANA', now: later(MORNING, 14 * DAY_MS) });
    const passedAgain = await shown(later(MORNING, 18 * DAY_MS));
    expect(passedAgain).toEqual([
      expect.stringContaining('it was due 18 Dec'),
      expect.stringContaining('it was due 18 Dec'),
    ]);
  });

  it('the lead can do everything from an escalation', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await anOwned(db, program);
    for (const day of [0, 1, 2, 5])
      await remindOwners(db, program, { localTime: '09:30', now: later(MORNING, day * DAY_MS) });
    const [escalation] = await seenBy(db, program, 'ULEAD');
    for (const action of ['assign', 'change_due', 'claim', 'accept_risk', 'merge', 'show_defect', 'snooze'])
      expect(escalation).toContain(`"action_id":"${action}"`);
    await sendAll(db, program);
    const now = later(MORNING, 6 * DAY_MS);
    await assignOwner(db, program, 1, 'UBEN', { by: 'ULEAD', now });
    await refreshDirectMessages(db, now);
    expect((await seenBy(db, program, 'ULEAD'))[0]).toContain('Owner: <@UBEN>');
  });

  it('nobody is told of an owner of a sample', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { number, id } = await aDefect(db, program);
    await updateDefect(db, id, { isSample: true });
    await assignOwner(db, program, number, 'UBEN', doing);
    expect(await seenBy(db, program, 'UBEN')).toEqual([]);
  });
});
