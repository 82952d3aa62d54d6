// @module-tag slow
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeLog } from '../../../src/log.ts';
import { socketConnection } from '../../../src/process/slack/socket-connection.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

let running: RunningBot;

beforeEach(async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  running = await startRunningBot({
    database: embedded,
    transport: 'socket',
    startAt: new Date('2026-11-19T10:00:00Z'),
  });
});
afterEach(() => running.close());

/** Somebody asks for the form and gets it. */
async function theFormOpens(): Promise<void> {
  await vi.waitFor(() => expect(running.sandbox.sockets.count()).toBe(1), 10_000);
  const ana = running.sandbox.person('ana');
  await ana.slash('/defect', { channel: '#eng-stability' });
  await ana.modal('Report a defect');
  await ana.closeAll();
}

it('is back at once after Slack asks for a new connection', async () => {
  const { sandbox } = running;
  const opened = sandbox.audit.calls('apps.connections.open').length;
  sandbox.sockets.refresh();
  await vi.waitFor(() => expect(sandbox.audit.calls('apps.connections.open').length).toBe(opened + 1), 1_000);
  await theFormOpens();
});

it('is back after its connection was cut and Slack refused the next ones', async () => {
  const { sandbox } = running;
  sandbox.faults.add({ method: 'apps.connections.open', kind: 'server_error', times: 2 });
  sandbox.sockets.cut();
  await vi.waitFor(() => expect(sandbox.faults.list()[0]?.struck).toBe(2), 10_000);
  await theFormOpens();
});

it('is back after a connection that never answered', async () => {
  const { sandbox } = running;
  sandbox.faults.add({ method: 'apps.connections.open', kind: 'drop_answer', times: 1 });
  sandbox.faults.add({ method: 'apps.connections.open', kind: 'rate_limit', retryAfter: 1, times: 1 });
  sandbox.sockets.cut();
  await vi.waitFor(() => expect(sandbox.faults.list().map(({ struck }) => struck)).toEqual([1, 1]), 10_000);
  await theFormOpens();
});

it('passes over a frame that tells of a rate limit', async () => {
  const { receiver } = socketConnection({
    appToken: 'xapp-1',
    network: {},
    random: () => 0.5,
    log: makeLog('silent'),
  });
  const seen: unknown[] = [];
  receiver.client.on('slack_event', ({ body }) => seen.push(body));
  const frame = (payload: object) => JSON.stringify({ type: 'events_api', envelope_id: 'E1', payload });
  receiver.client.emit('ws_message', frame({ type: 'app_rate_limited', minute_rate_limited: 1_518_467_820 }), false);
  receiver.client.emit('ws_message', frame({ event: { type: 'app_home_opened' } }), false);
  await vi.waitFor(() => expect(seen).toEqual([{ event: { type: 'app_home_opened' } }]));
});
