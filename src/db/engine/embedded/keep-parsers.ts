import type { PGlite } from '@electric-sql/pglite';
import { type Queried, wrapQueries } from '../wrap-queries.ts';

/**
 * Makes the parsers that come with a query those of the client. Drizzle gives the same ones with each query, and PGlite
 * copies the 300 of its own to add them, which takes longer than most queries do.
 */
export function keepParsers(client: Queried & Pick<PGlite, 'parsers'>): void {
  wrapQueries(client, (query) => (text, params, { parsers, ...options } = {}) => {
    if (parsers) Object.assign(client.parsers, parsers);
    return query(text, params, options);
  });
}
