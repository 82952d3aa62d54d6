import { letOthersIn } from '../../db/engine/embedded/take-turns.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { SignalDeliveryRow } from '../../db/signals/signal-deliveries.ts';
import type { SignalSource } from '../../db/signals/signal-sources.ts';
import { listBodies, type WaitingDelivery } from '../../db/signals/waiting-deliveries.ts';
import { partsOf } from '../../domain/signals/delivery-parts.ts';
import type { SignalKind } from '../../domain/signals/signal.ts';
import type { Db } from '../doing.ts';
import type { ParsedDeliveries, ParsedDelivery } from './parsed-deliveries.ts';

/** A delivery without its body, as it is listed. */
export type ListedDelivery = {
  program: Program;
  source: SignalSource;
  delivery: Pick<SignalDeliveryRow, 'id' | 'event' | 'deliveryKey' | 'receivedAt' | 'progress'>;
};

export type TakenDelivery = ListedDelivery & { parsed: ParsedDelivery };

/** Of bodies that a transaction fetches and parses; one alone may have more. */
const MOST_BYTES = 500_000;

/** As many of these as are parsed in one transaction, in their order; parsed ones weigh nothing. */
export function fitting(waiting: readonly WaitingDelivery[], known: ParsedDeliveries): WaitingDelivery[] {
  let bytes = 0;
  const firstTooMany = waiting.findIndex((one) => {
    if (known.find(one.id)) return false;
    const isTooMany = bytes >= MOST_BYTES;
    bytes += one.bytes;
    return isTooMany;
  });
  return waiting.slice(0, firstTooMany === -1 ? waiting.length : firstTooMany);
}

/** Fetches and parses the bodies of those that are not known; what has several parts is remembered. */
export async function parseDeliveries(
  tx: Db,
  listed: readonly ListedDelivery[],
  known: ParsedDeliveries,
): Promise<TakenDelivery[]> {
  // Remembering one may forget another, so that all are looked for first.
  const found = new Map(listed.map(({ delivery }) => [delivery.id, known.find(delivery.id)]));
  const unknown = [...found].flatMap(([id, parsed]) => (parsed ? [] : [id]));
  const bodies = await listBodies(tx, unknown);
  const taken: TakenDelivery[] = [];
  for (const one of listed) {
    const { id } = one.delivery;
    const body = bodies.get(id) ?? '';
    const parsed = found.get(id) ?? parseDelivery(one.source.kind, body);
    if (!found.get(id) && parsed.parts.length > 1) known.remember(id, parsed, body.length);
    taken.push({ ...one, parsed });
    if (body.length > MOST_BYTES) await letOthersIn();
  }
  return taken;
}

export function parseDelivery(kind: SignalKind, body: string): ParsedDelivery {
  return { ...partsOf(kind, JSON.parse(body)), signals: [] };
}
