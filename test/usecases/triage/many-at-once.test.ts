import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber, updateDefect } from '../../../src/db/defects/defects.ts';
import { countTransitions, findStandingAt } from '../../../src/db/defects/events.ts';
import { type OpenDatabase, rows } from '../../../src/db/engine/client.ts';
import { assembleBurndown, identityGaps } from '../../../src/domain/digest/burndown.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { assignOwner } from '../../../src/usecases/defects/change-defect.ts';
import type { Db, Program } from '../../../src/usecases/doing.ts';
import { closeTriageByHand } from '../../../src/usecases/triage/close-triage-by-hand.ts';
import { type Chosen, decideSeveral } from '../../../src/usecases/triage/decisions/decide-several.ts';
import { deferDefect } from '../../../src/usecases/triage/decisions/defer-defect.ts';
import { setNewDates } from '../../../src/usecases/triage/decisions/set-new-dates.ts';
import { undoSeveral } from '../../../src/usecases/triage/decisions/undo-several.ts';
import { refreshTriages } from '../../../src/usecases/triage/refresh-triages.ts';
import { aDefect, aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { seen } from '../proof/fix-world.ts';
import { anAcceptance, openAt, outgoing, sendAll } from './triage-world.ts';

const BEN = { by: 'UBEN', now: later(MONDAY, HOUR_MS) };
const accept = (number: number): Chosen => ({
  number,
  choice: { kind: 'accept', ownerId: 'UANA', dueOn: '2026-12-03' },
});

describe.each(databases)('many items of a thread at once, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function threadOf(count: number) {
    const { db } = database;
    const program = await aProgram(db);
    for (let i = 0; i < count; i++) await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    await sendAll(db, program);
    return { db, program, triage };
  }
  const batchOf = async (db: Db, program: Program) => {
    const [row] = await rows<{ id: string }>(db, sql`select id from decision_batches where program_id = ${program.id}`);
    return Number(row?.id);
  };
  const stateOf = async (db: Db, program: Program, number: number) =>
    (await findDefectByNumber(db, program.id, number))?.state;

  it('are decided in one go, each as it was chosen, and the thread says who did it', async () => {
    const { db, program, triage } = await threadOf(4);
    const chosen: Chosen[] = [
      accept(1),
      { number: 2, choice: { kind: 'dismiss' } },
      { number: 3, choice: { kind: 'defer' } },
      { number: 4, choice: { kind: 'leave' } },
    ];
    const decided = await decideSeveral(db, program, triage.id, { chosen, reason: 'The vendor has it' }, BEN);
    expect(decided).toEqual({ decided: [1, 2, 3], passedOver: [] });
    const states = await Promise.all([1, 2, 3, 4].map((number) => stateOf(db, program, number)));
    expect(states).toEqual(['accepted', 'dismissed', 'new', 'new']);
    const said = (await outgoing(db, program)).map(({ seen }) => seen).join('\n');
    expect(said).toContain('<@UBEN> decided 3 items in one go.');
    expect(said).toContain('<@UBEN> accepted it: <@UANA>, due 3 Dec.');
    expect(said).toContain('<@UBEN> says it is not a defect: The vendor has it');
    expect(said).toContain('4 items, 3 decided.');
  });

  it('need a reason where one of them leaves the list or waits', async () => {
    const { db, program, triage } = await threadOf(1);
    const chosen: Chosen[] = [{ number: 1, choice: { kind: 'accept_risk' } }];
    await expect(decideSeveral(db, program, triage.id, { chosen, reason: ' ' }, BEN)).rejects.toThrow('why');
    expect(await stateOf(db, program, 1)).toBe('new');
  });

  it('pass over what somebody else has decided, and say so', async () => {
    const { db, program, triage } = await threadOf(2);
    await deferDefect(db, program, 1, 'Waiting', { by: 'UANA', now: MONDAY });
    const decided = await decideSeveral(db, program, triage.id, { chosen: [accept(1), accept(2)], reason: '' }, BEN);
    expect(decided).toEqual({ decided: [2], passedOver: [1] });
  });

  it('are not decided in a thread that is closed, nor in that of another program', async () => {
    const { db, program, triage } = await threadOf(1);
    const other = await aProgram(db);
    const wanted = { chosen: [accept(1)], reason: '' };
    await expect(decideSeveral(db, other, triage.id, wanted, BEN)).rejects.toThrow('no longer here');
    await closeTriageByHand(db, program, triage.id, BEN);
    await expect(decideSeveral(db, program, triage.id, wanted, BEN)).rejects.toThrow('closed');
    expect(await stateOf(db, program, 1)).toBe('new');
  });

  it('are taken back as one, as if nothing had been decided, and every count still adds up', async () => {
    const { db, program, triage } = await threadOf(3);
    const chosen: Chosen[] = [
      accept(1),
      { number: 2, choice: { kind: 'dismiss' } },
      { number: 3, choice: { kind: 'defer' } },
    ];
    await decideSeveral(db, program, triage.id, { chosen, reason: 'Not ours' }, BEN);
    await sendAll(db, program);
    const back = await undoSeveral(db, program, await batchOf(db, program), {
      by: 'UANA',
      now: later(MONDAY, 2 * HOUR_MS),
    });
    expect(back).toEqual({ undone: [1, 2, 3], kept: [] });
    for (const number of [1, 2, 3]) {
      const defect = await findDefectByNumber(db, program.id, number);
      expect(defect).toMatchObject({ state: 'new', ownerId: null, dueOn: null, lastTriagedAt: null, deferStreak: 0 });
    }
    const edits = (await outgoing(db, program)).filter(({ kind, state }) => kind === 'update' && state === 'due');
    expect(edits.filter(({ seen }) => seen.includes('"accept"'))).toHaveLength(3);
    expect(edits.map(({ seen }) => seen).join('\n')).toContain('<@UANA> took it back.');
    expect(edits.map(({ seen }) => seen).join('\n')).toContain('3 items, 0 decided.');

    const window = { after: later(MONDAY, -30 * DAY_MS), upTo: later(MONDAY, DAY_MS) };
    const counts = await countTransitions(db, program.id, window);
    const standings = [
      await findStandingAt(db, program.id, window.after),
      await findStandingAt(db, program.id, window.upTo),
    ] as const;
    const burndown = assembleBurndown(...standings, counts);
    expect(identityGaps(burndown)).toEqual([]);
    expect([burndown.lines.dismissed.count, burndown.lines.reopened.count]).toEqual([0, 0]);
  });

  it('stay where somebody has gone on with one since, and it is named', async () => {
    const { db, program, triage } = await threadOf(2);
    await decideSeveral(db, program, triage.id, { chosen: [accept(1), accept(2)], reason: '' }, BEN);
    await assignOwner(db, program, 1, 'UCEM', BEN);
    const batchId = await batchOf(db, program);
    expect(await undoSeveral(db, program, batchId, BEN)).toEqual({ undone: [2], kept: [1] });
    expect((await outgoing(db, program)).map(({ seen }) => seen).join('\n')).toContain(
      'took it back, except for D-1, which changed meanwhile.',
    );
    await expect(undoSeveral(db, program, batchId, BEN)).rejects.toThrow('taken this back already');
    await expect(undoSeveral(db, await aProgram(db), batchId, BEN)).rejects.toThrow('no longer here');
  });

  it('that are overdue share one item, and get their dates in one form', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (const number of [1, 2, 3]) {
      const { id } = await aDefect(db, program);
      await acceptDefect(db, program, number, anAcceptance, { by: 'UBEN', now: later(MONDAY, -DAY_MS) });
      await updateDefect(db, id, { dueOn: '2026-11-20' });
    }
    const { triage, items } = await openAt(db, program, MONDAY);
    expect(items).toBe(1);
    await sendAll(db, program);
    const dates = [1, 2].map((number) => ({ number, dueOn: '2026-11-30' }));
    await setNewDates(db, program, triage.id, dates, BEN);
    expect((await findDefectByNumber(db, program.id, 1))?.dueOn).toBe('2026-11-30');
    expect((await findDefectByNumber(db, program.id, 3))?.dueOn).toBe('2026-11-20');
    const said = (await outgoing(db, program)).map(({ seen }) => seen).join('\n');
    expect(said).toContain('<@UBEN> set new dates: 2 of 3 overdue have one. Still overdue: D-3.');
    expect(said).toContain('1 item, 1 decided.');
  });

  it('show what has happened elsewhere since, and are not sent again where nothing has', async () => {
    const { db, program } = await threadOf(2);
    const dueEdits = async () =>
      (await outgoing(db, program)).filter(({ kind, state }) => kind === 'update' && state === 'due');
    await refreshTriages(db, later(MONDAY, HOUR_MS));
    expect(await dueEdits()).toEqual([]);
    const defect = await findDefectByNumber(db, program.id, 1);
    if (!defect) throw new Error('no defect');
    await seen(db, program, defect, later(MONDAY, HOUR_MS), { filedAt: later(MONDAY, HOUR_MS) });
    await refreshTriages(db, later(MONDAY, HOUR_MS));
    const edits = await dueEdits();
    expect(edits.map(({ targetKey }) => targetKey?.split(':').slice(-2).join(':'))).toEqual(['item:1']);
    expect(edits[0]?.seen).toContain('2 reports from ');
  });

  it('come back first where they were deferred, whatever else is due', async () => {
    const { db } = database;
    const program = await aProgram(db, { agendaLimit: 2 });
    const mild = await aDefect(db, program, { severity: 'S4', affected: 0 });
    await openAt(db, program, MONDAY);
    await deferDefect(db, program, mild.number, 'The vendor answers on Friday', BEN);
    for (let i = 0; i < 4; i++) await aDefect(db, program, { severity: 'S1' });
    await openAt(db, program, later(MONDAY, 7 * DAY_MS));
    const items = (await outgoing(db, program)).filter(
      ({ dedupeKey }) => dedupeKey.includes('2026-11-30') && dedupeKey.includes(':item:'),
    );
    expect(items.map(({ body }) => body.text)[0]).toBe(
      'D-1 Stripe webhook times out: Deferred to this triage: The vendor answers on Friday Left open last time.',
    );
    expect(items).toHaveLength(2);
  });
});
