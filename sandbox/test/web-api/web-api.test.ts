import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../options.ts';
import { methods as rules } from '../../rules/methods.ts';
import { handlers } from '../../web-api/methods.ts';
import { type Quiet, quietWorkspace, refusal } from '../support/quiet-workspace.ts';
import { manifest } from '../support/running-app.ts';

const STABILITY = 'CENGSTABILITY';
let quiet: Quiet | undefined;

afterEach(() => quiet?.sandbox.close());

async function workspace(options: Partial<SandboxOptions> = {}) {
  quiet = await quietWorkspace(options);
  return quiet;
}

async function call(method: string, init: RequestInit = {}, query = '') {
  const response = await fetch(`${quiet?.sandbox.apiUrl}${method}${query}`, { method: 'POST', ...init });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const bearer = () => ({ authorization: `Bearer ${quiet?.sandbox.botToken}` });

const withScopes = (...bot: string[]) => ({ manifest: { ...manifest, oauth_config: { scopes: { bot } } } });

describe('a call', () => {
  test('can come as form, JSON, multipart or query', async () => {
    await workspace();
    const args = { channel: STABILITY, text: 'hello' };
    const form = new FormData();
    for (const [name, value] of Object.entries(args)) form.set(name, value);
    const json = { headers: { ...bearer(), 'content-type': 'application/json; charset=utf-8' } };
    const answers = [
      await call('chat.postMessage', { headers: bearer(), body: new URLSearchParams(args) }),
      await call('chat.postMessage', { ...json, body: JSON.stringify(args) }),
      await call('chat.postMessage', { headers: bearer(), body: form }),
      await call('chat.postMessage', { headers: bearer(), method: 'GET' }, `?${new URLSearchParams(args)}`),
      await call('chat.postMessage', {
        body: new URLSearchParams({ ...args, token: String(quiet?.sandbox.botToken) }),
      }),
    ];
    for (const { body } of answers) expect(body).toMatchObject({ ok: true, channel: STABILITY });
  });

  test('as JSON to a method that reads forms only has no arguments', async () => {
    await workspace();
    const headers = { ...bearer(), 'content-type': 'application/json' };
    const { body } = await call('users.info', { headers, body: JSON.stringify({ user: 'UANA00000' }) });
    expect(body).toMatchObject({ ok: false, error: 'invalid_arguments' });
  });

  test.each([
    ['no token', {}, 'not_authed'],
    ['a token that was never one', { authorization: 'Bearer xoxb-nonsense' }, 'invalid_auth'],
  ])('with %s is refused with status 200', async (_, headers, error) => {
    await workspace();
    const { status, body } = await call('auth.test', { headers });
    expect([status, body.error]).toEqual([200, error]);
  });

  test('with the app token where the bot token belongs is refused', async () => {
    const { sandbox } = await workspace();
    const { body } = await call('auth.test', { headers: { authorization: `Bearer ${sandbox.appToken}` } });
    expect(body.error).toBe('not_allowed_token_type');
  });

  test.each(['chat.postMessages', 'admin.users.list', 'toString', '__proto__', ''])(
    'to "%s" answers unknown_method',
    async (name) => {
      await workspace();
      expect((await call(name, { headers: bearer() })).body).toMatchObject({ ok: false, error: 'unknown_method' });
    },
  );

  test('with a body that is no JSON says so', async () => {
    await workspace();
    const headers = { ...bearer(), 'content-type': 'application/json' };
    expect((await call('chat.postMessage', { headers, body: '{"channel"' })).body.error).toBe('invalid_json');
  });

  test('is written down without its token', async () => {
    const { sandbox, client } = await workspace();
    await client.auth.test();
    await client.chat.postMessage({ channel: STABILITY, text: 'hi', blocks: [{ type: 'divider' }] });
    const calls = sandbox.audit.calls();
    expect(calls.map(({ method, ok }) => [method, ok])).toEqual([
      ['auth.test', true],
      ['chat.postMessage', true],
    ]);
    expect(calls[1]?.args.blocks).toEqual([{ type: 'divider' }]);
    expect(JSON.stringify(calls)).not.toContain(sandbox.botToken);
  });

  test('by a page of somebody else is turned away', async () => {
    const { sandbox } = await workspace();
    const { status } = await call('auth.test', { headers: { ...bearer(), origin: 'https://evil.example' } });
    expect(status).toBe(403);
    expect(sandbox.audit.calls()).toEqual([]);
  });
});

describe('scopes', () => {
  test('every method that is served has its facts in the rules', () => {
    for (const name of Object.keys(handlers)) expect(rules[name]?.value, name).toBeDefined();
  });

  test('every method with scopes refuses a token without them, naming what is needed', async () => {
    await workspace(withScopes('commands'));
    for (const name of Object.keys(handlers)) {
      const scopes = rules[name]?.value.scopes ?? [];
      if (scopes.length === 0) continue;
      const { body, headers } = await call(name, { headers: bearer() });
      expect(body, name).toMatchObject({ error: 'missing_scope', needed: scopes.join(','), provided: 'commands' });
      expect(headers.get('x-oauth-scopes')).toBe('commands');
    }
  });

  test('each kind of conversation asks for its own scope', async () => {
    const { client } = await workspace(withScopes('channels:read', 'channels:history', 'chat:write'));
    expect(await refusal(client.conversations.list({ types: 'public_channel,private_channel' }))).toBe('missing_scope');
    expect((await client.conversations.list({})).channels?.length).toBe(5);
    const { channel } = await client.chat.postMessage({ channel: 'UANA00000', text: 'hi' });
    expect(await refusal(client.conversations.history({ channel: String(channel) }))).toBe('missing_scope');
  });

  test('an answer carries the scopes that the token has and the method accepts', async () => {
    const { client } = await workspace();
    const { response_metadata: metadata } = await client.chat.postMessage({ channel: STABILITY, text: 'hi' });
    expect(metadata?.scopes).toContain('chat:write');
    expect(metadata?.acceptedScopes).toEqual(['chat:write']);
  });

  test('events of scopes that were not granted are not sent', async () => {
    const { sandbox } = await workspace(withScopes('chat:write'));
    await sandbox.person('ana').say('eng-stability', '@teapot hello');
    await sandbox.settled();
    expect(sandbox.audit.deliveries()).toEqual([]);
  });

  test('posting to a public channel from outside asks for chat:write.public', async () => {
    const { client } = await workspace(withScopes('chat:write', 'chat:write.public'));
    expect((await client.chat.postMessage({ channel: 'CGENERAL0', text: 'hi' })).ok).toBe(true);
  });
});

describe('rate limits', () => {
  test('are off unless asked for', async () => {
    const { client } = await workspace();
    const posts = Array.from({ length: 50 }, () => client.chat.postMessage({ channel: STABILITY, text: 'x' }));
    expect(await Promise.all(posts)).toHaveLength(50);
  });

  test('let a short burst through, then answer 429 and how long to wait, a channel at a time', async () => {
    await workspace({ rateLimits: 'docs' });
    const post = (channel: string) =>
      call('chat.postMessage', { headers: bearer(), body: new URLSearchParams({ channel, text: 'x' }) });
    const statuses: number[] = [];
    for (let index = 0; index < 8; index += 1) statuses.push((await post(STABILITY)).status);
    expect(statuses[0]).toBe(200);
    const { status, headers, body } = await post(STABILITY);
    expect([status, headers.get('retry-after'), body]).toEqual([429, '1', { ok: false, error: 'ratelimited' }]);
    const note = { channel: STABILITY, user: 'UANA00000', text: 'x' };
    const ephemeral = await call('chat.postEphemeral', { headers: bearer(), body: new URLSearchParams(note) });
    expect(ephemeral.status).toBe(429);
    expect((await post('UANA00000')).status).toBe(200);
  });

  test('a client that waits as told gets through', async () => {
    const { sandbox } = await workspace();
    sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 0, times: 1 });
    const patient = new WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl, logLevel: LogLevel.ERROR });
    expect((await patient.chat.postMessage({ channel: STABILITY, text: 'x' })).ok).toBe(true);
    expect(sandbox.audit.calls('chat.postMessage').map(({ httpStatus }) => httpStatus)).toEqual([429, 200]);
  });
});

describe('faults', () => {
  test('strike as often as told, and are named in the record of the call', async () => {
    const { sandbox, client } = await workspace();
    sandbox.faults.add({ method: 'chat.postMessage', kind: 'fail', error: 'is_archived', times: 1 });
    expect(await refusal(client.chat.postMessage({ channel: STABILITY, text: 'x' }))).toBe('is_archived');
    expect((await client.chat.postMessage({ channel: STABILITY, text: 'x' })).ok).toBe(true);
    expect(sandbox.audit.calls()[0]).toMatchObject({ fault: 'fail', error: 'is_archived' });
    expect(sandbox.faults.list()).toMatchObject([{ struck: 1 }]);
  });

  test('an answer can be lost after the work is done', async () => {
    const { sandbox, client } = await workspace();
    sandbox.faults.add({ method: '*', kind: 'drop_answer', times: 1 });
    await expect(client.chat.postMessage({ channel: STABILITY, text: 'posted once' })).rejects.toThrow();
    expect(
      sandbox
        .person('ana')
        .messages('eng-stability')
        .map(({ text }) => text),
    ).toEqual(['posted once']);
  });

  test('a server error leaves nothing behind', async () => {
    const { sandbox, client } = await workspace();
    const fault = sandbox.faults.add({ method: '*', kind: 'server_error' });
    await expect(client.chat.postMessage({ channel: STABILITY, text: 'x' })).rejects.toThrow('503');
    fault.remove();
    expect(sandbox.person('ana').messages('eng-stability')).toEqual([]);
  });

  test('a probability strikes the same calls for the same seed', async () => {
    const struck = async () => {
      const { sandbox, client } = await workspace({ randomSeed: 7 });
      sandbox.faults.add({ method: 'auth.test', kind: 'fail', error: 'fatal_error', probability: 0.5 });
      const outcomes: boolean[] = [];
      for (let index = 0; index < 20; index += 1)
        outcomes.push(
          await client.auth.test().then(
            () => true,
            () => false,
          ),
        );
      await sandbox.close();
      return outcomes;
    };
    const first = await struck();
    expect(new Set(first).size).toBe(2);
    expect(await struck()).toEqual(first);
    quiet = undefined;
  });

  test('a call can hang until the caller gives up', async () => {
    const { sandbox } = await workspace();
    sandbox.faults.add({ method: 'auth.test', kind: 'hang', times: 1 });
    const impatient = new WebClient(sandbox.botToken, {
      slackApiUrl: sandbox.apiUrl,
      timeout: 30,
      retryConfig: { retries: 0 },
    });
    await expect(impatient.auth.test()).rejects.toThrow();
  });
});
