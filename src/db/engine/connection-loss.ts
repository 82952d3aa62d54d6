// https://www.postgresql.org/docs/current/errcodes-appendix.html and the codes of postgres.js.
const LOST = new Set([
  '08000',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);
// A deadlock or a serialization failure: the server undid the transaction and asks to do it again.
const UNDONE = new Set(['40001', '40P01']);

// Nothing was written, and the same works once somebody has made room.
const FULL = new Set(['53100', 'ENOSPC']);

/** What is thrown where a statement's connection is gone. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_CLOSED';

  constructor() {
    super('The connection to the database was lost.');
    this.name = 'ConnectionLost';
  }
}

/** Whether the connection is gone, or is about to be. */
export function isLoss(error: unknown): boolean {
  return hasCode(error, LOST);
}

/** Whether the same work may succeed a moment later. */
export function isTransient(error: unknown): boolean {
  return isLoss(error) || hasCode(error, UNDONE);
}

/** Whether the disk of the database is full. */
export function isDiskFull(error: unknown): boolean {
  return hasCode(error, FULL);
}

/** Whether the server said one of these codes. Drizzle wraps what the driver threw. */
export function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && codes.has(code)) return true;
  }
  return false;
}

/**
 * postgres.js 3.4.9 may write to a socket that is gone when its server restarts, outside of any promise. The statement
 * is refused elsewhere, so this error says nothing more.
 */
export function isWriteToCutConnection(error: unknown): boolean {
  return error instanceof TypeError && /\bnextWrite\b/.test(error.stack ?? '') && /postgres/.test(error.stack ?? '');
}
