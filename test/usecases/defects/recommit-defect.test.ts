import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { listCriteria, updateCriterion } from '../../../src/db/proof/criteria.ts';
import { listTriageItems } from '../../../src/db/triage/triages.ts';
import type { Criterion } from '../../../src/domain/proof/criteria.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { recommitDefect } from '../../../src/usecases/defects/recommit-defect.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { deferDefect } from '../../../src/usecases/triage/decisions/defer-defect.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { anAcceptance, openAt, outgoing } from '../triage/triage-world.ts';

const SECOND: Criterion = { kind: 'second_person', userId: 'UCEM' };

describe.each(databases)('recommitting, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  /** D-1, due on Thursday, in the thread of the Monday after, to which it was deferred. */
  async function anOverdueOne(criteria: readonly Criterion[] = anAcceptance.criteria) {
    const { db } = database;
    const program = await aProgram(db);
    const { id } = await aDefect(db, program);
    await acceptDefect(db, program, 1, { ...anAcceptance, criteria, dueOn: '2026-11-26' }, { by: 'UBEN', now: MONDAY });
    await deferDefect(db, program, 1, 'Ask again in a week', { by: 'UBEN', now: later(MONDAY, DAY_MS) });
    const now = later(MONDAY, 7 * DAY_MS);
    const { triage } = await openAt(db, program, now);
    return { db, program, id, triage, doing: { by: 'UBEN', now } };
  }

  it('renews owner and due date, with a line in the log for each, and settles the item', async () => {
    const { db, program, id, triage, doing } = await anOverdueOne();
    const promise = { ownerId: 'UCEM', dueOn: '2026-12-04', criteria: anAcceptance.criteria };
    const recommitted = await recommitDefect(db, program, 1, promise, doing);
    expect(recommitted).toMatchObject({ state: 'accepted', ownerId: 'UCEM', dueOn: '2026-12-04' });
    expect((await listEvents(db, id)).slice(-2).map(({ kind, data }) => [kind, data])).toEqual([
      ['assigned', { from: 'UANA', to: 'UCEM' }],
      ['due_changed', { from: '2026-11-26', to: '2026-12-04' }],
    ]);
    expect((await listTriageItems(db, triage.id))[0]?.item).toMatchObject({ decision: 'accept', decidedBy: 'UBEN' });
  });

  it('keeps the evidence of criteria that stay as they are', async () => {
    const { db, program, id, doing } = await anOverdueOne([...anAcceptance.criteria, SECOND]);
    const [, second] = await listCriteria(db, id);
    await updateCriterion(db, second?.id ?? 0, { metAt: MONDAY, metBy: 'UCEM' });
    const same = { ownerId: 'UANA', dueOn: '2026-12-04', criteria: [SECOND, ...anAcceptance.criteria] };
    await recommitDefect(db, program, 1, same, doing);
    expect((await listCriteria(db, id)).map(({ metBy }) => metBy)).toEqual([null, 'UCEM']);
    await recommitDefect(db, program, 1, { ...same, criteria: [SECOND] }, doing);
    expect((await listCriteria(db, id)).map(({ metBy }) => metBy)).toEqual([null]);
  });

  it.each([
    ['no owner', { ownerId: '' }, 'owner'],
    ['a day that has passed', { dueOn: '2026-11-29' }, 'due'],
  ])('is refused with %s, and changes nothing', async (_, over, field) => {
    const { db, program, id, doing } = await anOverdueOne();
    const before = [await findDefectByNumber(db, program.id, 1), await listEvents(db, id), await outgoing(db, program)];
    const promise = { ownerId: 'UCEM', dueOn: '2026-12-04', criteria: [], ...over };
    await expect(recommitDefect(db, program, 1, promise, doing)).rejects.toMatchObject({ name: 'Refusal', field });
    const after = [await findDefectByNumber(db, program.id, 1), await listEvents(db, id), await outgoing(db, program)];
    expect(after).toEqual(before);
  });

  it('is refused for a defect that nobody has accepted', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const promise = { ownerId: 'UCEM', dueOn: '2026-12-04', criteria: [] };
    await expect(recommitDefect(db, program, 1, promise, { by: 'UBEN', now: MONDAY })).rejects.toThrow(
      'D-1 is not on the burn-down list',
    );
  });

  it('is not needed where the owner claims the fix: the claim settles the item', async () => {
    const { db, program, triage, doing } = await anOverdueOne();
    const claim = { keepingNote: 'A test', fixKind: 'code' as const, deployedAt: doing.now, environments: [] };
    await claimFix(db, program, 1, claim, { ...doing, by: 'UANA' });
    const [stored] = await listTriageItems(db, triage.id);
    expect(stored?.item).toMatchObject({ decidedBy: 'UANA', outcome: 'claimed its fix, and proving has begun.' });
  });
});
