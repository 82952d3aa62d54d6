/** How the connections to the database are used at this moment, and how much work waits for one. */
export type PoolLoad = { inUse: number; idle: number; waiting: number };

/** @param working statements and transactions that were begun and have not ended */
export function poolLoad(size: number, working: number): PoolLoad {
  const inUse = Math.min(size, working);
  return { inUse, idle: size - inUse, waiting: working - inUse };
}

type Work = 'query' | 'exec' | 'transaction';

/** Counts what is under way on a client that has one connection. */
export function countWork<C extends Record<Work, (...args: never[]) => Promise<unknown>>>(client: C): () => number {
  let working = 0;
  for (const name of ['query', 'exec', 'transaction'] as const) {
    const work = client[name].bind(client) as (...args: unknown[]) => Promise<unknown>;
    const counted = async (...args: unknown[]) => {
      working += 1;
      try {
        return await work(...args);
      } finally {
        working -= 1;
      }
    };
    client[name] = counted as C[Work];
  }
  return () => working;
}
