import type { KeyRing } from '../../db/engine/sealed.ts';
import { keepDeliveries } from '../../db/signals/signal-deliveries.ts';
import { openSecrets } from '../../db/signals/signal-secrets.ts';
import { countRefusals, findSignalSourcesByToken } from '../../db/signals/signal-sources.ts';
import type { SignalKind } from '../../domain/signals/signal.ts';
import type { Db } from '../doing.ts';

/** A source as its deliveries are let in: the newest of its active secrets comes first. */
export type Sender = { id: number; kind: SignalKind; secrets: readonly string[] };

export type VerifiedDelivery = {
  sender: Sender;
  deliveryKey: string;
  event: string | null;
  body: string;
  receivedAt: Date;
};

/** An address as it was called at an instant. */
export type Called = { kind: SignalKind; token: string; at: Date };

/** Who may send to these addresses, in their order; null where nobody may. */
export async function findSenders(db: Db, keys: KeyRing, called: readonly Called[]): Promise<(Sender | null)[]> {
  const sources = await findSignalSourcesByToken(db, called);
  return called.map(({ kind, at }, i) => {
    const source = sources[i];
    return source ? { id: source.id, kind, secrets: openSecrets(keys, source.secrets, source, at) } : null;
  });
}

/** Commits verified deliveries before they are answered; what they become is decided later. False for a repeat. */
export async function admitDeliveries(db: Db, deliveries: readonly VerifiedDelivery[]): Promise<boolean[]> {
  return keepDeliveries(
    db,
    deliveries.map(({ sender, ...delivery }) => ({ ...delivery, sourceId: sender.id })),
  );
}

/** Deliveries of a source that were not let in: how many, and why the latest was not. */
export type Refused = { sourceId: number; count: number; words: string; at: Date };

/** Counts what was not let in, so that settings can say why nothing comes. */
export async function refuseDeliveries(db: Db, refused: readonly Refused[]): Promise<void> {
  await countRefusals(db, refused);
}
