import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { listTriageItems } from '../../../src/db/triage/triages.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { acceptRisk } from '../../../src/usecases/defects/set-aside-defect.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { deferDefect } from '../../../src/usecases/triage/decisions/defer-defect.ts';
import { findEarlierDecision } from '../../../src/usecases/triage/decisions/find-decision.ts';
import { AlreadyDecided } from '../../../src/usecases/triage/decisions/settle-triage-item.ts';
import { aDefect, aProgram, aReport, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { seen } from '../proof/fix-world.ts';
import { anAcceptance, closeDueOf, openAt, outgoing, sendAll } from './triage-world.ts';

describe.each(databases)('triage on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('opens with the counts first and one reply for each item', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program, { severity: 'S4' });
    await aDefect(db, program, { severity: 'S1' });
    const opened = await openAt(db, program, MONDAY);
    const [parent, ...items] = await outgoing(db, program);
    expect(opened.kind).toBe('opened');
    expect(parent?.body.text).toContain('2 open. Since the start: 2 new. 2 have no owner. 2 items, 0 decided.');
    expect(items.map(({ parentKey }) => parentKey)).toEqual([parent?.dedupeKey, parent?.dedupeKey]);
    expect(items.map(({ body }) => body.text)).toEqual([
      'D-2 Stripe webhook times out: Not triaged yet.',
      'D-1 Stripe webhook times out: Not triaged yet.',
    ]);
  });

  it('tells of each item how its reports changed, and where its label does not fit', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const rare = await aDefect(db, program, { severity: 'S4', seenAt: later(MONDAY, -60 * DAY_MS), affected: 900 });
    for (let day = 1; day <= 13; day++) {
      await seen(db, program, rare, later(MONDAY, -2 * day * DAY_MS), { affected: 900, severity: 'S4' });
    }
    for (let i = 0; i < 3; i++) {
      const peer = await aDefect(db, program, { severity: 'S2', affected: 1, seenAt: later(MONDAY, -9 * DAY_MS) });
      for (let j = 0; j < 3; j++) await seen(db, program, peer, later(MONDAY, -8 * DAY_MS), { affected: 1 });
    }
    await openAt(db, program, MONDAY);
    const item = (await outgoing(db, program)).find(({ body }) => body.text.startsWith('D-1 '));
    expect(item?.seen).toContain('13 reports in 4 weeks, 0 in the 4 before');
    expect(item?.seen).toContain('S4, but does as much harm as a typical S2');
  });

  it('opens one thread however often the same instant comes', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    const before = await outgoing(db, program);
    const again = await openAt(db, program, MONDAY);
    expect(again.kind).toBe('already_opened');
    expect(await outgoing(db, program)).toEqual(before);
  });

  it('says in one line that there is nothing to decide, and opens no thread', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const opened = await openAt(db, program, MONDAY);
    const said = await outgoing(db, program);
    expect(opened.kind).toBe('nothing_to_decide');
    expect(said.map(({ body }) => body.text)).toEqual([
      'Triage of Launch stability. 0 open. Since the start, nothing new. Nothing waits for a decision, so there is no triage thread this time.',
    ]);
    expect(await closeDueOf(db, program, later(MONDAY, 30 * DAY_MS))).toEqual([]);
  });

  it('says that it is late where it is', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await openAt(db, program, MONDAY, { late: true });
    expect((await outgoing(db, program))[0]?.seen).toContain('Late: it was due Mon 23 Nov, 10:00.');
  });

  it('shows a decision in place and counts it in the parent', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    await sendAll(db, program);
    await acceptDefect(db, program, 2, anAcceptance, { by: 'UBEN', now: later(MONDAY, HOUR_MS) });
    const edits = (await outgoing(db, program)).filter(({ kind }) => kind === 'update');
    const [item, parent] = edits;
    expect(edits).toHaveLength(2);
    expect(item?.targetKey).toBe(`triage:${program.id}:${MONDAY.toISOString()}:item:2`);
    expect(item?.seen).toContain('<@UBEN> accepted it: <@UANA>, due 31 Dec.');
    expect(item?.seen).not.toContain('"actions"');
    expect(parent?.body.text).toContain('2 open. Since the start: 2 new. 1 has no owner. 2 items, 1 decided.');
  });

  it('puts the reason or the target of every other decision into the item', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (let i = 0; i < 4; i++) await aDefect(db, program);
    const { defect } = await fileReport(
      db,
      program,
      aReport(program, { reporterId: 'UDORA' }),
      (await aDefect(db, program)).id,
    );
    await openAt(db, program, MONDAY);
    await sendAll(db, program);
    const doing = { by: 'UBEN', now: MONDAY };
    await acceptRisk(db, program, 1, 'It hits <!channel> nobody', doing);
    await deferDefect(db, program, 2, 'Waiting for the vendor', doing);
    await mergeDefects(db, program, 3, 4, doing);
    const [report] = await listReports(db, defect.id);
    await splitDefect(db, program, 5, { reportIds: [report?.id ?? 0], title: 'Another failure' }, doing);
    const said = (await outgoing(db, program))
      .filter(({ targetKey }) => targetKey?.includes(':item:'))
      .map(({ seen }) => seen);
    expect(said[0]).toContain('<@UBEN> accepted the risk: It hits &lt;!channel&gt; nobody');
    expect(said[1]).toContain('<@UBEN> deferred it to the next triage: Waiting for the vendor');
    expect(said[2]).toContain('<@UBEN> merged it into D-4.');
    expect(said[3]).toContain('<@UBEN> split it: 1 report went to D-6.');
  });

  it('does not touch the thread for a defect that is not in it', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    await openAt(db, program, MONDAY);
    await sendAll(db, program);
    await aDefect(db, program);
    await acceptDefect(db, program, 2, anAcceptance, { by: 'UBEN', now: MONDAY });
    expect((await outgoing(db, program)).filter(({ kind }) => kind === 'update')).toEqual([]);
  });

  it('refuses a second decision from the thread and keeps who decided what', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    await deferDefect(db, program, 1, 'Waiting', { by: 'UBEN', now: MONDAY, triageId: triage.id });
    const second = acceptDefect(db, program, 1, anAcceptance, { by: 'UANA', now: MONDAY, triageId: triage.id });
    await expect(second).rejects.toBeInstanceOf(AlreadyDecided);
    const [stored] = await listTriageItems(db, triage.id);
    expect(stored?.defect.state).toBe('new');
    expect(await findEarlierDecision(db, program, 1, triage.id)).toMatchObject({
      decision: 'defer',
      by: 'UBEN',
      at: MONDAY,
    });
  });

  it('lets one of many people win who decide at once, and tells the others', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    await sendAll(db, program);
    const people = Array.from({ length: 12 }, (_, i) => `UPERSON${i}`);
    const tries = await Promise.allSettled(
      people.map((by, i) => {
        const doing = { by, now: MONDAY, triageId: triage.id };
        return i % 3 === 0
          ? acceptDefect(db, program, 1, anAcceptance, doing)
          : i % 3 === 1
            ? deferDefect(db, program, 1, 'Waiting', doing)
            : acceptRisk(db, program, 1, 'Known', doing);
      }),
    );
    const won = people.filter((_, i) => tries[i]?.status === 'fulfilled');
    const lost = tries.filter((one) => one.status === 'rejected').map((one) => (one.reason as Error).name);
    const [stored] = await listTriageItems(db, triage.id);
    expect(won).toEqual([stored?.item.decidedBy]);
    expect(new Set(lost).difference(new Set(['Refusal', 'AlreadyDecided'])).size).toBe(0);
    const edits = (await outgoing(db, program)).filter(({ targetKey }) => targetKey?.endsWith(':item:1'));
    expect(edits).toHaveLength(1);
    expect(edits[0]?.seen).toContain(`<@${won[0]}>`);
  });

  it('ends with the right counts when many decide about many items at once', async () => {
    const { db } = database;
    const program = await aProgram(db);
    for (let i = 0; i < 8; i++) await aDefect(db, program);
    const { triage } = await openAt(db, program, MONDAY);
    await sendAll(db, program);
    await Promise.all([
      ...[1, 2, 3, 4, 5].map((n) =>
        acceptDefect(db, program, n, anAcceptance, { by: 'UBEN', now: MONDAY, triageId: triage.id }),
      ),
      mergeDefects(db, program, 6, 7, { by: 'UCEM', now: MONDAY, triageId: triage.id }),
      mergeDefects(db, program, 8, 7, { by: 'UCEM', now: MONDAY, triageId: triage.id }),
    ]);
    const parents = (await outgoing(db, program)).filter(
      ({ targetKey, state }) => targetKey?.endsWith(':parent') && state === 'due',
    );
    expect(parents.at(-1)?.body.text).toContain('6 open. Since the start: 8 new. 1 has no owner. 8 items, 7 decided.');
  });

  it('lets facilitators take turns', async () => {
    const { db } = database;
    const program = await aProgram(db);
    await aDefect(db, program);
    const turns: (string | null)[] = [];
    for (const week of [0, 1, 2, 3])
      turns.push((await openAt(db, program, later(MONDAY, week * 7 * DAY_MS))).triage.facilitatorId);
    expect(turns).toEqual(['UANA', 'UBEN', 'UCEM', 'UANA']);
  });
});
