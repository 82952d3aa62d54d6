import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateDefect } from '../../../src/db/defects/defects.ts';
import { countRitualHealth } from '../../../src/db/digest/ritual-health.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { defectEvents } from '../../../src/db/schema/defects.ts';
import { listTriageItems } from '../../../src/db/triage/triages.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { closeTriageByHand } from '../../../src/usecases/triage/close-triage-by-hand.ts';
import { type Chosen, decideSeveral } from '../../../src/usecases/triage/decisions/decide-several.ts';
import { deferDefect } from '../../../src/usecases/triage/decisions/defer-defect.ts';
import { undoSeveral } from '../../../src/usecases/triage/decisions/undo-several.ts';
import { refreshTriages } from '../../../src/usecases/triage/refresh-triages.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { seen } from '../proof/fix-world.ts';
import { anAcceptance, closeDueOf, listBatches, openAt, outgoing, sendAll } from './triage-world.ts';

describe.each(databases)('triage on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('closes by itself after 24 working hours, over a weekend too, with a summary', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const friday = later(MONDAY, 4 * DAY_MS);
    await aDefect(db, program);
    await aDefect(db, program);
    await openAt(db, program, friday);
    await deferDefect(db, program, 1, 'Waiting', { by: 'UBEN', now: friday });
    expect(await closeDueOf(db, program, later(friday, 2 * DAY_MS))).toEqual([]);
    const closed = await closeDueOf(db, program, later(friday, 3 * DAY_MS));
    expect(closed.map(({ closedBy }) => closedBy)).toEqual([null]);
    const said = await outgoing(db, program);
    const summary = said.find(({ dedupeKey }) => dedupeKey.endsWith(':summary'));
    expect(summary?.body.text).toBe('Triage closed. 1 of 2 decided (50 %).');
    expect(summary?.parentKey).toMatch(/:parent$/);
    expect(said.find(({ dedupeKey }) => dedupeKey.endsWith(':item:2'))?.seen).toContain(
      'Left open. Triage comes back to it.',
    );
    expect(await closeDueOf(db, program, later(friday, 4 * DAY_MS))).toEqual([]);
  });

  it('closes by hand once, and says so the second time', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    const closing = ['UANA', 'UBEN'].map((by) => closeTriageByHand(db, program, triage.id, { by, now: MONDAY }));
    const tries = await Promise.allSettled(closing);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = tries.find((one) => one.status === 'rejected');
    expect(refused?.reason.message).toBe('This triage was closed Mon 23 Nov, 10:00.');
  });

  it('does not close the thread of another program', async () => {
    const { db } = database;
    const [program, other] = [await aProgram(db), await aProgram(db)];
    await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    await expect(closeTriageByHand(db, other, triage.id, { by: 'UBEN', now: MONDAY })).rejects.toThrow(
      'no longer here',
    );
  });

  it('closes the old thread before it opens the next, and carries over what is left', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    const next = later(MONDAY, HOUR_MS);
    await openAt(db, program, next);
    const said = await outgoing(db, program);
    expect(said.find(({ dedupeKey }) => dedupeKey.endsWith(':summary'))?.body.text).toContain('0 of 1 decided');
    expect(said.at(-1)?.body.text).toBe('D-1 Stripe webhook times out: Left open last time.');
  });

  it('tells the lead of what was left open three times in a row, and nobody before that', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const toLead = async () => (await outgoing(db, program)).filter(({ channel }) => channel === 'ULEAD');
    for (const week of [0, 1]) {
      await openAt(db, program, later(MONDAY, week * 7 * DAY_MS));
      await closeDueOf(db, program, later(MONDAY, (week * 7 + 2) * DAY_MS));
    }
    expect(await toLead()).toEqual([]);
    const third = later(MONDAY, 14 * DAY_MS);
    await openAt(db, program, third);
    await closeDueOf(db, program, later(third, 2 * DAY_MS));
    const [told, ...more] = await toLead();
    expect(more).toEqual([]);
    expect(told?.body.text).toBe('D-1 needs your decision.');
    expect(told?.seen).toContain('Left open 3 times in a row.');
    for (const action of ['accept', 'defer', 'dismiss', 'need_info', 'accept_risk', 'merge', 'split']) {
      expect(told?.seen).toContain(`"${action}`);
    }
    await sendAll(db, program);
    await acceptDefect(db, program, 1, anAcceptance, { by: 'ULEAD', now: later(third, 3 * DAY_MS) });
    const edited = (await toLead()).at(-1);
    expect(edited?.body.text).toBe('Nothing is left to decide here.');
    expect(edited?.seen).toContain('<@ULEAD> accepted it: <@UANA>, due 31 Dec.');
    expect(edited?.seen).not.toContain('"actions"');
  });

  it('shows the lead what is reported while it waits for a decision, and is not edited otherwise', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program);
    for (const week of [0, 1, 2]) {
      await openAt(db, program, later(MONDAY, week * 7 * DAY_MS));
      await closeDueOf(db, program, later(MONDAY, (week * 7 + 2) * DAY_MS));
    }
    await sendAll(db, program);
    const now = later(MONDAY, 17 * DAY_MS);
    await refreshTriages(db, now);
    const toLead = async () => (await outgoing(db, program)).filter(({ channel }) => channel === 'ULEAD');
    expect((await toLead()).map(({ seen: said }) => /[^ ]+ reports? from/.exec(said)?.[0])).toEqual(['1 report from']);
    await seen(db, program, defect, now);
    await refreshTriages(db, now);
    await refreshTriages(db, now);
    expect((await toLead()).map(({ seen: said }) => /[^ ]+ reports? from/.exec(said)?.[0])).toEqual([
      '1 report from',
      '2 reports from',
    ]);
  });

  it('shows the lead that a later thread has settled it, and asks again once that is taken back', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    for (const week of [0, 1, 2]) {
      await openAt(db, program, later(MONDAY, week * 7 * DAY_MS));
      await closeDueOf(db, program, later(MONDAY, (week * 7 + 2) * DAY_MS));
    }
    const fourth = later(MONDAY, 21 * DAY_MS);
    const { triage } = await openAt(db, program, fourth);
    await sendAll(db, program);
    const toLead = async () => (await outgoing(db, program)).filter(({ channel }) => channel === 'ULEAD').at(-1);
    const chosen: Chosen[] = [{ number: 1, choice: { kind: 'accept', ownerId: 'UANA', dueOn: '2026-12-31' } }];
    const doing = { by: 'UBEN', now: fourth };
    await decideSeveral(db, program, triage.id, { chosen, reason: '' }, doing);
    expect((await toLead())?.seen).toContain('<@UBEN> accepted it: <@UANA>, due 31 Dec.');
    await undoSeveral(db, program, (await listBatches(db, program)).at(-1) ?? 0, doing);
    expect((await toLead())?.body.text).toBe('D-1 needs your decision.');
  });

  it('counts what was closed while the thread was open as settled, in its summary and in the digest', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const { id } = await aDefect(db, program);
    await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    await updateDefect(db, id, { state: 'proven' });
    const proof = { kind: 'proven', fromState: 'claimed', toState: 'proven', why: 'No report.' } as const;
    await db.insert(defectEvents).values({ programId: program.id, defectId: id, at: later(MONDAY, HOUR_MS), ...proof });
    await closeTriageByHand(db, program, triage.id, { by: 'UBEN', now: later(MONDAY, 2 * HOUR_MS) });
    const summary = (await outgoing(db, program)).find(({ dedupeKey }) => dedupeKey.endsWith(':summary'));
    expect(summary?.body.text).toBe('Triage closed. 1 of 2 decided (50 %).');
    expect(summary?.seen).toContain('*Settled meanwhile:* D-1 Stripe webhook times out (proven fixed)');
    const week = { after: later(MONDAY, -DAY_MS), upTo: later(MONDAY, DAY_MS) };
    expect((await countRitualHealth(db, program.id, week)).triage).toMatchObject({
      items: 2,
      decided: 1,
      carriedOver: 1,
    });
  });

  it('counts the item that the overdue share in the digest, too', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await acceptDefect(
      db,
      program,
      1,
      { ...anAcceptance, dueOn: '2026-11-19' },
      { by: 'UANA', now: later(MONDAY, -5 * DAY_MS) },
    );
    const { triage } = await openAt(db, program, MONDAY);
    await closeTriageByHand(db, program, triage.id, { by: 'UBEN', now: later(MONDAY, HOUR_MS) });
    const said = (await outgoing(db, program)).map(({ seen }) => seen).join('\n');
    expect(said).toContain('Nobody set new dates. Still overdue: D-1.');
    const week = { after: later(MONDAY, -DAY_MS), upTo: later(MONDAY, DAY_MS) };
    expect((await countRitualHealth(db, program.id, week)).triage).toMatchObject({
      items: 1,
      decided: 0,
      carriedOver: 1,
    });
  });

  it('counts threads in a row anew after a decision', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    await closeDueOf(db, program, later(MONDAY, 2 * DAY_MS));
    await acceptDefect(
      db,
      program,
      1,
      { ...anAcceptance, dueOn: '2026-11-26' },
      { by: 'UBEN', now: later(MONDAY, 3 * DAY_MS) },
    );
    const { triage } = await openAt(db, program, later(MONDAY, 7 * DAY_MS));
    const [item] = await listTriageItems(db, triage.id);
    expect([item, triage.overdueIds.length]).toEqual([undefined, 1]);
  });
});
