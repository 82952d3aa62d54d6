import { keepDelivery } from '../db/signal-deliveries.ts';
import { activeSecrets, countRefusal, findSignalSourceByToken } from '../db/signal-sources.ts';
import type { SignalKind } from '../domain/signals/signal.ts';
import type { Db } from './doing.ts';

/** A source as its deliveries are let in: the newest of its active secrets comes first. */
export type Sender = { id: number; kind: SignalKind; secrets: readonly string[] };

export type VerifiedDelivery = { deliveryKey: string; event: string | null; body: string };

export async function findSender(db: Db, kind: SignalKind, token: string, now: Date): Promise<Sender | null> {
  const source = await findSignalSourceByToken(db, kind, token);
  return source && { id: source.id, kind, secrets: activeSecrets(source.secrets, now) };
}

/** Commits a verified delivery before it is answered; what it becomes is decided later. False for a repeat. */
export async function admitDelivery(
  db: Db,
  sender: Sender,
  delivery: VerifiedDelivery,
  receivedAt: Date,
): Promise<boolean> {
  return keepDelivery(db, { ...delivery, sourceId: sender.id, receivedAt });
}

/** Counts what was not let in, so that settings can say why nothing comes. */
export async function refuseDelivery(db: Db, sender: Sender, why: string, at: Date): Promise<void> {
  await countRefusal(db, sender.id, why, at);
}
