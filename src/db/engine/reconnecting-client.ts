import postgres, { type Sql, type TransactionSql } from 'postgres';
import { ConnectionLost, isLoss, isTransient } from './connection-loss.ts';
import { socketOption } from './open-socket.ts';
import { preparedStatements } from './prepared-statements.ts';

export type ReconnectingOptions = {
  poolSize?: number;
  /** How values are read and written, as a connected client of the same server knows it. */
  types?: Pick<Sql['options'], 'parsers' | 'serializers'>;
  /** Hears of each loss of a connection, for logs and metrics. */
  onConnectionLost?: () => void;
  /** Hears of each statement or transaction that failed. */
  onError?: (error: unknown) => void;
};

/** `working` tells how many statements and transactions are under way or wait for a connection. */
export type ReconnectingClient = Sql & { working: () => number };

export const POOL_SIZE = 8;

type Pool = { sql: Sql; isRetired: boolean; waiting: Set<() => void> };
type Statement = Parameters<Sql['unsafe']>;
/** What drizzle asks of a transaction. */
type Transaction = Pick<Sql, 'unsafe'> & {
  savepoint: (work: (inner: Transaction) => Promise<unknown>) => Promise<unknown>;
};

// About ten seconds in all: a restart or a failover, and no longer than somebody waits for an answer.
const WAITS_MS = [50, 100, 200, 400, 800, 1_000, 1_500, 2_000, 2_000, 2_000];
const DRAIN_MS = 2_000;

/**
 * A postgres.js client that outlives its server's restarts. When a connection is lost, the whole pool is replaced,
 * since 3.4.9 may reuse a cut connection and then keep a statement for ever. Reads are made again. A transaction is
 * made again from its start, unless the server says that its commit went through; so its callback may run twice.
 * A lone write is not made again: nobody knows whether it happened.
 */
export function reconnectingClient(url: string, options: ReconnectingOptions = {}): ReconnectingClient {
  const isPrepared = preparedStatements();
  const withPlan = ([text, values = [], how]: Statement): Statement => [
    text,
    values,
    values.length > 0 && isPrepared(text) ? { ...how, prepare: true } : how,
  ];
  const first = openPool();
  if (options.types) adoptTypes(first.sql, options.types);
  let current = first;

  function openPool(): Pool {
    const pool: Pool = {
      isRetired: false,
      waiting: new Set(),
      sql: postgres(url, {
        max: options.poolSize ?? POOL_SIZE,
        onnotice: () => {},
        connect_timeout: 10,
        ...socketOption(),
        max_lifetime: 0,
        // The driver asks for the types outside of any promise, which a cut would turn into a crash.
        fetch_types: false,
        onclose: () => retire(pool),
      }),
    };
    return pool;
  }

  function retire(pool: Pool): void {
    if (pool.isRetired) return;
    pool.isRetired = true;
    options.onConnectionLost?.();
    current = openPool();
    // Drizzle reads and writes some types itself and told only the first pool.
    adoptTypes(current.sql, first.sql.options);
    void pool.sql.end({ timeout: DRAIN_MS / 1_000 }).catch(() => {});
    setTimeout(() => {
      for (const giveUp of pool.waiting) giveUp();
    }, DRAIN_MS * 1.1).unref();
  }

  async function reconnecting<T>(attempt: (pool: Pool) => Promise<T>): Promise<T> {
    for (const waitMs of WAITS_MS) {
      try {
        return await heard(inPool(current, attempt(current)));
      } catch (error) {
        if (!isTransient(error)) throw error;
        await pause(waitMs);
      }
    }
    return heard(inPool(current, attempt(current)));
  }

  async function heard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      options.onError?.(error);
      throw error;
    }
  }

  const once = (statement: Statement, asValues: boolean) => (pool: Pool) =>
    asValues ? pool.sql.unsafe(...statement).values() : pool.sql.unsafe(...statement);
  const unsafe = (...given: Statement) => {
    const statement = withPlan(given);
    const run = (asValues: boolean) => {
      const attempt = once(statement, asValues);
      return isRead(statement[0]) ? reconnecting(attempt) : heard(inPool(current, attempt(current)));
    };
    return {
      values: () => run(true),
      // biome-ignore lint/suspicious/noThenProperty: stands in for the driver's own lazy query
      then: (resolve: (rows: unknown) => unknown, reject: (error: unknown) => unknown) =>
        run(false).then(resolve, reject),
    };
  };

  const begin = (work: (tx: Transaction) => Promise<unknown>) => {
    let last: { transactionId: string; result: unknown } | undefined;
    return reconnecting(async (pool) => {
      if (last && (await wasCommitted(pool.sql, last.transactionId))) return last.result;
      last = undefined;
      return new Promise((resolve, reject) => {
        const whole = pool.sql.begin(async (connection) => {
          try {
            const result = await work(whileConnected(connection, pool, withPlan));
            if (pool.isRetired) throw new ConnectionLost();
            const [row] = await connection.unsafe('select pg_current_xact_id_if_assigned()::text as id');
            if (row?.id) last = { transactionId: row.id, result };
            if (pool.isRetired) throw new ConnectionLost();
            return result;
          } catch (error) {
            if (!pool.isRetired && !isLoss(error)) throw error;
            retire(pool);
            reject(error);
            // The driver would write its rollback to a socket that may be gone. The server rolls back by itself.
            return new Promise(() => {});
          }
        });
        whole.then(resolve, reject);
      });
    });
  };

  const end: Sql['end'] = (how) => {
    current.isRetired = true;
    return current.sql.end(how);
  };
  const working = () => current.waiting.size;
  const patient: Record<PropertyKey, unknown> = { unsafe, begin, end, working };
  return new Proxy(first.sql, { get: (sql, name) => patient[name] ?? Reflect.get(sql, name) }) as ReconnectingClient;
}

// The driver would run what is left of a cut transaction on whatever connects next, each statement by itself.
function whileConnected(
  connection: TransactionSql,
  pool: Pool,
  withPlan: (statement: Statement) => Statement,
): Transaction {
  let savepoints = 0;
  const unsafe: Sql['unsafe'] = (...statement) => {
    if (pool.isRetired) throw new ConnectionLost();
    return connection.unsafe(...withPlan(statement));
  };
  const tx: Transaction = {
    unsafe,
    savepoint: async (work) => {
      savepoints += 1;
      const name = `s${savepoints}`;
      await unsafe(`savepoint ${name}`);
      try {
        return await work(tx);
      } catch (error) {
        await unsafe(`rollback to ${name}`);
        throw error;
      }
    },
  };
  return tx;
}

function adoptTypes(sql: Sql, { parsers, serializers }: NonNullable<ReconnectingOptions['types']>): void {
  Object.assign(sql.options.parsers, parsers);
  Object.assign(sql.options.serializers, serializers);
}

/** Rejects, too, when the pool is gone and nobody will ever answer. */
function inPool<T>(pool: Pool, work: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new ConnectionLost());
    pool.waiting.add(giveUp);
    work.then(resolve, reject).then(() => pool.waiting.delete(giveUp));
  });
}

async function wasCommitted(sql: Sql, transactionId: string): Promise<boolean> {
  for (;;) {
    const [row] = await sql<{ status: string | null }[]>`select pg_xact_status(${transactionId}::text::xid8) as status`;
    if (row?.status !== 'in progress') return row?.status === 'committed';
    await pause(100);
  }
}

function isRead(statement: string): boolean {
  if (/^\s*select\b/i.test(statement)) return true;
  return /^\s*with\b/i.test(statement) && !/\b(insert|update|delete)\b/i.test(statement);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
