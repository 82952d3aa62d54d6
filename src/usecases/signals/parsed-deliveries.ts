import type { DeliveryParts } from '../../domain/signals/delivery-parts.ts';
import type { Signal } from '../../domain/signals/signal.ts';

/** A delivery that was parsed, with the signals of those of its parts that were read already. */
export type ParsedDelivery = DeliveryParts & { signals: (readonly Signal[])[] };

/** Deliveries of many parts, between the transactions in which these are worked on: none is fetched and parsed for each. */
export type ParsedDeliveries = {
  find: (id: number) => ParsedDelivery | undefined;
  remember: (id: number, parsed: ParsedDelivery, bytes: number) => void;
  forget: (id: number) => void;
};

/** Bodies of four sources that send as much as they may; what is beyond them is parsed anew. */
const MOST_BYTES = 4 * 1_048_576;

export function rememberParsed(mostBytes: number = MOST_BYTES): ParsedDeliveries {
  const byId = new Map<number, { parsed: ParsedDelivery; bytes: number }>();
  let held = 0;
  const forget = (id: number) => {
    held -= byId.get(id)?.bytes ?? 0;
    byId.delete(id);
  };
  return {
    find: (id) => byId.get(id)?.parsed,
    remember: (id, parsed, bytes) => {
      forget(id);
      byId.set(id, { parsed, bytes });
      held += bytes;
      for (const oldest of byId.keys()) {
        if (held <= mostBytes) break;
        forget(oldest);
      }
    },
    forget,
  };
}
