import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchRoom } from '../../src/db/engine/disk-room.ts';
import { programs } from '../../src/db/schema/workspaces.ts';
import { type Logger, makeLog } from '../../src/log.ts';
import { CONNECTION_LIMITS, type ConnectionLimits } from '../../src/process/connection-limits.ts';
import { type HealthRoute, startHealthServer } from '../../src/telemetry/health-server.ts';
import { databases, type TestDatabase } from '../databases.ts';
import { type RunningBot, startRunningBot, type Transport } from '../running-bot.ts';

const [, onServer] = databases;
const startAt = new Date('2026-11-19T10:00:00Z');
let running: RunningBot;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await running.close();
});

/** The bot and where its health is told: beside Slack's endpoint, or on a server of its own over a socket. */
async function startServed(transport: Transport, log?: Logger): Promise<string> {
  if (!onServer) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({ database: onServer, transport, startAt, ...(log ? { log } : {}) });
  if (transport === 'http') return running.address;
  return serve(running.bot.routes);
}

async function serve(routes: readonly HealthRoute[], limits?: ConnectionLimits): Promise<string> {
  const server = await startHealthServer(routes, { port: 0, ...(limits ? { limits } : {}) });
  closers.push(server.close);
  return `http://127.0.0.1:${server.port}`;
}

async function read(address: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(address);
  return { status: response.status, body: await response.json() };
}

describe.each<Transport>(['http', 'socket'])('over %s', (transport) => {
  it('says that it is alive and ready, and counts what it does', async () => {
    const address = await startServed(transport);
    const ana = running.sandbox.person('ana');
    await ana.sees('Report what breaks', { in: '#eng-stability' });
    await ana.slash('/defect', { channel: '#eng-stability' });
    await ana.modal('Report a defect');
    expect(await read(`${address}/healthz`)).toEqual({ status: 200, body: { alive: true } });
    expect(await read(`${address}/readyz`)).toEqual({ status: 200, body: { ready: true } });
    expect((await fetch(`${address}/metrics`)).status).toBe(404);
    const metrics = await (await fetch(`${await serve(running.bot.metricsRoutes)}/metrics`)).text();
    expect(metrics).toMatch(/^burndown_ack_seconds_count\{kind="command"\} 1$/m);
    expect(metrics).toMatch(/^burndown_sends_total\{outcome="sent"\} 1$/m);
    expect(metrics).toMatch(/^burndown_outbox_messages\{state="due"\} 0$/m);
    expect(metrics).toMatch(/^burndown_occurrences_day\{outcome="missed"\} 0$/m);
    expect(metrics).toMatch(/^burndown_ticks_total\{outcome="ok"\} [1-9]/m);
    expect(metrics).toMatch(/^burndown_slack_connected 1$/m);
    expect(metrics).toMatch(/^burndown_database_reachable 1$/m);
  });
});

it.each<Transport>(['http', 'socket'])(
  'over %s refuses an address that cannot be read as the fault of whoever asks',
  async (transport) => {
    const address = await startServed(transport);
    for (const path of ['/signals/github/%zz-a-secret-token-of-thirty', '/signals/%/x', '//']) {
      const { status } = await fetch(`${address}${path}`, { method: 'POST', body: '{}' });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  },
);

it('tells whoever asks only that it is not ready, its log why, once, and is alive all the same', async () => {
  const lines: string[] = [];
  const log = makeLog('warn', { write: (line: string) => void lines.push(line) });
  const address = await startServed('socket', log);
  running.sandbox.faults.add({ method: 'apps.connections.open', kind: 'server_error' });
  running.sandbox.sockets.cut();
  await vi.waitFor(async () => expect((await read(`${address}/readyz`)).status).toBe(503), 5_000);
  expect(await read(`${address}/readyz`)).toEqual({ status: 503, body: { ready: false } });
  expect((await read(`${address}/healthz`)).status).toBe(200);
  const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'not ready');
  expect(told).toMatchObject([{ database: true, slack: false }]);
});

describe.each(databases)('on a full disk under $name', (database) => {
  it('is not ready, in words, tells each lead once a day, and is ready again when there is room', async () => {
    let isFull = false;
    const room = watchRoom(() => (isFull ? Promise.reject(new Error('no space left')) : Promise.resolve()));
    const open = async () => ({ ...(await database.open()), hasRoom: room.hasRoom });
    running = await startRunningBot({ database: { ...database, open }, transport: 'http', startAt });
    const ana = running.sandbox.person('ana');
    await ana.sees('Report what breaks', { in: '#eng-stability' });
    await running.db.update(programs).set({ leadIds: [ana.id] });
    isFull = true;
    room.noteError(Object.assign(new Error('could not extend file'), { code: '53100' }));
    for (const hours of [0, 1, 2, 24]) await running.pass(hours * 3_600_000);
    expect(await read(`${running.address}/readyz`)).toEqual({
      status: 503,
      body: { ready: false, why: 'the disk of the database is full' },
    });
    isFull = false;
    await running.pass(60_000);
    expect(await read(`${running.address}/readyz`)).toEqual({ status: 200, body: { ready: true } });
    const told = ana.messages('burndown').filter(({ text }) => text.includes('The disk of my database is full'));
    expect(told).toHaveLength(2);
  });
});

const LIMITS: ConnectionLimits = {
  headersTimeout: 50,
  requestTimeout: 100,
  keepAliveTimeout: 50,
  connectionsCheckingInterval: 10,
  maxConnections: 2,
};

/** What a server sends to a connection over which this was said and nothing more, until it closes it. */
async function heardUntilClosed(address: string, said: string): Promise<string> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.on('error', () => {});
  socket.write(said);
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

const ENDPOINTS = {
  'the server of health and signals': async (limits: ConnectionLimits) => {
    running = await startRunningBot({ database: databases[1] as TestDatabase, transport: 'socket', startAt });
    return serve(running.bot.routes, limits);
  },
  "the server of Slack's requests": async (limits: ConnectionLimits) => {
    const options = { database: databases[1] as TestDatabase, transport: 'http', startAt } as const;
    running = await startRunningBot({ ...options, connectionLimits: limits });
    return running.address;
  },
};

describe.each(Object.entries(ENDPOINTS))('%s', (_, start) => {
  it('closes whoever says nothing, stops in the middle of a request, or is idle after one', async () => {
    const address = await start(LIMITS);
    expect(await heardUntilClosed(address, '')).not.toContain('200');
    expect(await heardUntilClosed(address, 'GET /healthz HTTP/1.1\r\nhost: x\r\n')).toContain(' 408 ');
    const half = 'POST /signals/json/a-token-of-twenty-letters HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{';
    expect(await heardUntilClosed(address, half)).not.toContain(' 200 ');
    expect(await heardUntilClosed(address, 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')).toContain(' 200 ');
  });

  it('closes what comes beyond its limit, and serves who is within', async () => {
    const address = await start({ ...CONNECTION_LIMITS, maxConnections: 2 });
    const port = Number(new URL(address).port);
    const within = [1, 2].map(() => connect(port, '127.0.0.1'));
    await Promise.all(within.map((socket) => once(socket, 'connect')));
    expect(await heardUntilClosed(address, '')).toBe('');
    for (const socket of within) socket.destroy();
    await Promise.all(within.map((socket) => once(socket, 'close')));
    expect((await read(`${address}/healthz`)).status).toBe(200);
  });
});
