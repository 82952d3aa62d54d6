import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { deliveryKeyOf, eventOf, type SignalHeaders } from '../domain/signals/delivery-identity.ts';
import { isObject } from '../domain/signals/json-pointer.ts';
import { SIGNAL_KINDS } from '../domain/signals/signal.ts';
import type { Logger } from '../log.ts';
import {
  admitDeliveries,
  type Called,
  findSenders,
  refuseDelivery,
  type Sender,
  type VerifiedDelivery,
} from '../usecases/admit-delivery.ts';
import type { Db } from '../usecases/doing.ts';
import { gathered } from './gathered.ts';
import type { IntakeLoad } from './intake-load.ts';
import { BODY_LIMIT, readBody } from './read-body.ts';
import { asksForPassword, isGenuine } from './verify-delivery.ts';

export type SignalDeps = { db: Db; clock: Clock; log: Logger; load: IntakeLoad; wake: () => void };

export const SIGNAL_PATH = '/signals/:source/:token';

type Intake = {
  findSender: (called: Called) => Promise<Sender | null>;
  admit: (delivery: VerifiedDelivery) => Promise<boolean>;
};

type Answer = { status: number; words: string; headers?: Record<string, string> };

const MOST_TOGETHER = 50;

const NOBODY: Answer = { status: 404, words: 'There is no such source.' };
const LATER: Answer = { status: 503, words: 'Not now. Please send it again.', headers: { 'retry-after': '30' } };

/**
 * Takes deliveries in. 2xx says that one is committed; 4xx that sending the same again is of no use; 5xx asks for it again.
 * Neither the address nor anything that was sent is ever logged.
 */
export function signalRoute(deps: SignalDeps) {
  const { db } = deps;
  // Bursts of small deliveries are the rule, and a commit costs as much for one as for fifty.
  const intake: Intake = {
    findSender: gathered((called) => findSenders(db, called), MOST_TOGETHER),
    admit: gathered((deliveries) => admitDeliveries(db, deliveries), MOST_TOGETHER),
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await deps.load.during(receive(deps, intake, request)).catch((error: unknown) => {
      deps.log.error({ error }, 'a delivery could not be kept');
      return LATER;
    });
    const connection = answer.status === 413 || answer.status === 408 ? { connection: 'close' } : {};
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...connection, ...answer.headers })
      .end(JSON.stringify(answer.status < 300 ? { received: true } : { error: answer.words }));
  };
}

async function receive(
  { db, clock, log, wake }: SignalDeps,
  { findSender, admit }: Intake,
  request: IncomingMessage,
): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const [, kindNamed, token] = /^\/signals\/([a-z_]{1,30})\/([\w-]{20,100})$/.exec(pathname) ?? [];
  const kind = SIGNAL_KINDS.find((one) => one === kindNamed);
  const receivedAt = clock.now();
  const sender = kind && token ? await findSender({ kind, token, at: receivedAt }) : null;
  if (!sender) return NOBODY;
  const refuse = async (answer: Answer): Promise<Answer> => {
    log.warn({ source: sender.id, kind: sender.kind, status: answer.status }, 'a delivery was refused');
    await refuseDelivery(db, sender, answer.words, receivedAt);
    return answer;
  };
  const body = await readBody(request);
  if (body === 'too large') return refuse({ status: 413, words: `The body is larger than ${BODY_LIMIT} bytes.` });
  if (body === 'too slow') return refuse({ status: 408, words: 'The body took too long to come.' });
  if (body === 'cut off') return { status: 400, words: 'The body was cut off.' };
  if (body.length === 0) return refuse({ status: 400, words: 'The body is empty.' });
  const headers = flat(request);
  if (!(await isGenuine(sender.kind, { headers, query: searchParams, body, receivedAt }, sender.secrets))) {
    return refuse(strangerAnswer(sender));
  }
  const text = textOf(body);
  const parsed = text === null ? undefined : parse(text);
  if (text === null || !isObject(parsed)) return refuse({ status: 400, words: 'The body is not a JSON object.' });
  const hash = createHash('sha256').update(body).digest('hex');
  const isNew = await admit({
    sender,
    deliveryKey: deliveryKeyOf(sender.kind, headers, parsed, hash),
    event: eventOf(sender.kind, headers),
    body: text,
    receivedAt,
  });
  if (isNew) wake();
  return { status: 200, words: 'Received.' };
}

function strangerAnswer({ kind, secrets }: Sender): Answer {
  const words =
    secrets.length === 0 ? 'This source has no secret yet.' : 'The signature or password does not fit, or is too old.';
  return {
    status: 401,
    words,
    ...(asksForPassword(kind) ? { headers: { 'www-authenticate': 'Basic realm="signals"' } } : {}),
  };
}

/** Strictly UTF-8: what is kept must be what was signed. */
function textOf(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

// The parser's own message may quote the body, so it goes nowhere.
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function flat({ headers }: IncomingMessage): SignalHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
