import { type ClaimedMessage, claimDue, markRetry } from '../db/messages/outbox-claims.ts';
import { type Delivery, deliverMessage, EDIT, type Outcome } from './deliver-message.ts';

export type Started = { message: ClaimedMessage; outcome: Promise<Outcome> };

/** Claims what may be sent now and starts sending it, at most `limit` messages and none into `heldChannels`. */
export async function startDue(
  delivery: Delivery,
  limit: number,
  heldChannels: Iterable<string> = [],
): Promise<Started[]> {
  const now = delivery.clock.now();
  const claimedMs = delivery.elapsedMs();
  const claimed = await claimDue(delivery.db, {
    now,
    owner: delivery.owner,
    leaseMs: delivery.leaseMs,
    limit,
    busyChannels: [...new Set([...heldChannels, ...delivery.posts.busy(claimedMs)])],
    mostEdits: delivery.edits.available(EDIT, claimedMs),
    pace: delivery.postPace,
  });
  return claimed.map((message) => ({ message, outcome: send(delivery, message, claimedMs) }));
}

async function send(delivery: Delivery, message: ClaimedMessage, claimedMs: number): Promise<Outcome> {
  const { db, owner } = delivery;
  const mayGo =
    message.kind === 'update' ? delivery.edits.take(EDIT, claimedMs) : delivery.posts.take(message.channel, claimedMs);
  if (mayGo) return deliverMessage(delivery, message, claimedMs);
  const { ambiguous } = message;
  await markRetry(db, { id: message.id, owner }, { waitMs: 0, error: null, countsAsAttempt: false, ambiguous });
  return 'released';
}
