import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { limits } from '../../rules/limits.ts';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';
import { hurried, manifest, runningApp } from '../support/running-app.ts';

type Frame = { type: string; envelope_id?: string; reason?: string; [key: string]: unknown };

let quiet: Quiet;
const clients: WebSocket[] = [];

beforeEach(async () => {
  quiet = await quietWorkspace();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await quiet.sandbox.close();
});

async function open(header: string = limits.socketOpenToken.value) {
  const value = `Bearer ${quiet.sandbox.appToken}`;
  const response = await fetch(`${quiet.sandbox.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { [header]: value },
  });
  return (await response.json()) as { ok: boolean; url: string; error?: string };
}

/** Resolves once its first frame is there. */
async function connect(ack: (frame: Frame) => object | undefined = () => ({}), url?: string) {
  const socket = new WebSocket(url ?? (await open()).url);
  clients.push(socket);
  const frames: Frame[] = [];
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    frames.push(frame);
    const answer = frame.envelope_id ? ack(frame) : undefined;
    if (answer) socket.send(JSON.stringify({ envelope_id: frame.envelope_id, ...answer }));
  });
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  return { socket, frames };
}

test('socketOpenToken, socketTicketUses: the token in its header, and one connection for one address', async () => {
  expect(await open('x-token')).toMatchObject({ error: limits.noToken.value });
  const { url } = await open();
  for (let use = 0; use < limits.socketTicketUses.value; use += 1) await connect(undefined, url);
  await expect(connect(undefined, url)).rejects.toThrow();
});

test('socketHello, socketConnections, socketTooMany: ten are greeted, the next is turned away', async () => {
  for (let count = 1; count <= limits.socketConnections.value; count += 1) {
    const { frames } = await connect();
    expect(Object.keys(frames[0] ?? {})).toEqual([...limits.socketHello.value]);
    expect(frames[0]?.num_connections).toBe(count);
  }
  const { frames } = await connect();
  expect(frames[0]).toMatchObject({ type: 'disconnect', reason: limits.socketTooMany.value });
});

test('socketOneReceiver, socketEnvelope, socketEnvelopeTypes, socketUnsigned: each payload comes once, in its envelope', async () => {
  const connections = [await connect(), await connect()];
  const ana = quiet.sandbox.person('ana');
  await ana.slash('/tea', { channel: 'general' });
  await ana.globalShortcut('brew');
  await ana.say('eng-stability', 'hello');
  await quiet.sandbox.settled();
  const frames = connections.flatMap((connection) => connection.frames.slice(1));
  expect(frames.map(({ type }) => type).sort()).toEqual([...limits.socketEnvelopeTypes.value].sort());
  expect(new Set(frames.map((frame) => frame.envelope_id)).size).toBe(frames.length * limits.socketOneReceiver.value);
  for (const frame of frames)
    expect(Object.keys(frame)).toEqual(expect.arrayContaining([...limits.socketEnvelope.value]));
  const signed = JSON.stringify(frames).includes('signature') || frames.some(({ type }) => type === 'url_verification');
  expect(signed).toBe(limits.socketUnsigned.value);
});

test('socketRetryFields, socketRetryReason: an event without an ack comes again and says why', async () => {
  await quiet.sandbox.close();
  quiet = await quietWorkspace(hurried);
  let acks = 0;
  const { frames } = await connect((frame) => {
    if (frame.type !== 'events_api') return {};
    acks += 1;
    return acks === 1 ? undefined : {};
  });
  await quiet.sandbox.person('ana').say('eng-stability', 'hello');
  await expect.poll(() => frames.length).toBe(3);
  const [attempt, reason] = limits.socketRetryFields.value;
  expect(frames[2]).toMatchObject({ [attempt]: 1, [reason]: limits.socketRetryReason.value });
});

test('socketAckPayload: the words of an ack count only where the envelope takes them', async () => {
  const flag = limits.socketAckPayload.value;
  const { frames } = await connect(() => ({ payload: { text: 'from the ack' } }));
  const ana = quiet.sandbox.person('ana');
  await ana.slash('/tea', { channel: 'general' });
  await ana.globalShortcut('brew');
  expect(frames.slice(1).map((frame) => frame[flag])).toEqual([true, false]);
  expect(ana.messages('general').map(({ text }) => text)).toEqual(['from the ack']);
});

test('socketNobodyThere: without a connection a command fails at once', async () => {
  const ana = quiet.sandbox.person('ana');
  const { outcome } = await ana.slash('/tea', { channel: 'general' });
  expect(outcome === 'no_connection').toBe(limits.socketNobodyThere.value);
  await ana.sees(limits.commandUnreachableError.value, { in: 'general' });
});

test('socketDisconnectReasons: a warning, a refresh, and the end of Socket Mode, after which nobody comes in', async () => {
  const { frames } = await connect();
  const { sockets } = quiet.sandbox;
  sockets.warn();
  sockets.refresh();
  sockets.disableLink();
  await expect.poll(() => frames.length).toBe(4);
  expect(frames.slice(1).map(({ reason }) => reason)).toEqual([...limits.socketDisconnectReasons.value]);
  expect(await open()).toMatchObject({ ok: false, error: 'forbidden_team' });
  sockets.enableLink();
  expect((await open()).ok).toBe(true);
});

test('socketWarningMs, socketDebugRefreshSeconds: a client that asks for a short life is warned, then sent away', async () => {
  const { url } = await open();
  const { frames } = await connect(undefined, `${url}&debug_reconnects=true`);
  const usual = await connect();
  const life = limits.socketDebugRefreshSeconds.value;
  const warning = limits.socketWarningMs.value;
  expect(frames[0]?.debug_info).toMatchObject({ approximate_connection_time: life });
  const { clock } = quiet.sandbox;
  await clock.step(life * 1000 - warning - 1);
  expect(frames).toHaveLength(1);
  await clock.step(1);
  await expect.poll(() => frames[1]?.reason).toBe('warning');
  await clock.step(warning);
  await expect.poll(() => frames[2]?.reason).toBe('refresh_requested');
  expect(usual.frames).toHaveLength(1);
});

test('socketServerPingMs: the server lets the client know that it is there, often enough', async () => {
  const ping = quiet.sandbox.sockets.pingEveryMs;
  expect(ping).toBeLessThan(limits.socketServerPingMs.value);
  const { socket } = await connect();
  const pong = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await pong;
});

test('socketInsteadOfHttp, messageShortcutRepliesInThread, shortcutScope: a real client over Socket Mode', async () => {
  const urls: string[] = [];
  const running = await runningApp('socket', (app) =>
    app.shortcut('steep', async ({ ack, shortcut }) => {
      await ack();
      if ('response_url' in shortcut) urls.push(String(shortcut.response_url));
    }),
  );
  try {
    const { sandbox } = running;
    const ana = sandbox.person('ana');
    const parent = await ana.say('eng-stability', 'parent');
    const reply = await ana.say('eng-stability', 'reply', { thread: parent.ts });
    await ana.messageShortcut(reply, 'steep');
    await sandbox.settled();
    const body = JSON.stringify({ text: 'where?', response_type: 'in_channel' });
    await fetch(urls[0] ?? '', { method: 'POST', body });
    const answer = await ana.sees('where?', { in: 'eng-stability' });
    expect(answer.threadTs !== undefined).toBe(limits.messageShortcutRepliesInThread.value);
    expect(sandbox.audit.deliveries().every(({ httpStatus }) => httpStatus === undefined)).toBe(
      limits.socketInsteadOfHttp.value,
    );
    expect(manifest.oauth_config?.scopes?.bot).toContain(limits.shortcutScope.value);
  } finally {
    await running.stop();
  }
});
