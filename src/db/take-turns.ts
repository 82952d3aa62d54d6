import type { PGliteInterface, Transaction } from '@electric-sql/pglite';

const IN_A_ROW = 10;

/** Lets sockets and timers in, in the middle of long work. */
export async function letOthersIn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets sockets and timers in after every few statements. The embedded database answers within the microtask queue, so a
 * long transaction would otherwise hold up every ack and heartbeat until its end.
 */
export function takeTurns(client: Pick<PGliteInterface, 'query' | 'transaction'>): void {
  let inARow = 0;
  const withTurns = (query: Transaction['query']): Transaction['query'] => {
    return async (...statement) => {
      inARow += 1;
      if (inARow >= IN_A_ROW) {
        inARow = 0;
        await letOthersIn();
      }
      return query(...statement);
    };
  };
  const transaction = client.transaction.bind(client);
  client.query = withTurns(client.query.bind(client));
  client.transaction = (work) =>
    transaction((tx) => {
      tx.query = withTurns(tx.query.bind(tx));
      return work(tx);
    });
}
