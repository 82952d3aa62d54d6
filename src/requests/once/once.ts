import type { Db } from '../../db/engine/client.ts';
import { isDiskFull, isTransient } from '../../db/engine/connection-loss.ts';
import {
  type AbandonedRequest,
  answerForm,
  answerRequest,
  claimAbandoned,
  findAnswer,
  holdForm,
  holdRequest,
  insertRequest,
  markRequestClosed,
  type RequestName,
} from '../../db/messages/requests.ts';
import type { RequestState } from '../../db/schema/messages.ts';

/*
 * A request that changes something is done exactly once, even if its process crashes or Slack sends it again.
 *
 *             recordRequest              runOnce: the work and                closeRequest:
 *             before the ack             its answer in one commit             the answer was told
 *   (comes in) ----------> recorded -----------------------------> done -----------------------> closed
 *                            |  ^                                  |  ^                            ^
 *                            |  +--------- claimAbandoned ---------+--+                            |
 *                            |     its process is silent for longer than its lease                 |
 *                            +------------- refused, or given up after eight attempts -------------+
 *
 * A form is answered in its ack, so runFormOnce does the work, keeps the answer and closes the request in one commit
 * before it. The name of a closed request is remembered for two weeks: whoever sends it again changes nothing.
 */

export type { AbandonedRequest, RequestName } from '../../db/messages/requests.ts';

// Longer than a busy process needs from the ack to the work, and short for somebody who waits for an answer.
const LEASE_MS = 5_000;
// Slack takes its time to be told something.
const TELLING_MS = 30_000;
const MOST_AT_ONCE = 20;

/**
 * Commits a request, so that it may be acked: from now on it is done, whichever process dies. Gives the state of the
 * request where the same came before, else null.
 */
export async function recordRequest(
  db: Db,
  request: RequestName & { body: string; now: Date },
): Promise<RequestState | null> {
  const recorded = { ...request, leaseMs: LEASE_MS };
  try {
    return await insertRequest(db, recorded);
  } catch (error) {
    if (!isTransient(error)) throw error;
    // A transaction is made again where the server was away; recording the same twice records it once.
    return db.transaction((tx) => insertRequest(tx, recorded));
  }
}

/** The request was done and its answer told, by this process or another. */
export class AlreadyClosed extends Error {}

/**
 * Does what a recorded request asks for. Gives the answer that is to be told, be it of this time or of a process that
 * died before telling it.
 *
 * @param work answers with JSON
 * @throws AlreadyClosed
 */
export async function runOnce<A>(db: Db, name: RequestName, work: (tx: Db) => Promise<A>): Promise<A> {
  return db.transaction(async (tx) => {
    const held = await holdRequest(tx, name);
    if (!held || held.state === 'closed') throw new AlreadyClosed();
    if (held.state === 'done') return JSON.parse(held.answer ?? 'null') as A;
    const said = await work(tx);
    await answerRequest(tx, name, JSON.stringify(said ?? null), TELLING_MS);
    return said;
  });
}

/** The answer of a request that was done and is still to be told; undefined where there is none. */
export async function untoldAnswer<A>(db: Db, name: RequestName): Promise<{ said: A } | undefined> {
  const answer = await findAnswer(db, name);
  return answer === undefined ? undefined : { said: JSON.parse(answer) as A };
}

/** A form as it was sent: its window, and a digest of all that it held. */
export type SentForm = RequestName & { digest: string; now: Date };

/**
 * Does what a form asks for, so that the same form sent again, even at the same time, gets the same answer and has no
 * second effect. What throws is not kept: the form may be mended and sent again. One that holds something else than before
 * is done anew, and takes the place of what was kept of it.
 *
 * @param work answers with JSON
 */
export async function runFormOnce<A>(
  db: Db,
  { digest, now, ...name }: SentForm,
  work: (tx: Db) => Promise<A>,
): Promise<{ said: A; isRepeat: boolean }> {
  return db.transaction(async (tx) => {
    const before = await holdForm(tx, name, now);
    if (before?.answer && before.digest === digest) return { said: JSON.parse(before.answer) as A, isRepeat: true };
    const said = await work(tx);
    await answerForm(tx, name, digest, JSON.stringify(said ?? null));
    return { said, isRepeat: false };
  });
}

/** The person has been told, or there is nothing to tell. */
export async function closeRequest(db: Db, name: RequestName): Promise<void> {
  await markRequestClosed(db, name);
}

/** What processes that died had recorded, for this one to do now. */
export async function claimAbandonedRequests(db: Db): Promise<AbandonedRequest[]> {
  return claimAbandoned(db, TELLING_MS, MOST_AT_ONCE);
}

/** Whether what failed is worth another attempt: the database or Slack is away, or there is no room to write it down. */
export function isWorthAnotherAttempt(error: unknown): boolean {
  return (
    isTransient(error) ||
    isDiskFull(error) ||
    String((error as { code?: unknown } | null)?.code).startsWith('slack_webapi')
  );
}
