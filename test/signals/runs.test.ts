import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signalLeftOut, signalRuns } from '../../src/db/schema/signals.ts';
import { MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { FIVETRAN_FAILURE } from './payloads.ts';
import { type SignalWorld, startSignalWorld } from './signal-world.ts';

const TODAY = new Date('2026-11-23T00:00:00Z');

describe.each(databases)('what ran, on $name', (database) => {
  let world: SignalWorld;
  let tokens = 0;

  beforeAll(async () => {
    world = await startSignalWorld(database);
  });
  afterAll(() => world.close());

  /** A source of its own, what is sent to it, and what is then counted. */
  async function counted(
    kind: 'fivetran' | 'json',
    bodies: readonly unknown[],
    before?: (id: number) => Promise<void>,
  ) {
    tokens += 1;
    const token = `token-of-runs-number-${tokens}-${'x'.repeat(10)}`;
    const { id } = await world.source(kind, { token, name: `runs ${tokens}` });
    await before?.(id);
    for (const body of bodies) expect((await world.send(kind, body, { token })).status).toBe(200);
    await world.work();
    const rows = await world.db
      .select()
      .from(signalRuns)
      .where(eq(signalRuns.sourceId, id))
      .orderBy(asc(signalRuns.path), asc(signalRuns.startsAt));
    const deliveries = (await world.deliveries()).filter(({ sourceId }) => sourceId === id);
    return { id, rows: rows.map(({ path, startsAt, ran }) => ({ path, startsAt, ran })), deliveries };
  }

  it('each sync of a connector that succeeds is a run of it, once however often it is told', async () => {
    const ok = { ...FIVETRAN_FAILURE, sync_id: 'ok-1', data: { status: 'SUCCESSFUL' } };
    const { rows, deliveries } = await counted('fivetran', [FIVETRAN_FAILURE, ok, ok, { ...ok, sync_id: 'ok-2' }]);
    expect(rows).toEqual([{ path: 'account:assimilate_seem', startsAt: TODAY, ran: 2 }]);
    expect(deliveries.map(({ became, outcome }) => [became, outcome])).toEqual([
      ['filed', expect.stringMatching(/^Filed D-\d+ /)],
      ['resolved', 'Ended 1 occurrence. Counted 1 run.'],
      ['ran', 'Nothing to do for the end of something that is not open here. Counted 1 run.'],
    ]);
  });

  it('a sync that was rescheduled, and a connection that was tested, are no runs', async () => {
    const rescheduled = { ...FIVETRAN_FAILURE, data: { status: 'RESCHEDULED' } };
    const tested = { ...FIVETRAN_FAILURE, event: 'connection_successful', data: {} };
    expect((await counted('fivetran', [rescheduled, tested])).rows).toEqual([]);
  });

  it('JSON of your own counts runs of a fingerprint, an account or a defect, on the day that it names', async () => {
    const { rows } = await counted('json', [
      { ran: 400, fingerprint: 'import' },
      { ran: 12, fingerprint: 'import', seen_at: '2026-11-22T10:00:00Z' },
      { ran: 3, fingerprint: 'import', environment: 'staging' },
      { ran: 7, account: 'acme' },
      { ran: 9, defect: 'D-42' },
      { ran: 1, defect: 42 },
    ]);
    expect(rows).toEqual([
      { path: 'account:acme', startsAt: TODAY, ran: 7 },
      { path: 'defect:42', startsAt: TODAY, ran: 10 },
      { path: 'fingerprint:json:import', startsAt: new Date('2026-11-22T00:00:00Z'), ran: 12 },
      { path: 'fingerprint:json:import', startsAt: TODAY, ran: 400 },
      { path: 'fingerprint:json:import@staging', startsAt: TODAY, ran: 3 },
    ]);
  });

  it('what is no count of runs, names nothing or is too old is said and counts nothing', async () => {
    const { rows, deliveries } = await counted('json', [
      { ran: 0, account: 'acme' },
      { ran: 1.5, account: 'acme' },
      { ran: '400', account: 'acme' },
      { ran: 2e9, account: 'acme' },
      { ran: 400 },
      { ran: 400, account: 'acme', seen_at: '2026-07-01T00:00:00Z' },
    ]);
    expect(rows).toEqual([]);
    expect(deliveries.every(({ became }) => became === 'ignored')).toBe(true);
    expect(deliveries.at(-2)?.outcome).toBe('Nothing to do for runs that name no defect, fingerprint or account.');
  });

  it('a report that happens to have such a field keeps it among its facts and is no run', async () => {
    const { rows, deliveries } = await counted('json', [
      { title: 'The import fails', ran: 400, fingerprint: 'import' },
    ]);
    expect(rows).toEqual([]);
    expect(deliveries).toMatchObject([{ became: 'filed' }]);
  });

  it('a flood of names makes no more rows, and what is known goes on being counted', async () => {
    const { id, rows } = await counted(
      'json',
      [
        { ran: 5, account: 'name 1' },
        { ran: 5, account: 'a new name' },
      ],
      async (sourceId) => {
        const names = Array.from({ length: 1_000 }, (_, i) => `account:name ${i}`);
        await world.db.insert(signalRuns).values(names.map((path) => ({ sourceId, path, startsAt: TODAY, ran: 1 })));
      },
    );
    expect(rows).toHaveLength(1_000);
    expect(rows.find(({ path }) => path === 'account:name 1')?.ran).toBe(6);
    expect(await world.db.select().from(signalLeftOut).where(eq(signalLeftOut.sourceId, id))).toMatchObject([
      { event: 'runs', why: 'More than 1000 things ran on one day.', count: 1 },
    ]);
  });

  it('the clock of a sender that runs ahead counts for today', async () => {
    const ahead = { ran: 2, account: 'acme', seen_at: new Date(MONDAY.getTime() + 3 * 86_400_000).toISOString() };
    expect((await counted('json', [ahead])).rows).toEqual([{ path: 'account:acme', startsAt: TODAY, ran: 2 }]);
  });
});
