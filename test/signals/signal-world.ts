import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc } from 'drizzle-orm';
import { signatureOf } from '../../bench/senders/sign-delivery.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { signalDeliveries } from '../../src/db/schema/signals.ts';
import { sealSecret } from '../../src/db/signals/signal-secrets.ts';
import { hashOf, insertSignalSource, type SignalSource } from '../../src/db/signals/signal-sources.ts';
import type { SignalMapping } from '../../src/domain/signals/senders/generic-json.ts';
import type { SignalKind } from '../../src/domain/signals/signal.ts';
import { makeLog } from '../../src/log.ts';
import { createBackpressure } from '../../src/signals/backpressure.ts';
import { type SignalDeps, signalRoute } from '../../src/signals/signal-route.ts';
import { startSignalWorker } from '../../src/signals/signal-worker.ts';
import { workOnDeliveries } from '../../src/usecases/signals/work-on-deliveries.ts';
import { aProgram, MONDAY } from '../builders.ts';
import type { TestDatabase } from '../databases.ts';
import { someKeys } from '../some-keys.ts';

export const TOKEN = 'this-token-is-in-the-address-only';
export const SECRET = 'the-secret-that-must-not-be-logged';
export const OLD_SECRET = 'the-secret-of-last-month';

export type SignalWorld = Awaited<ReturnType<typeof startSignalWorld>>;

export type Sent = { status: number; headers: Headers; body: string; tookMs: number };

/** The route and the worker behind a real HTTP server, with a clock that stands still until it is moved. */
export async function startSignalWorld(database: TestDatabase, limits: SignalDeps['limits'] = {}) {
  const opened = await database.open();
  const { db } = opened;
  const program = await aProgram(db);
  let nowAt = MONDAY;
  const clock = { now: () => nowAt, onChange: () => () => {} };
  const lines: string[] = [];
  const log = makeLog('debug', { write: (line: string) => void lines.push(line) });
  const load = createBackpressure();
  const worker = startSignalWorker({ db, clock, log, load, sendSoon: () => {} });
  let elapsedMs = 0;
  const route = signalRoute({
    db,
    keys: someKeys,
    clock,
    elapsedMs: () => elapsedMs,
    log,
    load,
    wake: () => {},
    limits,
  });
  const server = createServer(route.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    db,
    program,
    origin,
    log: () => lines.join('\n'),
    setNow: (at: Date) => {
      nowAt = at;
    },
    /** Lets real time pass, by which quotas count. */
    passMs: (ms: number) => {
      elapsedMs += ms;
    },
    /** Resolves when all that was refused is counted in the database. */
    settled: route.settled,
    /** A source of this kind whose address ends in `TOKEN`, or in a token of its own. */
    source: (kind: SignalKind, over: { mapping?: SignalMapping; token?: string; name?: string } = {}) =>
      aSource(db, program, kind, over),
    send: (kind: SignalKind, body: unknown, over: Partial<Delivery> = {}) => send(origin, kind, body, nowAt, over),
    /** Works on everything that waits. */
    work: () => worker.wake(),
    /** Works on as much as fits into one transaction. */
    workOnce: () => workOnDeliveries(db, nowAt, 200),
    /** Works on nothing more than what was begun. */
    stopWork: () => worker.stop(),
    deliveries: () => db.select().from(signalDeliveries).orderBy(asc(signalDeliveries.id)),
    close: async () => {
      await worker.stop();
      await route.settled();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await opened.close();
    },
  };
}

async function aSource(
  db: Db,
  program: { id: number; workspaceId: string; areaIds: number[] },
  kind: SignalKind,
  over: { mapping?: SignalMapping; token?: string; name?: string },
): Promise<SignalSource> {
  const owner = { workspaceId: program.workspaceId, tokenHash: hashOf(over.token ?? TOKEN) };
  return insertSignalSource(db, {
    programId: program.id,
    kind,
    name: over.name ?? `Our ${kind}`,
    areaId: program.areaIds[0] ?? 0,
    severity: 'S3',
    mapping: over.mapping ?? null,
    token: over.token ?? TOKEN,
    secrets: [
      sealSecret(someKeys, SECRET, owner),
      { ...sealSecret(someKeys, OLD_SECRET, owner), expiresAt: '2026-11-24T00:00:00.000Z' },
    ],
    createdBy: 'UANA',
    createdAt: MONDAY,
  });
}

export type Delivery = {
  secret: string;
  token: string;
  /** Sent instead of the bytes that were signed. */
  tampered: string;
  headers: Record<string, string>;
  signedAt: Date;
};

async function send(
  origin: string,
  kind: SignalKind,
  body: unknown,
  now: Date,
  { secret = SECRET, token = TOKEN, tampered, headers = {}, signedAt = now }: Partial<Delivery>,
): Promise<Sent> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const startedMs = performance.now();
  const response = await fetch(`${origin}/signals/${kind}/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signatureOf(kind, raw, secret, signedAt), ...headers },
    body: tampered ?? raw,
  });
  const answered = await response.text();
  return { status: response.status, headers: response.headers, body: answered, tookMs: performance.now() - startedMs };
}
