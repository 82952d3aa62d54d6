import type { Db } from '../db/client.ts';
import { isTransient } from '../db/connection-loss.ts';
import {
  type AbandonedRequest,
  answerRequest,
  dropRequest,
  holdRequest,
  insertRequest,
  type RequestName,
  takeAbandoned,
} from '../db/kept-requests.ts';

export type { AbandonedRequest, RequestName } from '../db/kept-requests.ts';

// Longer than a busy process needs from the ack to the work, and short for somebody who waits for an answer.
const LEASE_MS = 5_000;
// Slack takes its time to be told something.
const TELLING_MS = 30_000;
const MOST_AT_ONCE = 20;

/** Commits what somebody asks for, so that it may be acked: from now on it is done, whoever dies. */
export async function keepRequest(db: Db, request: RequestName & { body: string; now: Date }): Promise<void> {
  const kept = { ...request, leaseMs: LEASE_MS };
  try {
    await insertRequest(db, kept);
  } catch (error) {
    if (!isTransient(error)) throw error;
    // A transaction is made again where the server was away; keeping the same twice keeps it once.
    await db.transaction((tx) => insertRequest(tx, kept));
  }
}

/** Whether what failed is worth another attempt when the database is back. */
export function isDoneLater(error: unknown): boolean {
  return isTransient(error);
}

/** Somebody else has done it, and told. */
export class AlreadyTold extends Error {}

/**
 * Does what a kept request asks for, once: the effect, the answer and the end of the request are one commit. Gives the
 * answer that is to be told, be it of this time or of one that died before telling it.
 */
export async function doKept<A>(db: Db, name: RequestName, work: (tx: Db) => Promise<A>): Promise<A> {
  return db.transaction(async (tx) => {
    const held = await holdRequest(tx, name);
    if (!held) throw new AlreadyTold();
    if (held.answer) return held.answer.said as A;
    const said = await work(tx);
    await answerRequest(tx, name, said ?? null, TELLING_MS);
    return said;
  });
}

/** The person has been told, or there is nothing to tell: the request is over. */
export async function forgetKept(db: Db, name: RequestName): Promise<void> {
  await dropRequest(db, name);
}

/** What was acked by somebody who died, to be done now. */
export async function takeKept(db: Db): Promise<AbandonedRequest[]> {
  return takeAbandoned(db, TELLING_MS, MOST_AT_ONCE);
}
