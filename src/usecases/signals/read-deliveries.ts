import { letOthersIn } from '../../db/engine/embedded/take-turns.ts';
import { readSignals } from '../../domain/signals/read-signals.ts';
import type { Signal } from '../../domain/signals/signal.ts';
import { applyRules, rulesOf } from '../../domain/signals/source-rules.ts';
import type { TakenDelivery } from './parse-deliveries.ts';

/** The signals of the parts of a delivery that come next, by part. */
export type ReadDelivery = TakenDelivery & {
  parts: readonly (readonly Signal[])[];
  /** Whether no part comes after these. */
  isWhole: boolean;
  leftOut: number;
};

/**
 * Reads what comes next of these deliveries, each source's in their order, until so many parts are read, of all and
 * of each. Others get their turn after each part.
 */
export async function readDeliveries(
  taken: readonly TakenDelivery[],
  mostParts: number,
  mostOfOne = mostParts,
): Promise<ReadDelivery[]> {
  const read: ReadDelivery[] = [];
  const unfinished = new Set<number>();
  let left = mostParts;
  for (const one of taken) {
    if (left <= 0) break;
    if (unfinished.has(one.source.id)) continue;
    const next = await readNextParts(one, Math.min(left, mostOfOne));
    read.push(next);
    left -= next.parts.length;
    if (!next.isWhole) unfinished.add(one.source.id);
  }
  return read;
}

async function readNextParts(taken: TakenDelivery, most: number): Promise<ReadDelivery> {
  const { source, delivery, parsed } = taken;
  if (source.pausedAt) {
    return { ...taken, parts: [[{ kind: 'ignored', event: 'a source that is paused' }]], isWhole: true, leftOut: 0 };
  }
  const { event, deliveryKey, receivedAt, progress } = delivery;
  const from = progress?.parts ?? 0;
  const end = Math.min(from + most, parsed.parts.length);
  const parts: (readonly Signal[])[] = [];
  for (let i = from; i < end; i += 1) {
    const known = parsed.signals[i];
    const body = parsed.parts[i];
    parsed.signals[i] =
      known ??
      applyRules(
        readSignals(source.kind, { body, event, deliveryKey, receivedAt }, source.mapping),
        rulesOf(source.kind, source.rules),
      );
    parts.push(parsed.signals[i] ?? []);
    if (!known) await letOthersIn();
  }
  return { ...taken, parts, isWhole: end === parsed.parts.length, leftOut: parsed.leftOut };
}
