import { outcomeWords, summarize } from '../../blocks/signals/signal-outcome.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findSignalSource } from '../../db/signals/signal-sources.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { excessIn } from '../../domain/signals/body-bounds.ts';
import { MOST_ALERTS } from '../../domain/signals/delivery-parts.ts';
import { parseDelivery } from './parse-deliveries.ts';
import { readDeliveries } from './read-deliveries.ts';
import { takeDeliveries } from './take-deliveries.ts';

/** What a payload would become, by letting it happen in a transaction that is then taken back. */
export async function tryPayload(db: Db, program: Program, id: number, body: string, now: Date): Promise<string> {
  const source = await findSignalSource(db, program.id, id);
  if (!source) throw new Refusal('This source has been removed.');
  const excess = excessIn(Buffer.from(body));
  if (excess) throw new Refusal(excess, 'payload');
  if (!isJson(body)) throw new Refusal('This is not JSON. Paste the whole body of a delivery.', 'payload');
  const delivery = { id: 0, event: null, deliveryKey: 'dry run', receivedAt: now, progress: null };
  const parsed = parseDelivery(source.kind, body);
  const unpaused = { ...source, pausedAt: null };
  let words = '';
  await db
    .transaction(async (tx) => {
      const read = await readDeliveries([{ program, source: unpaused, delivery, parsed }], MOST_ALERTS);
      const [taken] = await takeDeliveries(tx, read, now);
      words = outcomeWords(summarize({ said: [], more: 0 }, taken?.outcomes ?? []), read[0]?.leftOut);
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return words;
}

class TakenBack extends Error {}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
