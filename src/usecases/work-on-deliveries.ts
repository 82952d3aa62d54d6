import { outcomeWords, type SignalOutcome } from '../blocks/signal-outcome.ts';
import type { Program } from '../db/programs.ts';
import {
  type Became,
  forgetDeliveries,
  type SignalDeliveryRow,
  settleDeliveries,
  takeWaitingDeliveries,
} from '../db/signal-deliveries.ts';
import type { SignalSource } from '../db/signal-sources.ts';
import { readSignals } from '../domain/signals/read-signals.ts';
import type { Signal } from '../domain/signals/signal.ts';
import { openBurstBook } from './burst-book.ts';
import type { Db } from './doing.ts';
import { openEarlyEnds } from './early-ends.ts';
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
 * Lets the oldest waiting deliveries happen, all of them or nothing, in one transaction with the note of what they became.
 * Where that fails they are taken one by one. One that cannot be is tried a few times and then set aside, so that it holds
 * nothing up. Empty where nothing waits.
 */
export async function workOnDeliveries(db: Db, now: Date, most: number): Promise<Worked[]> {
  const taken: SignalDeliveryRow[] = [];
  try {
    return await db.transaction(async (tx) => {
      const waiting = await takeWaitingDeliveries(tx, most);
      taken.splice(0, taken.length, ...waiting.map(({ delivery }) => delivery));
      if (waiting.length === 0) return [];
      const outcomes = await takeDeliveries(tx, waiting, now);
      const settled = waiting.map(({ delivery }, i) => settledBy(delivery.id, outcomes[i] ?? []));
      await settleDeliveries(tx, settled, now);
      return settled.map(({ id, became }) => ({ deliveryId: id, became }));
    });
  } catch (error) {
    const [delivery] = taken;
    if (!delivery) throw error;
    if (taken.length > 1) return workOneByOne(db, now, taken.length);
    const isGivenUp = delivery.attempts + 1 >= MOST_ATTEMPTS;
    const outcome = 'Something went wrong on our side; nothing was filed.';
    const state = isGivenUp ? ('failed' as const) : ('waiting' as const);
    await settleDeliveries(db, [{ id: delivery.id, state, became: null, outcome }], now);
    return [{ deliveryId: delivery.id, error, isGivenUp }];
  }
}

async function workOneByOne(db: Db, now: Date, count: number): Promise<Worked[]> {
  const worked: Worked[] = [];
  for (let i = 0; i < count; i += 1) worked.push(...(await workOnDeliveries(db, now, 1)));
  return worked;
}

function settledBy(id: number, outcomes: readonly SignalOutcome[]) {
  const became = BY_WEIGHT.find((one) => outcomes.some((outcome) => outcome.became === one)) ?? 'ignored';
  return { id, state: 'done' as const, became, outcome: outcomeWords(outcomes) };
}

export type TakenDelivery = {
  program: Program;
  source: SignalSource;
  delivery: Pick<SignalDeliveryRow, 'body' | 'event' | 'deliveryKey' | 'receivedAt'>;
};

/** Every signal of these deliveries, in their order; answers what became of each delivery's. */
export async function takeDeliveries(tx: Db, taken: readonly TakenDelivery[], now: Date): Promise<SignalOutcome[][]> {
  const read = taken.map((one) => ({ ...one, signals: signalsOf(one) }));
  const reported = read.flatMap(({ program, source, signals }) =>
    signals.flatMap((signal) => (signal.kind === 'report' ? { program, source, signal } : [])),
  );
  const work = { tx, now, bursts: await openBurstBook(tx, reported), ends: await openEarlyEnds(tx, reported) };
  const outcomes: SignalOutcome[][] = [];
  for (const { program, source, signals } of read) {
    const ofDelivery: SignalOutcome[] = [];
    for (const signal of signals) ofDelivery.push(await takeSignal(work, program, source, signal));
    outcomes.push(ofDelivery);
  }
  await work.bursts.flush();
  return outcomes;
}

function signalsOf({ source, delivery }: TakenDelivery): Signal[] {
  if (source.pausedAt) return [{ kind: 'ignored', event: 'a source that is paused' }];
  const { event, deliveryKey, receivedAt } = delivery;
  const body: unknown = JSON.parse(delivery.body);
  return readSignals(source.kind, { body, event, deliveryKey, receivedAt }, source.mapping);
}

/** Deliveries are kept long enough to recognise every repeat, and then forgotten. */
export async function forgetOldDeliveries(db: Db, now: Date): Promise<void> {
  await forgetDeliveries(db, new Date(now.getTime() - KEPT_DAYS * 86_400_000));
}
