import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { signalRuns, signalSources } from '../../../src/db/schema/signals.ts';
import type { SignalSource } from '../../../src/db/signals/signal-sources.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { showDefect } from '../../../src/usecases/defects/show-defect.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { areRunsTold } from '../../../src/usecases/proof/list-paths.ts';
import { proofAsOf } from '../../../src/usecases/proof/proof-as-of.ts';
import { proofOfFix } from '../../../src/usecases/proof/proof-of-fix.ts';
import { aProgram, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { FIVETRAN_FAILURE } from '../../signals/payloads.ts';
import { type SignalWorld, startSignalWorld } from '../../signals/signal-world.ts';
import { aClaimedFix } from './fix-world.ts';

const today = new Date('2026-11-23T00:00:00Z');
const dayAt = (days: number) => later(today, days * DAY_MS);
const FAILURES = 12;

describe.each(databases)('a fix of what a sender tells the runs of, on $name', (database) => {
  let world: SignalWorld;
  let source: SignalSource;
  let tokens = 0;

  beforeAll(async () => {
    world = await startSignalWorld(database);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    tokens += 1;
    source = await world.source('fivetran', { token: tokenOfTest(), name: `Fivetran ${tokens}` });
  });

  function tokenOfTest(): string {
    return `token-of-what-ran-${tokens}-${'x'.repeat(10)}`;
  }

  /** A connector whose sync has failed every third day, and the defect that this has filed. */
  async function aFailingConnector(connector: string): Promise<number> {
    for (let nth = FAILURES; nth >= 1; nth -= 1) {
      const at = later(MONDAY, -3 * nth * DAY_MS);
      world.setNow(at);
      const told = { created: at.toISOString(), sync_id: `${connector} ${nth}`, connector_id: connector };
      const data = { ...FIVETRAN_FAILURE.data, taskType: `task of ${connector}` };
      await world.send('fivetran', { ...FIVETRAN_FAILURE, ...told, data }, { token: tokenOfTest() });
      await world.work();
    }
    world.setNow(MONDAY);
    const outcome = (await world.deliveries()).findLast(({ sourceId }) => sourceId === source.id)?.outcome ?? '';
    return Number(/D-(\d+)/.exec(outcome)?.[1]);
  }

  async function ran(db: Db, path: string, perDay: number, from: number, to: number): Promise<void> {
    const days = Array.from({ length: to - from }, (_, i) => dayAt(from + i));
    await db
      .insert(signalRuns)
      .values(days.map((startsAt) => ({ sourceId: source.id, path, startsAt, ran: perDay })))
      .onConflictDoUpdate({
        target: [signalRuns.sourceId, signalRuns.path, signalRuns.startsAt],
        set: { ran: perDay },
      });
  }

  async function claimed(number: number) {
    const defect = await findDefectByNumber(world.db, world.program.id, number);
    if (!defect) throw new Error('It was filed.');
    return aClaimedFix(world.db, world.program, defect);
  }

  it('is proven once its connector has run as usual for long enough, and says in how many runs', async () => {
    const number = await aFailingConnector('quiet_lantern');
    await ran(world.db, 'account:quiet_lantern', 24, -60, 0);
    const defect = await claimed(number);
    expect(await areRunsTold(world.db, defect)).toBe(true);
    await ran(world.db, 'account:quiet_lantern', 24, 0, 20);
    const proof = await proofOfFix(world.db, world.program, defect, later(MONDAY, 19 * DAY_MS));
    expect(proof).toMatchObject({ outcome: 'proven' });
    expect(proof?.sentence).toMatch(/^No report in 456 runs in the 19 days since the fix of 23 Nov;/);
    const asOf = await proofAsOf(world.db, world.program, defect, later(MONDAY, 19 * DAY_MS));
    expect(asOf?.sentence).toBe(proof?.sentence);
  });

  it('is not proven while its connector is paused, and its card says so', async () => {
    const number = await aFailingConnector('paused_harbour');
    await ran(world.db, 'account:paused_harbour', 24, -60, 0);
    const defect = await claimed(number);
    const then = later(MONDAY, 40 * DAY_MS);
    expect(await proofOfFix(world.db, world.program, defect, then)).toMatchObject({ outcome: 'proving', certainty: 0 });
    expect(await evaluateProofs(world.db, world.program, { now: then })).toMatchObject({ proven: 1, proving: 1 });
    expect(JSON.stringify(await showDefect(world.db, world.program, number, then))).toContain('proving 0/');
  });

  it('is judged by what is said to exercise the defect itself, whoever had reported it', async () => {
    const number = await aFailingConnector('brisk_anchor');
    await ran(world.db, 'account:brisk_anchor', 24, -60, 40);
    await ran(world.db, `defect:${number}`, 5, -60, 0);
    const defect = await claimed(number);
    const proof = await proofOfFix(world.db, world.program, defect, later(MONDAY, 20 * DAY_MS));
    expect(proof).toMatchObject({ outcome: 'proving', exposure: { ran: 0 } });
  });

  it('hears nothing of what another program says of a defect of the same number', async () => {
    const number = await aFailingConnector('far_shore');
    const other = await aProgram(world.db);
    const foreign = {
      ...source,
      id: undefined,
      programId: other.id,
      areaId: other.areaIds[0] ?? 0,
      tokenHash: 'other',
    };
    const [stranger] = await world.db
      .insert(signalSources)
      .values({ ...foreign, name: `other ${tokens}` })
      .returning();
    await world.db.insert(signalRuns).values(
      [-20, -15, -10, -5].map((day) => ({
        ...{ sourceId: stranger?.id ?? 0, ran: 50 },
        path: `defect:${number}`,
        startsAt: dayAt(day),
      })),
    );
    const proof = await proofOfFix(world.db, world.program, await claimed(number), later(MONDAY, 20 * DAY_MS));
    expect(proof).toMatchObject({ outcome: 'proven', exposure: null });
  });

  it('is judged by days where nothing tells of runs', async () => {
    const defect = await claimed(await aFailingConnector('lone_ridge'));
    expect(await areRunsTold(world.db, defect)).toBe(false);
    const proof = await proofOfFix(world.db, world.program, defect, later(MONDAY, 20 * DAY_MS));
    expect(proof).toMatchObject({ outcome: 'proven', exposure: null });
    expect(proof?.sentence).toMatch(/^No report in the 20 days since the fix of 23 Nov;/);
  });
});
