import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deliveryKeyOf, eventOf, type SignalHeaders } from '../domain/signals/delivery-identity.ts';
import { SIGNAL_KINDS } from '../domain/signals/signal.ts';
import type { Clock, ElapsedMs } from '../domain/time/clock.ts';
import type { Logger } from '../log.ts';
import type { Db, KeyRing } from '../usecases/doing.ts';
import {
  admitDeliveries,
  type Called,
  findSenders,
  refuseDeliveries,
  type Sender,
  type VerifiedDelivery,
} from '../usecases/signals/admit-delivery.ts';
import type { Backpressure } from './backpressure.ts';
import { batched } from './batched.ts';
import { type BodyMemory, type BodyMemoryLimits, limitBodyMemory } from './body-memory.ts';
import { inTurns } from './in-turns.ts';
import { BODY_LIMIT, declaredLength, readBody, type Unread } from './read-body.ts';
import { readJson } from './read-json.ts';
import { countRefusals, type RefusalCount } from './refusal-count.ts';
import { countQuotas, type Quotas, type SourceQuotas, type Wait } from './source-quotas.ts';
import { asksForPassword, isGenuine } from './verify-delivery.ts';

export type SignalDeps = {
  db: Db;
  /** Open the secrets that deliveries are verified with. */
  keys: KeyRing;
  clock: Clock;
  elapsedMs: ElapsedMs;
  log: Logger;
  load: Backpressure;
  wake: () => void;
  /** What production lets in unless given. */
  limits?: { quotas?: Quotas; memory?: BodyMemoryLimits };
};

export const SIGNAL_PATH = '/signals/:source/:token';

type Intake = {
  findSender: (called: Called) => Promise<Sender | null>;
  admit: (delivery: VerifiedDelivery) => Promise<boolean>;
  quotas: SourceQuotas;
  memory: BodyMemory;
  refusals: RefusalCount;
  /** Verifying and parsing several megabytes in one stretch would hold up everybody else. */
  turn: () => Promise<void>;
};

export type SignalRoute = {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Writes what was refused and not counted in the database yet. */
  settled: () => Promise<void>;
};

type Answer = { status: number; words: string; headers?: Record<string, string> };

const MOST_TOGETHER = 50;
// Large ones go one by one, since the embedded database does nothing else during a statement.
const MOST_BYTES_TOGETHER = 131_072;
// What comes after the answer is read and thrown away up to this length, so that the sender sees the answer.
const SMALL_BODY = 65_536;

const NOBODY: Answer = { status: 404, words: 'There is no such source.' };
const LATER: Answer = { status: 503, words: 'Not now. Please send it again.', headers: { 'retry-after': '30' } };
const NO_MEMORY: Answer = {
  status: 503,
  words: 'Too much comes at once. Please send it again.',
  headers: { 'retry-after': '5' },
};

/**
 * Takes deliveries in. 2xx says that one is committed; 4xx that sending the same again is of no use, but for 429, which
 * says when it is; 5xx asks for it again. Neither the address nor anything that was sent is ever logged.
 */
export function signalRoute(deps: SignalDeps): SignalRoute {
  const { db, keys, log } = deps;
  // Bursts of small deliveries are the rule, and a commit costs as much for one as for fifty.
  const intake: Intake = {
    findSender: batched((called) => findSenders(db, keys, called), { items: MOST_TOGETHER }),
    admit: batched((deliveries) => admitDeliveries(db, deliveries), {
      items: MOST_TOGETHER,
      weight: MOST_BYTES_TOGETHER,
      weigh: ({ body }) => body.length,
    }),
    quotas: countQuotas(deps.elapsedMs, deps.limits?.quotas),
    memory: limitBodyMemory(deps.limits?.memory),
    refusals: countRefusals({ write: (refused) => refuseDeliveries(db, refused), log }),
    turn: inTurns(),
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await deps.load.during(receive(deps, intake, request)).catch((error: unknown) => {
      log.error({ error }, 'a delivery could not be kept');
      return LATER;
    });
    const isLeftOver = !request.complete && declaredLength(request) > SMALL_BODY;
    response
      .writeHead(answer.status, {
        'content-type': 'application/json',
        ...(isLeftOver ? { connection: 'close' } : {}),
        ...answer.headers,
      })
      .end(JSON.stringify(answer.status < 300 ? { received: true } : { error: answer.words }));
  };
  return { handle, settled: intake.refusals.settled };
}

async function receive({ clock, wake }: SignalDeps, intake: Intake, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://localhost');
  const [, kindNamed, token] = /^\/signals\/([a-z_]{1,30})\/([\w-]{20,100})$/.exec(pathname) ?? [];
  const kind = SIGNAL_KINDS.find((one) => one === kindNamed);
  const receivedAt = clock.now();
  const sender = kind && token ? await intake.findSender({ kind, token, at: receivedAt }) : null;
  if (!sender) return NOBODY;
  const refuse = (answer: Answer): Answer => {
    intake.refusals.note({ sourceId: sender.id, words: answer.words, at: receivedAt });
    return answer;
  };
  const tooMuch = intake.quotas.waitOf(sender.id);
  if (tooMuch) return refuse(waitAnswer(tooMuch));
  const raw = { headers: flat(request), query, receivedAt };
  // A password stands in the headers, so that a stranger's body is not read at all.
  if (asksForPassword(sender.kind) && !(await isGenuine(sender.kind, { ...raw, body: NO_BODY }, sender.secrets))) {
    return refuse(strangerAnswer(sender));
  }
  const crowd = declaredLength(request) > SMALL_BODY ? intake.quotas.strangerWaitOf(sender.id) : null;
  if (crowd) return refuse(waitAnswer(crowd));
  const reserved = intake.memory.open(sender.id);
  try {
    const body = await readBody(request, reserved);
    if (!Buffer.isBuffer(body)) {
      // A length that nobody declared shows only while the body comes.
      chargeUnread(intake.quotas, sender, reserved.bytes());
      return body === 'cut off' ? UNREAD[body] : refuse(UNREAD[body]);
    }
    if (body.length === 0) return refuse({ status: 400, words: 'The body is empty.' });
    if (body.length > SMALL_BODY) await intake.turn();
    if (!(await isGenuine(sender.kind, { ...raw, body }, sender.secrets))) {
      intake.quotas.spendStranger(sender.id, body.length);
      return refuse(strangerAnswer(sender));
    }
    const overrun = intake.quotas.spend(sender.id, body.length);
    if (overrun) return refuse(waitAnswer(overrun));
    const read = readJson(body);
    if ('bad' in read) return refuse({ status: 400, words: read.bad });
    const hash = createHash('sha256').update(body).digest('hex');
    const isNew = await intake.admit({
      sender,
      deliveryKey: deliveryKeyOf(sender.kind, raw.headers, read.json, hash),
      event: eventOf(sender.kind, raw.headers),
      body: read.text,
      receivedAt,
    });
    if (isNew) wake();
    return { status: 200, words: 'Received.' };
  } finally {
    reserved.release();
  }
}

const NO_BODY = Buffer.alloc(0);

const UNREAD: Record<Unread, Answer> = {
  'too large': { status: 413, words: `The body is larger than ${BODY_LIMIT} bytes.` },
  'too slow': { status: 408, words: 'The body took too long to come.', headers: { connection: 'close' } },
  'cut off': { status: 400, words: 'The body was cut off.' },
  'no memory': NO_MEMORY,
};

/** Who has given the password pays for it; without one nobody knows who sent it. */
function chargeUnread(quotas: SourceQuotas, { id, kind }: Sender, bytes: number): void {
  if (bytes === 0) return;
  if (asksForPassword(kind)) quotas.spend(id, bytes);
  else quotas.spendStranger(id, bytes);
}

function waitAnswer({ seconds, words }: Wait): Answer {
  return { status: 429, words, headers: { 'retry-after': String(seconds) } };
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

function flat({ headers }: IncomingMessage): SignalHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
