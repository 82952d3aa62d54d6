import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { signalDeliveries } from '../../../src/db/schema/signals.ts';
import { keepDeliveries } from '../../../src/db/signals/signal-deliveries.ts';
import { insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { takeWaitingDeliveries } from '../../../src/db/signals/waiting-deliveries.ts';
import { MOST_ALERTS } from '../../../src/domain/signals/delivery-parts.ts';
import { fitting } from '../../../src/usecases/signals/parse-deliveries.ts';
import { rememberParsed } from '../../../src/usecases/signals/parsed-deliveries.ts';
import { readSignalSource } from '../../../src/usecases/signals/read-signal-sources.ts';
import { tryPayload } from '../../../src/usecases/signals/try-payload.ts';
import { workOnDeliveries } from '../../../src/usecases/signals/work-on-deliveries.ts';
import { aProgram, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { emptyTables } from '../../empty-tables.ts';

type InTest = Program & { areaIds: number[] };

/** The name of a failure of its own; digits alone would be taken for a repeat. */
const letters = (i: number) => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const alert = (name: string, over: object = {}) => ({
  status: 'firing',
  labels: { alertname: name },
  startsAt: '2026-11-23T08:00:00Z',
  ...over,
});
const alerts = (count: number, name = 'Down') => Array.from({ length: count }, (_, i) => alert(`${name}${letters(i)}`));

describe.each(databases)('the work on a delivery on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  async function fresh(): Promise<{ program: InTest; source: () => Promise<number> }> {
    await emptyTables(db);
    const program = await aProgram(db);
    let sources = 0;
    const source = async () => {
      sources += 1;
      const { id } = await insertSignalSource(db, {
        programId: program.id,
        kind: 'alertmanager',
        name: `Source ${sources}`,
        areaId: program.areaIds[0] ?? 0,
        severity: 'S3',
        token: `token ${sources}`,
        secrets: [],
        createdBy: 'UANA',
        createdAt: MONDAY,
      });
      return id;
    };
    return { program, source };
  }
  let keys = 0;
  const give = (sourceId: number, list: readonly object[]) => {
    keys += 1;
    const body = JSON.stringify({ alerts: list });
    return keepDeliveries(db, [{ sourceId, deliveryKey: `key ${keys}`, event: null, body, receivedAt: MONDAY }]);
  };
  const stored = () => db.select().from(signalDeliveries).orderBy(signalDeliveries.id);
  const titles = async () => (await db.select().from(reports).orderBy(reports.id)).map(({ title }) => title);
  async function workOff(): Promise<number> {
    for (let transactions = 0; ; transactions += 1)
      if ((await workOnDeliveries(db, MONDAY, 200)).length === 0) return transactions;
  }

  it('is spread over transactions of two new failures each, and says what became of them all', async () => {
    const { source } = await fresh();
    await give(await source(), alerts(7));
    expect(await workOnDeliveries(db, MONDAY, 200)).toEqual([{ deliveryId: expect.any(Number), became: null }]);
    expect(await titles()).toHaveLength(2);
    expect(await stored()).toMatchObject([
      { state: 'waiting', became: null, attempts: 0, outcome: expect.stringMatching(/^2 alerts done, others wait\./) },
    ]);
    expect(await workOff()).toBe(3);
    expect(await titles()).toEqual(alerts(7).map(({ labels }) => labels.alertname));
    expect(await stored()).toMatchObject([
      {
        state: 'done',
        became: 'filed',
        progress: null,
        outcome: 'Filed D-1 Downa. Filed D-2 Downb. Filed D-3 Downc. Filed D-4 Downd. Filed D-5 Downe. And 2 more.',
      },
    ]);
  });

  it('fetches and parses a body once for all its transactions, and anew in another process', async () => {
    const { source } = await fresh();
    await give(await source(), alerts(6));
    const known = rememberParsed();
    await workOnDeliveries(db, MONDAY, 200, known);
    await db.update(signalDeliveries).set({ body: JSON.stringify({ alerts: alerts(6, 'Other') }) });
    await workOnDeliveries(db, MONDAY, 200, known);
    expect(await titles()).toEqual(['Downa', 'Downb', 'Downc', 'Downd']);
    await workOnDeliveries(db, MONDAY, 200, rememberParsed());
    expect(await titles()).toEqual(['Downa', 'Downb', 'Downc', 'Downd', 'Othere', 'Otherf']);
  });

  it('is over for who has parsed it once it is done', async () => {
    const { source } = await fresh();
    await give(await source(), alerts(2));
    const known = rememberParsed();
    const [worked] = await workOnDeliveries(db, MONDAY, 200, known);
    expect(worked).toMatchObject({ became: 'filed' });
    expect(known.find(worked?.deliveryId ?? 0)).toBeUndefined();
  });

  it('of more sources than a transaction takes new failures gets on in turns', async () => {
    const { source } = await fresh();
    for (const name of ['A', 'B', 'C', 'D']) await give(await source(), alerts(3, name));
    for (let i = 0; i < 4; i += 1) await workOnDeliveries(db, later(MONDAY, i), 200);
    expect(await titles()).toEqual(['Aa', 'Ba', 'Ca', 'Da', 'Ab', 'Bb', 'Cb', 'Db']);
  });

  it('fetches no more than half a megabyte of bodies at once, and works on all of them', async () => {
    const { source } = await fresh();
    const large = (name: string) => [alert(name, { annotations: { description: 'x'.repeat(200_000) } })];
    for (const name of ['Aa', 'Bb', 'Cc', 'Dd']) await give(await source(), large(name));
    const waiting = await db.transaction((tx) => takeWaitingDeliveries(tx, 200));
    expect(waiting).toHaveLength(4);
    expect(fitting(waiting, rememberParsed())).toEqual(waiting.slice(0, 3));
    await workOff();
    expect(await titles()).toEqual(['Aa', 'Bb', 'Cc', 'Dd']);
  });

  it('of a source that sends much leaves a share to every other one', async () => {
    const { source } = await fresh();
    const [noisy, quiet] = [await source(), await source()];
    for (let i = 0; i < 3; i += 1) await give(noisy, alerts(10, `Noise${letters(i)}x`));
    await give(quiet, [alert('Quiet')]);
    await workOnDeliveries(db, MONDAY, 200);
    expect(await titles()).toContain('Quiet');
    expect((await stored()).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting', 'done']);
    await workOff();
    const noise = [0, 1, 2].flatMap((i) => alerts(10, `Noise${letters(i)}x`).map(({ labels }) => labels.alertname));
    expect((await titles()).filter((title) => title !== 'Quiet')).toEqual(noise);
  });

  it('of many alerts is finished before the next one of its source', async () => {
    const { source } = await fresh();
    const id = await source();
    await give(
      id,
      Array.from({ length: 30 }, (_, i) => alert('Same', { fingerprint: `f${i}` })),
    );
    const end = { status: 'resolved', fingerprint: 'f29', endsAt: '2026-11-23T08:30:00Z' };
    await give(id, [alert('Same', end)]);
    await workOnDeliveries(db, MONDAY, 200);
    expect((await stored()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await workOff();
    expect((await stored())[1]).toMatchObject({ state: 'done', outcome: 'Ended 1 occurrence.' });
  });

  it('lets sockets and timers in after every alert', async () => {
    const { source } = await fresh();
    await give(
      await source(),
      Array.from({ length: 20 }, () => alert('Same')),
    );
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await workOnDeliveries(db, MONDAY, 200);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  it('takes a thousand alerts, and says how many it left out beyond them', async () => {
    const { program, source } = await fresh();
    const id = await source();
    const many = Array.from({ length: MOST_ALERTS }, (_, i) => alert('Same', { fingerprint: `f${i}` }));
    await give(id, many);
    await give(id, [...many, alert('Last'), alert('Very last')]);
    await workOff();
    const [exact, over] = await stored();
    expect(exact?.outcome).toMatch(/^Filed D-1 Same\. Counted into/);
    expect(over?.outcome).toBe('2 alerts left out: a delivery may bring 1000 alerts. Known already: Same.');
    expect(await titles()).toEqual(['Same']);
    expect(await db.select().from(reports)).toMatchObject([{ occurrences: MOST_ALERTS }]);
    const { latest } = await readSignalSource(db, program, id, MONDAY);
    expect(latest.map(({ words }) => words)).toContain(over?.outcome);
  });

  it('that fails in the middle leaves what came before, and tries the rest again', async () => {
    const { source } = await fresh();
    const id = await source();
    await give(id, alerts(5));
    await workOnDeliveries(db, MONDAY, 200);
    await db.execute('alter table reports rename to reports_away');
    const failed = await workOnDeliveries(db, MONDAY, 200);
    await db.execute('alter table reports_away rename to reports');
    expect(failed).toMatchObject([{ isGivenUp: false }]);
    expect(await stored()).toMatchObject([
      { state: 'waiting', attempts: 1, outcome: 'Something went wrong on our side; only 2 alerts done.' },
    ]);
    await workOff();
    expect(await stored()).toMatchObject([{ state: 'done', became: 'filed' }]);
    expect(await titles()).toEqual(alerts(5).map(({ labels }) => labels.alertname));
    expect(await db.select().from(defects)).toHaveLength(5);
  });

  it('is tried out on as many alerts as fit into the form', async () => {
    const { program, source } = await fresh();
    const words = await tryPayload(db, program, await source(), JSON.stringify({ alerts: alerts(30) }), MONDAY);
    expect(words).toMatch(/^Filed D-1 Downa\..* And 25 more\.$/);
    expect(await titles()).toEqual([]);
    const deep = `${'['.repeat(65)}${']'.repeat(65)}`;
    await expect(tryPayload(db, program, await source(), deep, MONDAY)).rejects.toThrow('nested more than 64 deep');
  });
});
