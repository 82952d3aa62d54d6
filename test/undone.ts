import type { Db } from '../src/db/engine/client.ts';

const ENOUGH = new Error('Nothing of this stays.');

/** Runs `work` in a transaction and takes back all that it did, so that many tests may begin with what one filled. */
export async function undone(db: Db, work: (tx: Db) => Promise<void>): Promise<void> {
  await db
    .transaction(async (tx) => {
      await work(tx);
      throw ENOUGH;
    })
    .catch((error: unknown) => {
      if (error !== ENOUGH) throw error;
    });
}
