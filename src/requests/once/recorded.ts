import { refusalNote } from '../../blocks/programs/help-message.ts';
import type { Db } from '../../db/engine/client.ts';
import { isDiskFull } from '../../db/engine/connection-loss.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { Door } from '../door.ts';
import { CannotFindOut } from '../gate/cannot-find-out.ts';
import { type Tell, wordsFor } from '../listen/answer.ts';
import {
  AlreadyClosed,
  closeRequest,
  isWorthAnotherAttempt,
  type RequestName,
  recordRequest,
  runOnce,
  untoldAnswer,
} from './once.ts';
import { placeOf } from './received.ts';

/** What Bolt hands to the listener of something that changes something. `isRedone` marks one of a process that died. */
export type Acting = { ack: () => Promise<unknown>; body: object; context: object };

/** What a request is recorded with. */
export type Recording = Pick<Door, 'db' | 'clock' | 'log' | 'wake' | 'onFailure'>;

/** Does the work and keeps its answer in one commit. */
export type Once<A> = (work: (db: Db) => Promise<A>) => Promise<A>;

/** For work whose effect shows in what it enqueues. */
export const saysNothing = async (): Promise<void> => {};

const LATER = 'Something that I need cannot be reached right now. I have kept what you asked for and will do it soon.';

const NO_ROOM =
  'The disk of my database is full, so I could not take down what you asked for, and nothing was done. Ask me again once whoever runs me has made room.';

/**
 * Records a request and acks it. False for one that came before and is closed, and for one that there is no room to write
 * down: that is acked too, so that whoever asks hears from `alone` why nothing is done.
 */
export async function recordAndAck(
  door: Recording,
  { ack, body, context }: Acting,
  alone: Tell = saysNothing,
): Promise<boolean> {
  const before = isRedone(context) ? null : await record(door, body).catch(isNoRoom);
  await ack();
  if (before === 'no room') {
    door.log.warn('a request was refused, since the disk of the database is full');
    await alone(refusalNote(NO_ROOM)).catch((error: unknown) =>
      door.log.warn({ error }, 'an answer could not be delivered'),
    );
    return false;
  }
  if (before === 'closed') door.log.info('a request came again');
  return before !== 'closed';
}

/** Events are acked by Bolt before their listener runs, so those that nothing else tells of are recorded where they come in. */
export async function record(door: Pick<Door, 'db' | 'clock'>, body: object): ReturnType<typeof recordRequest> {
  const { token: _, ...recorded } = body as { token?: unknown };
  return recordRequest(door.db, { ...nameOf(body), body: JSON.stringify(recorded), now: door.clock.now() });
}

/**
 * Does a recorded request and tells its answer; what is refused or goes wrong is told with `alone`.
 *
 * @param work calls `once` with what changes something, which must use the database that it is given and nothing else
 * @param tell where it fails, the answer is told later
 */
export async function finishRecorded<A>(
  door: Recording,
  { body, context }: Pick<Acting, 'body' | 'context'>,
  alone: Tell,
  work: (once: Once<A>) => Promise<A>,
  tell: (said: A) => Promise<unknown>,
): Promise<void> {
  const name = nameOf(body);
  try {
    const said = await work((inTransaction) => runOnce(door.db, name, inTransaction));
    door.wake();
    await tellAndClose(door, name, () => tell(said));
  } catch (error) {
    if (error instanceof AlreadyClosed) return;
    // Whoever may not do it any more could when it was done, and is told what was done.
    const done = error instanceof Refusal ? await untoldAnswer<A>(door.db, name) : undefined;
    if (done) return tellAndClose(door, name, () => tell(done.said));
    const isLater = isWorthAnotherAttempt(error) || error instanceof CannotFindOut;
    const words = wordsFor(door, error);
    // That it takes longer is said once.
    if (isLater && isRedone(context)) return;
    await alone(refusalNote(isLater ? LATER : words)).catch((failure: unknown) =>
      door.log.warn({ error: failure }, 'an answer could not be delivered'),
    );
    if (!isLater) await closeRequest(door.db, name);
  }
}

/** Does what an event that was recorded where it came in tells of, in one transaction. Nobody waits for an answer. */
export async function followRecorded(
  door: Recording,
  event: Pick<Acting, 'body' | 'context'>,
  work: (db: Db) => Promise<unknown>,
): Promise<void> {
  const change = async (db: Db) => {
    await work(db);
    return null;
  };
  await finishRecorded<null>(door, event, saysNothing, (once) => once(change), saysNothing);
}

/** What could not be told is told by whoever takes the request over. */
async function tellAndClose(door: Recording, name: RequestName, tell: () => Promise<unknown>): Promise<void> {
  await tell().then(
    () => closeRequest(door.db, name),
    (error: unknown) => door.log.warn({ error }, 'an answer could not be delivered yet'),
  );
}

function isNoRoom(error: unknown): 'no room' {
  if (!isDiskFull(error)) throw error;
  return 'no room';
}

function isRedone(context: object): boolean {
  return 'isRedone' in context && context.isRedone === true;
}

function nameOf(body: object): RequestName {
  const { trigger_id: triggerId, event_id: eventId } = body as { trigger_id?: unknown; event_id?: unknown };
  const key = triggerId ?? eventId;
  if (typeof key !== 'string') throw new Error('A request without a name.');
  return { workspaceId: placeOf(body), key };
}
