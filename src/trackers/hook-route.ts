import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { TrackerKind } from '../domain/trackers/tracker.ts';
import type { Logger } from '../log.ts';
import { limitBodyMemory } from '../signals/body-memory.ts';
import { readBody } from '../signals/read-body.ts';
import { readJson } from '../signals/read-json.ts';
import type { Db, KeyRing } from '../usecases/doing.ts';
import {
  findHookSender,
  type HookSender,
  receiveCodeHook,
  receiveHook,
} from '../usecases/trackers/sync/receive-hook.ts';
import { githubHook } from './github/github-hook.ts';
import type { Hook } from './hook.ts';
import { jiraHook } from './jira/jira-hook.ts';
import { linearHook } from './linear/linear-hook.ts';

export const HOOK_PATH = '/trackers/:address';

export type HookDeps = {
  db: Db;
  /** Open the secrets that deliveries are verified with. */
  keys: KeyRing;
  clock: Pick<Clock, 'now'>;
  log: Logger;
  wake: () => void;
};

const HOOKS: Record<TrackerKind, Hook> = { github: githubHook, linear: linearHook, jira: jiraHook };

type Answer = { status: number; words: string };

const NOBODY: Answer = { status: 404, words: 'There is no such tracker.' };
const TAKEN: Answer = { status: 200, words: '' };

/**
 * Takes in what trackers send. 2xx says that it is committed; 4xx that the same again is of no use; 5xx asks for it again.
 * Neither the address nor anything that was sent is ever logged.
 */
export function hookRoute({ db, keys, clock, log, wake }: HookDeps) {
  const memory = limitBodyMemory();
  const receive = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    const address = /^\/trackers\/([\w-]{20,100})$/.exec(pathname)?.[1];
    const sender = address ? await findHookSender(db, keys, address) : null;
    if (!sender) return NOBODY;
    const reserved = memory.open(sender.id);
    try {
      const body = await readBody(request, reserved);
      if (!Buffer.isBuffer(body)) return UNREAD[body];
      const answer = await take(sender, request, body);
      if (answer === TAKEN) wake();
      return answer;
    } finally {
      reserved.release();
    }
  };
  const take = async (sender: HookSender, request: IncomingMessage, body: Buffer): Promise<Answer> => {
    const { isGenuine, ticketIn, tellsOfCode } = HOOKS[sender.kind];
    if (!isGenuine({ headers: request.headers, body }, sender.secret))
      return { status: 401, words: 'The signature does not fit the secret of this tracker.' };
    const read = readJson(body);
    if ('bad' in read) return { status: 400, words: read.bad };
    const externalId = ticketIn(read.json, sender.place);
    if (externalId !== null) await receiveHook(db, sender.id, externalId, clock.now());
    if (tellsOfCode?.(request.headers, read.json, sender.place)) await receiveCodeHook(db, sender.id, clock.now());
    return TAKEN;
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, words } = await receive(request).catch((error: unknown) => {
      log.error({ error }, 'what a tracker sent could not be kept');
      return { status: 503, words: 'Not now. Please send it again.' };
    });
    const isLeftOver = !request.complete;
    response
      .writeHead(status, { 'content-type': 'application/json', ...(isLeftOver ? { connection: 'close' } : {}) })
      .end(JSON.stringify(status < 300 ? { received: true } : { error: words }));
  };
}

const UNREAD = {
  'too large': { status: 413, words: 'The body is larger than a megabyte.' },
  'too slow': { status: 408, words: 'The body took too long to come.' },
  'cut off': { status: 400, words: 'The body was cut off.' },
  'no memory': { status: 503, words: 'Too much comes at once. Please send it again.' },
} as const;
