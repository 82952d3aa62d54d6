// @module-tag slow
import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { defectEvents, defects, reports } from '../../../src/db/schema/defects.ts';
import { signalDeliveries, signalOccurrences } from '../../../src/db/schema/signals.ts';
import { keepDeliveries } from '../../../src/db/signals/signal-deliveries.ts';
import { insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { MINUTE_MS } from '../../../src/domain/time/durations.ts';
import { workOnDeliveries } from '../../../src/usecases/signals/work-on-deliveries.ts';
import { aProgram, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { emptyTables } from '../../empty-tables.ts';
import { tries } from '../../how-much.ts';

/** A charge that failed, or the payment that ends it. */
const step = fc.record({
  charge: fc.nat(12),
  code: fc.constantFrom('expired', 'stolen'),
  customer: fc.option(fc.nat(3)),
  minute: fc.nat(40),
  isPaid: fc.boolean(),
});
type Step = { charge: number; code: string; customer: number | null; minute: number; isPaid: boolean };

function bodyOf({ charge, code, customer, minute, isPaid }: Step, i: number): string {
  const created = Math.floor(later(MONDAY, (minute - 60) * MINUTE_MS).getTime() / 1000);
  const object = { id: `in_${charge}`, object: 'invoice', customer: customer === null ? null : `cus_${customer}` };
  const type = isPaid ? 'invoice.paid' : 'invoice.payment_failed';
  return JSON.stringify({
    id: `evt_${i}`,
    object: 'event',
    created,
    type,
    data: { object: { ...object, billing_reason: code, attempt_count: i } },
  });
}

describe.each(databases)('deliveries on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  /** What the database holds after these were worked on, so many at a time. */
  async function playedBy(steps: readonly Step[], most: number) {
    const { db } = database;
    await emptyTables(db);
    const program = await aProgram(db);
    const { id: sourceId } = await insertSignalSource(db, {
      programId: program.id,
      kind: 'stripe',
      name: 'Stripe',
      areaId: program.areaIds[0] ?? 0,
      severity: 'S3',
      token: 'x'.repeat(30),
      secrets: [],
      createdBy: 'UANA',
      createdAt: MONDAY,
    });
    await keepDeliveries(
      db,
      steps.map((one, i) => ({
        sourceId,
        deliveryKey: `key ${i}`,
        event: null,
        body: bodyOf(one, i),
        receivedAt: MONDAY,
      })),
    );
    const became: unknown[] = [];
    for (;;) {
      const worked = await workOnDeliveries(db, MONDAY, most);
      if (worked.length === 0) break;
      became.push(...worked);
    }
    return {
      became,
      said: await db
        .select({ said: signalDeliveries.outcome })
        .from(signalDeliveries)
        .orderBy(asc(signalDeliveries.id)),
      reports: await db.select().from(reports).orderBy(asc(reports.id)),
      defects: (await db.select().from(defects).orderBy(asc(defects.id))).map(({ heatLevel, ...defect }) => ({
        ...defect,
        heatLevel: heatLevel.toFixed(9),
      })),
      occurrences: await db.select().from(signalOccurrences).orderBy(asc(signalOccurrences.key)),
      events: await db.select().from(defectEvents).orderBy(asc(defectEvents.id)),
    };
  }

  it('worked on many at a time become what they become one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 2, maxLength: 12 }),
        fc.constantFrom(3, 100),
        async (steps, most) => {
          expect(await playedBy(steps, most)).toEqual(await playedBy(steps, 1));
        },
      ),
      { numRuns: tries(10) },
    );
  });
});
