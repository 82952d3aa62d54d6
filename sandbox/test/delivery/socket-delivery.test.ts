import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';
import { hurried, runningApp } from '../support/running-app.ts';

type Frame = {
  type: string;
  envelope_id?: string;
  reason?: string;
  payload?: { event_id?: string };
  [key: string]: unknown;
};

let quiet: Quiet;
const clients: WebSocket[] = [];

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await quiet.sandbox.close();
});

async function ticket(): Promise<string> {
  const headers = { authorization: `Bearer ${quiet.sandbox.appToken}` };
  const response = await fetch(`${quiet.sandbox.apiUrl}apps.connections.open`, { method: 'POST', headers });
  return ((await response.json()) as { url: string }).url;
}

/** A connection that acks what `acks` says, keeping every frame. Resolves after the first frame. */
async function connect(acks: (frame: Frame) => object | undefined = () => ({}), url?: string) {
  const socket = new WebSocket(url ?? (await ticket()));
  clients.push(socket);
  const frames: Frame[] = [];
  const first = new Promise<void>((resolve, reject) => {
    socket.once('message', () => resolve());
    socket.once('error', reject);
  });
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    const ack = frame.envelope_id ? acks(frame) : undefined;
    if (ack) socket.send(JSON.stringify({ envelope_id: frame.envelope_id, ...ack }));
  });
  await first;
  return { socket, frames };
}

describe('connections', () => {
  test('open with the app token in the header only, and a ticket admits one connection', async () => {
    const url = `${quiet.sandbox.apiUrl}apps.connections.open`;
    const call = async (init: RequestInit) =>
      ((await (await fetch(url, { method: 'POST', ...init })).json()) as { error?: string }).error;
    const body = new URLSearchParams({ token: quiet.sandbox.appToken });
    expect(await call({ body })).toBe('not_authed');
    expect(await call({ headers: { authorization: `Bearer ${quiet.sandbox.botToken}` } })).toBe(
      'not_allowed_token_type',
    );
    const once = await ticket();
    await connect(undefined, once);
    await expect(connect(undefined, once)).rejects.toThrow();
  });

  test('are greeted, and the eleventh is turned away', async () => {
    const opened = [];
    for (let index = 0; index < 11; index += 1) opened.push(await connect());
    expect(opened[9]?.frames[0]).toMatchObject({
      type: 'hello',
      num_connections: 10,
      connection_info: { app_id: quiet.sandbox.app.id },
    });
    expect(opened[10]?.frames[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    expect(quiet.sandbox.sockets.count()).toBe(10);
  });

  test('share the work: each envelope goes to one of them', async () => {
    const one = await connect();
    const two = await connect();
    const ana = quiet.sandbox.person('ana');
    for (let index = 0; index < 4; index += 1) await ana.say('eng-stability', `m${index}`);
    await quiet.sandbox.settled();
    const events = (frames: Frame[]) => frames.filter((frame) => frame.type === 'events_api');
    expect(events(one.frames)).toHaveLength(2);
    expect(events(two.frames)).toHaveLength(2);
  });
});

describe('envelopes', () => {
  test('say whether the ack may carry a payload, and are answered by it', async () => {
    const { frames } = await connect(() => ({ payload: { text: 'Brewing' } }));
    const ana = quiet.sandbox.person('ana');
    await ana.slash('/tea', { channel: 'general' });
    await ana.sees('Brewing', { in: 'general' });
    await ana.globalShortcut('brew');
    expect(frames[1]).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
    expect(frames[2]).toMatchObject({ type: 'interactive', accepts_response_payload: false });
  });

  test('an event without an ack is sent again with the same event_id and says so', async () => {
    await quiet.sandbox.close();
    quiet = await quietWorkspace(hurried);
    const { frames } = await connect((frame) => (frame.retry_attempt === 1 ? {} : undefined));
    await quiet.sandbox.person('ana').say('eng-stability', 'hello');
    await quiet.sandbox.settled();
    const [first, second] = frames.slice(1);
    expect(first).toMatchObject({ type: 'events_api', retry_attempt: 0 });
    expect(second).toMatchObject({ type: 'events_api', retry_attempt: 1, retry_reason: 'timeout' });
    expect(second?.payload?.event_id).toBe(first?.payload?.event_id);
    expect(second?.envelope_id).not.toBe(first?.envelope_id);
  });

  test('a command with nobody connected fails at once', async () => {
    const ana = quiet.sandbox.person('ana');
    expect(await ana.slash('/tea', { channel: 'general' })).toMatchObject({ outcome: 'no_connection' });
    await ana.sees('dispatch_failed');
  });

  test('a connection that is cut before the ack fails the command and frees its place', async () => {
    await connect(() => {
      quiet.sandbox.sockets.cut();
      return undefined;
    });
    const record = await quiet.sandbox.person('ana').slash('/tea', { channel: 'general' });
    expect(record.outcome).toBe('connection_failed');
    expect(quiet.sandbox.sockets.count()).toBe(0);
  });
});

test('a real client comes back after a refresh and goes on', async () => {
  const running = await runningApp(
    'socket',
    (app) => {
      app.command('/tea', async ({ ack }) => ack('Here again'));
    },
    { clientPingTimeout: 300 },
  );
  const { sandbox } = running;
  try {
    const back = new Promise<void>((resolve) => {
      let seenGone = false;
      sandbox.onChange(({ kind }) => {
        if (kind !== 'sockets') return;
        if (sandbox.sockets.count() === 0) seenGone = true;
        else if (seenGone) resolve();
      });
    });
    sandbox.sockets.refresh();
    await back;
    const ana = sandbox.person('ana');
    await ana.slash('/tea', { channel: 'general' });
    await ana.sees('Here again');
  } finally {
    await running.stop();
  }
});
