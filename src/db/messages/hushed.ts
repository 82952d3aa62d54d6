import type { Db } from '../engine/client.ts';

type Message = { channel: string; runAt: Date };
type IsSaid = (message: Message) => boolean;

const rules = new WeakMap<object, IsSaid>();

/**
 * The same transaction, through which only those messages are enqueued that `isSaid` of: for a history that is lived
 * through by the use cases of real work, but long after the fact. So there is nothing to take back, and nothing that
 * another transaction enqueues meanwhile is touched.
 */
export function hushed(tx: Db, isSaid: IsSaid): Db {
  const quiet: Db = Object.create(tx);
  quiet.transaction = (work, config) =>
    tx.transaction((inner) => work(hushed(inner as unknown as Db, isSaid) as unknown as typeof inner), config);
  rules.set(quiet, isSaid);
  return quiet;
}

/** Whether a message that is enqueued through this transaction is to be sent at all. */
export function isSaid(tx: Db, message: Message): boolean {
  return rules.get(tx)?.(message) ?? true;
}
