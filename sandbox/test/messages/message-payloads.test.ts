import { afterEach, beforeEach, expect, test } from 'vitest';
import { payloadOf } from '../support/against.ts';
import { type Quiet, quietWorkspace } from '../support/quiet-workspace.ts';
import { rawApp } from '../support/raw-app.ts';
import { manifest } from '../support/running-app.ts';

let quiet: Quiet;
let app: Awaited<ReturnType<typeof rawApp>>;

const channel = 'CENGSTABILITY';

beforeEach(async () => {
  app = await rawApp(() => ({}));
  const bot = [...(manifest.oauth_config?.scopes?.bot ?? []), 'usergroups:write', 'usergroups:read'];
  const named = { ...manifest, oauth_config: { scopes: { bot } } };
  quiet = await quietWorkspace({ manifest: named, delivery: { kind: 'http', url: app.url } });
});
afterEach(async () => {
  await quiet.sandbox.close();
  await app.stop();
});

const identity = (message: unknown) => {
  const { client_msg_id, blocks } = message as { client_msg_id?: string; blocks?: { block_id: string }[] };
  return [client_msg_id, blocks?.map(({ block_id }) => block_id)];
};

test('what a person typed has the same client_msg_id and block_id in its event, in the history and in a shortcut', async () => {
  const { sandbox, client } = quiet;
  const ana = sandbox.person('ana');
  const said = await ana.say('eng-stability', 'Gate 2 sticks');
  await ana.messageShortcut(said, 'steep');
  await sandbox.settled();
  const payloads = app.received.map(payloadOf);
  const event = (JSON.parse(app.received[0]?.body ?? '') as { event: unknown }).event;
  const { messages } = await client.conversations.history({ channel });
  expect(identity(event)).toEqual([
    expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    [expect.any(String)],
  ]);
  expect(identity(messages?.[0])).toEqual(identity(event));
  expect(identity(payloads.find(({ type }) => type === 'message_action')?.message)).toEqual(identity(event));
  await ana.edit(said, 'Gate 2 is stuck');
  const { messages: edited } = await client.conversations.history({ channel });
  expect(identity(edited?.[0])).toEqual(identity(event));
  expect(JSON.stringify(edited?.[0]?.blocks)).toContain('Gate 2 is stuck');
});

test('what an app posts, and what Slack says of people, has no client_msg_id', async () => {
  const { sandbox, client } = quiet;
  await client.chat.postMessage({ channel, text: 'x' });
  await sandbox.person('ana').leaveChannel('eng-stability');
  const { messages } = await client.conversations.history({ channel });
  expect(messages?.map(identity)).toEqual(messages?.map(() => [undefined, undefined]));
});

test('a reply that is shown in the channel too is a thread_broadcast with its root, in the history as well', async () => {
  const { client } = quiet;
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'root' });
  await client.chat.postMessage({ channel, text: 'quiet reply', thread_ts: ts });
  await client.chat.postMessage({ channel, text: 'loud reply', thread_ts: ts, reply_broadcast: true });
  const { messages } = await client.conversations.history({ channel });
  expect(messages?.[0]).toMatchObject({ subtype: 'thread_broadcast', root: { text: 'root', ts, reply_count: 2 } });
  const { messages: thread } = await client.conversations.replies({ channel, ts });
  expect(thread?.map((reply) => (reply as { subtype?: string }).subtype)).toEqual([
    undefined,
    undefined,
    'thread_broadcast',
  ]);
});

test('link_names makes mentions of user groups, and leaves people alone', async () => {
  const { client } = quiet;
  const { usergroup } = await client.usergroups.create({ name: 'Crew', handle: 'crew' });
  const { message } = await client.chat.postMessage({ channel, text: 'ask @crew or @ben', link_names: true });
  expect(message?.text).toBe(`ask <!subteam^${usergroup?.id}|@crew> or @ben`);
  const { message: plain } = await client.chat.postMessage({ channel, text: 'ask @crew' });
  expect(plain?.text).toBe('ask @crew');
});

test('chat.scheduleMessage answers with all of what will be posted', async () => {
  const { client, sandbox } = quiet;
  const { message } = await client.chat.scheduleMessage({
    channel,
    text: 'Later',
    post_at: Math.floor(sandbox.clock.now() / 1000) + 600,
    blocks: [{ type: 'divider' }],
    attachments: [{ fallback: 'aside', text: 'Aside' }],
  });
  expect(message).toEqual({
    text: 'Later',
    username: 'teapot',
    bot_id: sandbox.app.botId,
    type: 'delayed_message',
    subtype: 'bot_message',
    blocks: [{ type: 'divider', block_id: expect.any(String) }],
    attachments: [{ id: 1, fallback: 'aside', text: 'Aside' }],
  });
});

test('a profile has every documented field, and pictures that can be looked at', async () => {
  const { user } = await quiet.client.users.info({ user: 'UCHLOE000' });
  expect(user?.profile).toMatchObject({
    ...{ title: '', phone: '', skype: '', status_text: '', status_emoji: '', status_expiration: 0 },
    ...{ real_name: 'Chloé Martin', real_name_normalized: 'Chloe Martin', first_name: 'Chloé', last_name: 'Martin' },
    avatar_hash: expect.any(String),
  });
  for (const size of [24, 32, 48, 72, 192, 512] as const) {
    const picture = await fetch(String(user?.profile?.[`image_${size}`]));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(await picture.text()).toContain('>CM<');
  }
});
