import { type ClaimedMessage, claimDue, markRetry } from '../db/messages/outbox-claims.ts';
import { type Delivery, deliverMessage, type Outcome, placeOf } from './deliver-message.ts';

export type Started = { message: ClaimedMessage; outcome: Promise<Outcome> };

/** What is being sent at this moment: the places that a post is on its way to, and how many messages of each workspace. */
export type InFlight = { places: readonly string[]; counts: Readonly<Record<string, number>> };

const NOTHING: InFlight = { places: [], counts: {} };

/** Claims what may be sent now and starts sending it, at most `limit` messages and none into a place that one is on its way to. */
export async function startDue(delivery: Delivery, limit: number, inFlight = NOTHING): Promise<Started[]> {
  const now = delivery.clock.now();
  const claimedMs = delivery.elapsedMs();
  const claimed = await claimDue(delivery.db, {
    now,
    owner: delivery.owner,
    leaseMs: delivery.leaseMs,
    limit,
    busyPlaces: [...new Set([...inFlight.places, ...delivery.posts.busy(claimedMs)])],
    mostEdits: delivery.edits.burst,
    fewerEdits: delivery.edits.short(claimedMs),
    heldWorkspaces: delivery.workspaces.busy(claimedMs),
    mostOfOne: delivery.mostOfOne,
    inFlight: inFlight.counts,
    pace: delivery.postPace,
  });
  return claimed.map((message) => ({ message, outcome: send(delivery, message, claimedMs) }));
}

async function send(delivery: Delivery, message: ClaimedMessage, claimedMs: number): Promise<Outcome> {
  const { db, owner } = delivery;
  const mayGo =
    message.kind === 'update'
      ? delivery.edits.take(message.workspaceId, claimedMs)
      : delivery.posts.take(placeOf(message), claimedMs);
  if (mayGo) return deliverMessage(delivery, message, claimedMs);
  const { ambiguous } = message;
  await markRetry(db, { id: message.id, owner }, { waitMs: 0, error: null, countsAsAttempt: false, ambiguous });
  return 'released';
}
