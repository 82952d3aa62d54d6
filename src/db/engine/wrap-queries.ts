import type { PGliteInterface, Transaction } from '@electric-sql/pglite';

export type Query = Transaction['query'];
export type Queried = Pick<PGliteInterface, 'query' | 'transaction'>;

/** Puts `wrap` around the queries of an embedded database, in transactions and outside. */
export function wrapQueries(client: Queried, wrap: (query: Query) => Query): void {
  const transaction = client.transaction.bind(client);
  client.query = wrap(client.query.bind(client));
  client.transaction = (work) =>
    transaction((tx) => {
      tx.query = wrap(tx.query.bind(tx));
      return work(tx);
    });
}
