import type { Program } from '../db/programs.ts';
import type { SignalDeliveryRow } from '../db/signal-deliveries.ts';
import type { SignalSource } from '../db/signal-sources.ts';
import { letOthersIn } from '../db/take-turns.ts';
import { partsOf } from '../domain/signals/delivery-parts.ts';
import { readSignals } from '../domain/signals/read-signals.ts';
import type { Signal } from '../domain/signals/signal.ts';

export type TakenDelivery = {
  program: Program;
  source: SignalSource;
  delivery: Pick<SignalDeliveryRow, 'id' | 'body' | 'event' | 'deliveryKey' | 'receivedAt' | 'progress'>;
};

/** The signals of the parts of a delivery that come next, by part. */
export type ReadDelivery = TakenDelivery & {
  parts: readonly (readonly Signal[])[];
  /** Whether no part comes after these. */
  isWhole: boolean;
  leftOut: number;
};

// What is read of a delivery and then does not fit into the transaction is read anew in the next.
const MOST_OF_ONE = 20;

/**
 * Reads what comes next of these deliveries, each source's in their order, until so many parts are read. Others get their
 * turn after each part.
 */
export async function readDeliveries(taken: readonly TakenDelivery[], mostParts: number): Promise<ReadDelivery[]> {
  const read: ReadDelivery[] = [];
  const unfinished = new Set<number>();
  let left = mostParts;
  for (const one of taken) {
    if (left <= 0) break;
    if (unfinished.has(one.source.id)) continue;
    const next = await readNextParts(one, Math.min(left, MOST_OF_ONE));
    read.push(next);
    left -= next.parts.length;
    if (!next.isWhole) unfinished.add(one.source.id);
  }
  return read;
}

async function readNextParts(taken: TakenDelivery, most: number): Promise<ReadDelivery> {
  const { source, delivery } = taken;
  if (source.pausedAt) {
    return { ...taken, parts: [[{ kind: 'ignored', event: 'a source that is paused' }]], isWhole: true, leftOut: 0 };
  }
  const { event, deliveryKey, receivedAt } = delivery;
  const { parts, leftOut } = partsOf(source.kind, JSON.parse(delivery.body));
  const from = delivery.progress?.parts ?? 0;
  const signals: Signal[][] = [];
  for (const body of parts.slice(from, from + most)) {
    signals.push(readSignals(source.kind, { body, event, deliveryKey, receivedAt }, source.mapping));
    await letOthersIn();
  }
  return { ...taken, parts: signals, isWhole: from + signals.length === parts.length, leftOut };
}
