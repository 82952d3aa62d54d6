import type { KeyRing } from '../../../db/engine/sealed.ts';
import { makeDue } from '../../../db/trackers/tickets.ts';
import { openTrackerSecret } from '../../../db/trackers/tracker-secrets.ts';
import { findTrackerByAddress, lookAtCodeSoon, updateTracker } from '../../../db/trackers/trackers.ts';
import type { TrackerKind } from '../../../domain/trackers/tracker.ts';
import type { Db } from '../../doing.ts';

/** Whoever sends to an address, as far as a delivery has to be told genuine. */
export type HookSender = { id: number; kind: TrackerKind; place: string; secret: string };

/** The tracker whose webhooks go to an address; null for an address that is nobody's. */
export async function findHookSender(db: Db, keys: KeyRing, address: string): Promise<HookSender | null> {
  const row = await findTrackerByAddress(db, address);
  if (!row || row.sealedSecret === null) return null;
  return { id: row.id, kind: row.kind, place: row.place, secret: openTrackerSecret(keys, row.sealedSecret, row) };
}

/**
 * A tracker says that something happened to a ticket. What it says is not taken for true, whatever its order: the ticket is
 * read soon, as it is by then. One that is not linked may want to be, so the tracker is asked what changed.
 */
export async function receiveHook(db: Db, trackerId: number, externalId: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const linked = await makeDue(tx, trackerId, [externalId], now);
    if (linked === 0) await updateTracker(tx, trackerId, { pollAt: now });
    // A merge may have closed it, and is to be known before.
    await lookAtCodeSoon(tx, trackerId, now);
  });
}

/** A tracker says that code was merged, or went out: it is asked soon what, so nothing that was sent is taken for true. */
export async function receiveCodeHook(db: Db, trackerId: number, now: Date): Promise<void> {
  await updateTracker(db, trackerId, { codePollAt: now });
}
