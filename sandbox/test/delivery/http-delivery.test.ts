import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../engine/sandbox.ts';
import type { SandboxOptions } from '../../options.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';
import { type Received, type Reply, rawApp } from '../support/raw-app.ts';
import { hurried } from '../support/running-app.ts';

let app: Awaited<ReturnType<typeof rawApp>> | undefined;
let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  await app?.stop();
});

async function against(reply: (received: Received, count: number) => Reply, options: Partial<SandboxOptions> = {}) {
  app = await rawApp(reply);
  const quiet = await quietWorkspace({ delivery: { kind: 'http', url: app.url }, ...options });
  sandbox = quiet.sandbox;
  return { sandbox, received: app.received, ana: sandbox.person('ana') };
}

describe('signed requests', () => {
  test('carry a signature over the raw body that the signing secret proves, at the time of the wall clock', async () => {
    const { sandbox, received, ana } = await against(() => ({}));
    await ana.slash('/tea für zwei & "mehr"', { channel: 'general' });
    const [request] = received;
    const timestamp = String(request?.headers['x-slack-request-timestamp']);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(5);
    const digest = createHmac('sha256', sandbox.signingSecret).update(`v0:${timestamp}:${request?.body}`).digest('hex');
    expect(request?.headers['x-slack-signature']).toBe(`v0=${digest}`);
  });

  test('commands and interactions are forms without a charset, events are JSON', async () => {
    const { received, ana, sandbox } = await against(() => ({}));
    await ana.slash('/tea a=b', { channel: 'general' });
    await ana.globalShortcut('brew');
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    const [command, shortcut, event] = received;
    expect(command?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(command?.body))).toMatchObject({
      command: '/tea',
      text: 'a=b',
      channel_name: 'general',
      user_name: 'ana',
      is_enterprise_install: 'false',
    });
    expect(shortcut?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(JSON.parse(new URLSearchParams(shortcut?.body).get('payload') ?? '')).toMatchObject({ type: 'shortcut' });
    expect(event?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(event?.body ?? '')).toMatchObject({ type: 'event_callback', event: { type: 'message' } });
  });

  test('the address is verified by an echo of the challenge', async () => {
    const { sandbox } = await against(({ body }) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ challenge: JSON.parse(body).challenge }),
    }));
    expect(await sandbox.verifyUrl()).toBe(true);
  });

  test('an address that does not echo is not verified', async () => {
    const { sandbox } = await against(() => ({ body: 'ok' }));
    expect(await sandbox.verifyUrl()).toBe(false);
  });
});

describe('an app that does not answer well', () => {
  test.each<[string, Reply, string]>([
    ['never answers', 'never', '/tea failed because the app did not respond'],
    ['answers 404', { status: 404 }, '/tea failed with the error "http_client_error"'],
    ['answers 500', { status: 500 }, '/tea failed with the error "dispatch_failed"'],
    ['answers 201', { status: 201 }, '/tea failed with the error "dispatch_failed"'],
  ])('to a command: when it %s, the person is told', async (_, reply, text) => {
    const { ana, received, sandbox } = await against(() => reply, reply === 'never' ? hurried : {});
    const record = await ana.slash('/tea', { channel: 'general' });
    expect(record.outcome).not.toBe('acked');
    expect(await ana.sees(text, { in: 'general' })).toMatchObject({ user: 'USLACKBOT', ephemeralTo: ana.id });
    await sandbox.clock.step(600_000);
    expect(received).toHaveLength(1);
  });

  test('to an event: it is sent three times more, at once, after a minute and after five, with the same id', async () => {
    const { ana, received, sandbox } = await against(() => ({ status: 500 }));
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    expect(received).toHaveLength(2);
    await sandbox.clock.step(59_999);
    await sandbox.settled();
    expect(received).toHaveLength(2);
    await sandbox.clock.step(1);
    await sandbox.settled();
    expect(received).toHaveLength(3);
    await sandbox.clock.step(300_000);
    await sandbox.settled();
    await sandbox.clock.step(86_400_000);
    await sandbox.settled();
    expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(received.at(-1)?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  test('to an event: silence is retried as http_timeout, and an ack ends it', async () => {
    const { ana, received, sandbox } = await against((_, count) => (count === 1 ? 'never' : {}), hurried);
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    expect(received.map(({ headers }) => headers['x-slack-retry-reason'])).toEqual([undefined, 'http_timeout']);
    await sandbox.clock.step(86_400_000);
    await sandbox.settled();
    expect(received).toHaveLength(2);
  });

  test('to an event: the app can ask not to be sent it again', async () => {
    const { ana, received, sandbox } = await against(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    expect(received).toHaveLength(1);
  });

  test('two redirects are followed, a third is not', async () => {
    let left = 2;
    const { ana, sandbox } = await against(() => {
      left -= 1;
      return left >= 0 ? { status: 307, headers: { location: '/slack/events' } } : {};
    });
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    expect(sandbox.audit.deliveries('message.channels')).toMatchObject([{ outcome: 'acked' }]);
    left = 3;
    await ana.say('eng-stability', 'again');
    await sandbox.settled();
    const [, failed, retried] = sandbox.audit.deliveries('message.channels');
    expect(failed).toMatchObject({ outcome: 'http_error', detail: 'too_many_redirects' });
    expect(retried).toMatchObject({ outcome: 'acked', attempt: 1 });
  });

  test('an app that is not there at all is a failed connection', async () => {
    const { ana, sandbox } = await against(() => ({}), {
      delivery: { kind: 'http', url: 'http://127.0.0.1:9/slack/events' },
    });
    expect(await ana.slash('/tea', { channel: 'general' })).toMatchObject({ outcome: 'connection_failed' });
    await ana.sees('dispatch_failed');
    expect(sandbox.audit.deliveries()).toHaveLength(1);
  });

  test('a click that fails marks the control, the next change of the message clears the mark', async () => {
    const { ana, sandbox } = await against(() => ({ status: 500 }));
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
    ];
    const body = JSON.stringify({ channel: 'CENGSTABILITY', text: 'go', blocks });
    const headers = { authorization: `Bearer ${sandbox.botToken}`, 'content-type': 'application/json' };
    await fetch(`${sandbox.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
    const message = await ana.sees('go');
    await ana.click(message, 'go');
    expect(sandbox.message(message)?.trouble).toBe('go');
  });
});
