import { outcomeWords, type SignalOutcome } from '../blocks/signal-outcome.ts';
import type { Program } from '../db/programs.ts';
import {
  type Became,
  forgetDeliveries,
  type SignalDeliveryRow,
  settleDelivery,
  takeWaitingDelivery,
} from '../db/signal-deliveries.ts';
import type { SignalSource } from '../db/signal-sources.ts';
import { readSignals } from '../domain/signals/read-signals.ts';
import type { Db } from './doing.ts';
import { takeSignal } from './take-signal.ts';

/** What a delivery counts as, by the most that any of its signals did. */
const BY_WEIGHT = [
  'filed',
  'joined',
  'burst',
  'released',
  'measured',
  'resolved',
  'repeated',
  'ignored',
] as const satisfies Became[];

const MOST_ATTEMPTS = 5;
/** Longer than any sender retries. */
const KEPT_DAYS = 30;

export type Worked =
  | { deliveryId: number; became: Became }
  | { deliveryId: number; error: unknown; isGivenUp: boolean };

/**
 * Lets the oldest waiting delivery happen, all of it or nothing, in one transaction with the note of what it became.
 * One that cannot be is tried a few times and then set aside, so that it holds nothing up. Null where nothing waits.
 */
export async function workOnDelivery(db: Db, now: Date): Promise<Worked | null> {
  const taken: SignalDeliveryRow[] = [];
  try {
    return await db.transaction(async (tx) => {
      const waiting = await takeWaitingDelivery(tx);
      if (!waiting) return null;
      const { delivery, source, program } = waiting;
      taken.push(delivery);
      const outcomes: SignalOutcome[] = source.pausedAt
        ? [{ became: 'ignored', event: 'a source that is paused' }]
        : await takeDelivery(tx, program, source, delivery, now);
      const became = BY_WEIGHT.find((one) => outcomes.some((outcome) => outcome.became === one)) ?? 'ignored';
      await settleDelivery(tx, delivery.id, { state: 'done', became, outcome: outcomeWords(outcomes) }, now);
      return { deliveryId: delivery.id, became };
    });
  } catch (error) {
    const delivery = taken.at(-1);
    if (!delivery) throw error;
    const isGivenUp = delivery.attempts + 1 >= MOST_ATTEMPTS;
    const outcome = 'Something went wrong on our side; nothing was filed.';
    await settleDelivery(db, delivery.id, { state: isGivenUp ? 'failed' : 'waiting', outcome }, now);
    return { deliveryId: delivery.id, error, isGivenUp };
  }
}

/** Every signal of a delivery, in its order. */
export async function takeDelivery(
  tx: Db,
  program: Program,
  source: SignalSource,
  delivery: Pick<SignalDeliveryRow, 'body' | 'event' | 'deliveryKey' | 'receivedAt'>,
  now: Date,
): Promise<SignalOutcome[]> {
  const { event, deliveryKey, receivedAt } = delivery;
  const body: unknown = JSON.parse(delivery.body);
  const outcomes: SignalOutcome[] = [];
  for (const signal of readSignals(source.kind, { body, event, deliveryKey, receivedAt }, source.mapping)) {
    outcomes.push(await takeSignal(tx, program, source, signal, now));
  }
  return outcomes;
}

/** Deliveries are kept long enough to recognise every repeat, and then forgotten. */
export async function forgetOldDeliveries(db: Db, now: Date): Promise<void> {
  await forgetDeliveries(db, new Date(now.getTime() - KEPT_DAYS * 86_400_000));
}
