import type { App } from '@slack/bolt';
import { refusalNote } from '../blocks/help-message.ts';
import {
  AlreadyTold,
  doKept,
  forgetKept,
  isDoneLater,
  keepRequest,
  type RequestName,
  takeKept,
} from '../usecases/do-kept.ts';
import type { Db } from '../usecases/doing.ts';
import { type Tell, wordsFor } from './answer.ts';
import type { Deps } from './deps.ts';
import { teamOf } from './slack-context.ts';

type Body = Parameters<typeof teamOf>[0] & { trigger_id?: unknown; event_id?: unknown };
/** For work that enqueues what is to be said about it. */
export const saysNothing = async (): Promise<void> => {};

/** What Bolt hands to the listener of something that acts. */
export type Acting = { ack: () => Promise<unknown>; body: object; context: Record<string, unknown> };
/** Does the work and keeps its answer in one commit. */
export type Once<A> = (work: (db: Db) => Promise<A>) => Promise<A>;

// Two hours of trouble. A request that takes its process down each time is not tried for ever.
const MOST_ATTEMPTS = 8;
const LATER = 'Something that I need cannot be reached right now. I have kept what you asked for and will do it soon.';

/**
 * Answers a request that changes something. It is committed before it is acked, so that what was acked is done once,
 * whoever dies; `work` must use the database that it is given, and nothing else that changes something.
 *
 * @param alone tells the person what is refused or went wrong
 * @param tell tells what was done; where it fails, the answer is told later
 */
export async function act<A>(
  deps: Deps,
  request: Acting,
  alone: Tell,
  work: (db: Db) => Promise<A>,
  tell: (said: A) => Promise<unknown>,
): Promise<void> {
  await keepAndAck(deps, request);
  await finishKept<A>(deps, request, alone, (once) => once(work), tell);
}

export async function keepAndAck(deps: Deps, { ack, body, context }: Acting): Promise<void> {
  if (!context.isKept) await keep(deps, body);
  await ack();
}

/** The rest of `act`, where something has to be asked for before the work begins. */
export async function finishKept<A>(
  deps: Deps,
  { body, context }: Pick<Acting, 'body' | 'context'>,
  alone: Tell,
  work: (once: Once<A>) => Promise<A>,
  tell: (said: A) => Promise<unknown>,
): Promise<void> {
  const name = nameOf(body);
  try {
    const said = await work((inTransaction) => doKept(deps.db, name, inTransaction));
    deps.wake();
    // What could not be told is told by whoever takes the request over.
    await tell(said).then(
      () => forgetKept(deps.db, name),
      (error: unknown) => deps.log.warn({ error }, 'an answer could not be delivered yet'),
    );
  } catch (error) {
    if (error instanceof AlreadyTold) return;
    const isLater = isDoneLater(error) || isOfSlack(error);
    const words = wordsFor(deps, error);
    // That it takes longer is said once.
    if (isLater && context.isKept) return;
    await alone(refusalNote(isLater ? LATER : words)).catch((failure: unknown) =>
      deps.log.warn({ error: failure }, 'an answer could not be delivered'),
    );
    if (!isLater) await forgetKept(deps.db, name);
  }
}

/** An invitation is acked by Bolt itself, so it is kept where it comes in. */
export function keepInvitations(app: App, deps: Deps): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const { event: what, authorizations } = event.body as {
      event?: { type?: unknown; user?: unknown };
      authorizations?: { user_id?: unknown }[];
    };
    const isOurs = what?.type === 'member_joined_channel' && authorizations?.[0]?.user_id === what.user;
    if (isOurs && !event.customProperties?.isKept) await keep(deps, event.body);
    return process(event);
  };
}

/** Does what was acked by a process that died before it was done. */
export async function workOnKept(app: App, deps: Deps): Promise<void> {
  for (const { body, attempts, workspaceId, key } of await takeKept(deps.db)) {
    if (attempts > MOST_ATTEMPTS) {
      deps.log.error({ attempts }, 'a request that was acked cannot be done, or its answer not be told');
      deps.onFailure?.();
      await forgetKept(deps.db, { workspaceId, key });
      continue;
    }
    deps.log.warn({ attempts }, 'a request that was acked is done late');
    await app.processEvent({ body: JSON.parse(body), ack: async () => {}, customProperties: { isKept: true } });
  }
}

function isOfSlack(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith('slack_webapi');
}

async function keep(deps: Deps, body: object): Promise<void> {
  const { token: _, ...kept } = body as { token?: unknown };
  await keepRequest(deps.db, { ...nameOf(body), body: JSON.stringify(kept), now: deps.clock.now() });
}

function nameOf(body: Body): RequestName {
  const key = body.trigger_id ?? body.event_id;
  if (typeof key !== 'string') throw new Error('A request without a name.');
  return { workspaceId: teamOf(body), key };
}
