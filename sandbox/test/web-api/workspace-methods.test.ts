import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../options.ts';
import { limits } from '../../rules/limits.ts';
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

const withScopes = (...bot: string[]) => ({ manifest: { ...manifest, oauth_config: { scopes: { bot } } } });

describe('people and places', () => {
  test('users carry their time zone, and their address only for those who may read it', async () => {
    const { client } = await workspace();
    const { user } = await client.users.info({ user: 'UDEV00000' });
    expect(user).toMatchObject({ name: 'dev', tz: 'Asia/Kolkata', tz_offset: 19_800, is_bot: false });
    expect(user?.profile?.email).toBeUndefined();
    await quiet?.sandbox.close();
    const { client: reader } = await workspace(withScopes('users:read', 'users:read.email'));
    const found = await reader.users.lookupByEmail({ email: 'dev@harbour.example' });
    expect(found.user).toMatchObject({ id: 'UDEV00000', profile: { email: 'dev@harbour.example' } });
    expect(await refusal(reader.users.lookupByEmail({ email: 'nobody@harbour.example' }))).toBe('users_not_found');
  });

  test('a DM is opened once, a group DM too', async () => {
    const { client } = await workspace();
    const first = await client.conversations.open({ users: 'UANA00000' });
    const second = await client.conversations.open({ users: 'UANA00000', return_im: true });
    expect(second).toMatchObject({
      already_open: true,
      channel: { id: first.channel?.id, is_im: true, user: 'UANA00000' },
    });
    const group = await client.conversations.open({ users: 'UANA00000,UBEN00000' });
    const again = await client.conversations.open({ users: 'UBEN00000,UANA00000' });
    expect(again.channel?.id).toBe(group.channel?.id);
    expect(await refusal(client.conversations.open({ users: 'UNOBODY00' }))).toBe('user_not_found');
  });

  test('private channels without the bot do not exist for it', async () => {
    const { client, sandbox } = await workspace({
      workspace: {
        team: { name: 'T', domain: 't' },
        users: [{ name: 'ana', realName: 'Ana', timeZone: 'UTC' }],
        channels: [
          { name: 'secret', kind: 'private' },
          { name: 'shared', kind: 'private', botIsMember: true },
        ],
      },
    });
    const { channels } = await client.conversations.list({ types: 'private_channel' });
    expect(channels?.map(({ name }) => name)).toEqual(['shared']);
    const id = sandbox.channel('secret')?.id ?? '';
    expect(await refusal(client.conversations.info({ channel: id }))).toBe('channel_not_found');
    expect(await refusal(client.chat.postMessage({ channel: id, text: 'x' }))).toBe('channel_not_found');
  });

  test('joining and being invited change who hears what', async () => {
    const { client, sandbox } = await workspace({
      manifest: {
        ...manifest,
        oauth_config: { scopes: { bot: ['chat:write', 'channels:join', 'channels:read', 'channels:history'] } },
      },
    });
    await client.conversations.join({ channel: 'CBILLING0' });
    await client.chat.postMessage({ channel: 'CBILLING0', text: 'joined' });
    await sandbox.person('ana').invite('random', 'teapot');
    await client.chat.postMessage({ channel: 'CRANDOM00', text: 'invited' });
    expect(await refusal(client.chat.postMessage({ channel: 'CDEPLOYMENTS', text: 'x' }))).toBe('not_in_channel');
  });

  test('reactions are added once and removed once', async () => {
    const { client, sandbox } = await workspace();
    const { ts } = await sandbox.person('ana').say('eng-stability', 'fixed');
    const target = { channel: STABILITY, timestamp: ts, name: 'tada' };
    await client.reactions.add(target);
    expect(await refusal(client.reactions.add(target))).toBe('already_reacted');
    await client.reactions.remove(target);
    expect(await refusal(client.reactions.remove(target))).toBe('no_reaction');
    for (const name of ['not a name', 'ourmascot', 'constructor', 'wave::skin-tone-7'])
      expect(await refusal(client.reactions.add({ ...target, name }))).toBe(limits.reactionUnknown.value);
    for (const name of ['wave::skin-tone-3', ':melting_face:']) await client.reactions.add({ ...target, name });
  });

  test('blocks.validate needs no token and tells code, pointer and constraint', async () => {
    await workspace();
    const blocks = JSON.stringify([{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]);
    const { body } = await call('blocks.validate', { body: new URLSearchParams({ blocks }) });
    expect(body).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ code: 'failed_constraint', pointer: expect.stringMatching(/^\/0\/text/) }],
    });
    const fine = new URLSearchParams({ blocks: JSON.stringify([{ type: 'divider' }]) });
    expect((await call('blocks.validate', { body: fine })).body).toEqual({ ok: true });
    const both = new URLSearchParams({ blocks: '[]', view: '{}' });
    expect((await call('blocks.validate', { body: both })).body.error).toBe('invalid_arguments');
  });
});

describe('views', () => {
  test('what the validator refuses is answered as invalid_arguments with its pointers', async () => {
    const { client } = await workspace();
    const view = { type: 'home', blocks: [{ type: 'section' }] } as never;
    await expect(client.views.publish({ user_id: 'UANA00000', view })).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: {
          messages: expect.arrayContaining([expect.stringContaining('[json-pointer:/view/blocks/0')]),
        },
      },
    });
  });

  test('a view of more than 250 kB is too large', async () => {
    const { client } = await workspace();
    const blocks = Array.from({ length: 90 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(2990) },
    }));
    expect(await refusal(client.views.publish({ user_id: 'UANA00000', view: { type: 'home', blocks } as never }))).toBe(
      'view_too_large',
    );
  });

  test('an app without a Home tab cannot publish', async () => {
    const { client } = await workspace({ manifest: { ...manifest, features: {} } });
    const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    expect(await refusal(client.views.publish({ user_id: 'UANA00000', view }))).toBe('not_enabled');
  });

  test('an app whose Messages tab is off cannot send direct messages', async () => {
    const features = { app_home: { messages_tab_enabled: false } };
    const { client } = await workspace({ manifest: { ...manifest, features } });
    expect(await refusal(client.chat.postMessage({ channel: 'UANA00000', text: 'x' }))).toBe('messages_tab_disabled');
  });
});
