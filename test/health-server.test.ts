import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHealthServer } from '../src/health-server.ts';
import { databases } from './databases.ts';
import { type RunningBot, startRunningBot, type Transport } from './running-bot.ts';

const [, onServer] = databases;
const startAt = new Date('2026-11-19T10:00:00Z');
let running: RunningBot;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await running.close();
});

/** The bot and where its health is told: beside Slack's endpoint, or on a server of its own over a socket. */
async function startServed(transport: Transport): Promise<string> {
  if (!onServer) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({ database: onServer, transport, startAt });
  if (transport === 'http') return running.address;
  const server = await startHealthServer(running.bot.routes, 0);
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
    expect(await read(`${address}/readyz`)).toEqual({
      status: 200,
      body: { database: true, slack: true, oldestDueSeconds: 0 },
    });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toMatch(/^burndown_ack_seconds_count\{kind="command"\} 1$/m);
    expect(metrics).toMatch(/^burndown_sends_total\{outcome="sent"\} 1$/m);
    expect(metrics).toMatch(/^burndown_outbox_messages\{state="due"\} 0$/m);
    expect(metrics).toMatch(/^burndown_occurrences_day\{outcome="missed"\} 0$/m);
    expect(metrics).toMatch(/^burndown_ticks_total\{outcome="ok"\} [1-9]/m);
    expect(metrics).toMatch(/^burndown_slack_connected 1$/m);
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

it('is not ready while Slack cannot reach it, and alive all the same', async () => {
  const address = await startServed('socket');
  running.sandbox.faults.add({ method: 'apps.connections.open', kind: 'server_error' });
  running.sandbox.sockets.cut();
  await vi.waitFor(async () => expect((await read(`${address}/readyz`)).status).toBe(503), 5_000);
  expect(await read(`${address}/readyz`)).toMatchObject({ body: { database: true, slack: false } });
  expect((await read(`${address}/healthz`)).status).toBe(200);
});
