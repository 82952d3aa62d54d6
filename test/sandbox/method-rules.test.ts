import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Manifest } from '../../sandbox/manifest.ts';
import { limits } from '../../sandbox/rules/limits.ts';
import { type MethodFacts, methods } from '../../sandbox/rules/methods.ts';
import type { SandboxOptions } from '../../sandbox/sandbox.ts';
import { type Quiet, quietWorkspace } from './quiet-workspace.ts';
import { manifest } from './running-app.ts';

const ANA = 'UANA00000';
const STABILITY = 'CENGSTABILITY';
const everyScope = [...new Set(Object.values(methods).flatMap(({ value }) => value.scopes))];
const withEverything: Manifest = {
  ...manifest,
  features: { ...manifest.features, bot_user: { display_name: 'teapot' } },
  oauth_config: { scopes: { bot: everyScope } },
};

type Args = { [name: string]: unknown };
type Prepared = { ts: string; trigger: string; modal: string; scheduled: string; upload: string; file: string };
type Case = [works: (prepared: Prepared) => Args, refusal: Args, error: string];

const soon = () => Math.floor(quiet.sandbox.clock.now() / 1000) + 600;
const modal = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] };
const home = { type: 'home', blocks: [] };
const none = { channel: 'C0NOTHERE' };

/** For each method: arguments that work, others that do not, and what Slack says to those. */
const cases: { [method: string]: Case } = {
  'api.test': [() => ({ foo: 'bar' }), { error: 'my_error' }, 'my_error'],
  'auth.test': [() => ({}), {}, ''],
  'auth.revoke': [() => ({ test: 'true' }), {}, ''],
  'chat.postMessage': [() => ({ channel: STABILITY, text: 'x' }), { ...none, text: 'x' }, 'channel_not_found'],
  'chat.postEphemeral': [
    () => ({ channel: STABILITY, user: ANA, text: 'x' }),
    { channel: STABILITY, user: 'U0NOBODY', text: 'x' },
    'user_not_in_channel',
  ],
  'chat.update': [
    ({ ts }) => ({ channel: STABILITY, ts, text: 'y' }),
    { channel: STABILITY, ts: '1.000000', text: 'y' },
    'message_not_found',
  ],
  'chat.delete': [
    ({ ts }) => ({ channel: STABILITY, ts }),
    { channel: STABILITY, ts: '1.000000' },
    'message_not_found',
  ],
  'chat.getPermalink': [
    ({ ts }) => ({ channel: STABILITY, message_ts: ts }),
    { ...none, message_ts: '1.000000' },
    'channel_not_found',
  ],
  'chat.scheduleMessage': [
    () => ({ channel: STABILITY, text: 'x', post_at: soon() }),
    { channel: STABILITY, text: 'x', post_at: 1 },
    'time_in_past',
  ],
  'chat.deleteScheduledMessage': [
    ({ scheduled }) => ({ channel: STABILITY, scheduled_message_id: scheduled }),
    { channel: STABILITY, scheduled_message_id: 'Q0' },
    'invalid_scheduled_message_id',
  ],
  'chat.scheduledMessages.list': [() => ({ limit: 5 }), { cursor: 'nonsense' }, 'invalid_cursor'],
  'reactions.add': [
    ({ ts }) => ({ channel: STABILITY, timestamp: ts, name: 'eyes' }),
    { channel: STABILITY, timestamp: '1.000000', name: 'eyes' },
    'message_not_found',
  ],
  'reactions.remove': [
    ({ ts }) => ({ channel: STABILITY, timestamp: ts, name: 'tea' }),
    { channel: STABILITY, timestamp: '1.000000', name: 'tea' },
    'message_not_found',
  ],
  'pins.add': [({ ts }) => ({ channel: STABILITY, timestamp: ts }), { ...none, timestamp: '1' }, 'channel_not_found'],
  'bookmarks.add': [
    () => ({ channel_id: STABILITY, title: 'Tea', type: 'link', link: 'https://tea.example' }),
    { channel_id: 'C0NOTHERE', title: 'Tea', type: 'link', link: 'https://tea.example' },
    'channel_not_found',
  ],
  'conversations.list': [() => ({ limit: 2 }), { cursor: 'nonsense' }, 'invalid_cursor'],
  'conversations.info': [() => ({ channel: STABILITY }), none, 'channel_not_found'],
  'conversations.history': [() => ({ channel: STABILITY }), none, 'channel_not_found'],
  'conversations.replies': [
    ({ ts }) => ({ channel: STABILITY, ts }),
    { channel: STABILITY, ts: '1.000000' },
    'thread_not_found',
  ],
  'conversations.members': [() => ({ channel: STABILITY }), none, 'channel_not_found'],
  'conversations.open': [() => ({ users: ANA }), { users: 'U0NOBODY' }, 'user_not_found'],
  'conversations.join': [() => ({ channel: 'CGENERAL0' }), none, 'channel_not_found'],
  'conversations.invite': [
    () => ({ channel: 'CALONE000', users: ANA }),
    { channel: STABILITY, users: 'U0NOBODY' },
    'user_not_found',
  ],
  'conversations.create': [() => ({ name: 'new-one' }), { name: 'Not Allowed!' }, 'invalid_name_specials'],
  'users.list': [() => ({ limit: 2 }), { cursor: 'nonsense' }, 'invalid_cursor'],
  'users.info': [() => ({ user: ANA }), { user: 'U0NOBODY' }, 'user_not_found'],
  'users.lookupByEmail': [
    () => ({ email: 'ana@harbour.example' }),
    { email: 'nobody@harbour.example' },
    'users_not_found',
  ],
  'users.conversations': [() => ({ user: ANA }), { cursor: 'nonsense' }, 'invalid_cursor'],
  'users.profile.get': [() => ({ user: ANA }), { user: 'U0NOBODY' }, 'user_not_found'],
  'bots.info': [() => ({}), { bot: 'B0NOBODY' }, 'bot_not_found'],
  'usergroups.list': [() => ({}), {}, ''],
  'team.info': [() => ({}), {}, ''],
  'emoji.list': [() => ({}), {}, ''],
  'dnd.info': [() => ({ user: ANA }), { user: 'U0NOBODY' }, 'user_not_found'],
  'dnd.teamInfo': [() => ({ users: ANA }), {}, ''],
  'views.open': [
    ({ trigger }) => ({ trigger_id: trigger, view: modal }),
    { trigger_id: '1.2.3', view: modal },
    'invalid_trigger_id',
  ],
  'views.push': [
    ({ trigger }) => ({ trigger_id: trigger, view: modal }),
    { trigger_id: '1.2.3', view: modal },
    'invalid_trigger_id',
  ],
  'views.update': [
    ({ modal: id }) => ({ view_id: id, view: modal }),
    { view_id: 'V0NOTHERE', view: modal },
    'not_found',
  ],
  'views.publish': [() => ({ user_id: ANA, view: home }), { user_id: ANA, view: home, hash: 'old' }, 'hash_conflict'],
  'files.getUploadURLExternal': [
    () => ({ filename: 'a.txt', length: 3 }),
    { filename: 'a.txt', length: 3, alt_txt: 'x'.repeat(1001) },
    'alt_txt_too_large',
  ],
  'files.completeUploadExternal': [
    ({ upload }) => ({ files: [{ id: upload }] }),
    { files: [{ id: 'F0NOTHERE' }] },
    'file_not_found',
  ],
  'files.info': [({ file }) => ({ file }), { file: 'F0NOTHERE' }, 'file_not_found'],
  'files.delete': [({ file }) => ({ file }), { file: 'F0NOTHERE' }, 'file_not_found'],
  'blocks.validate': [() => ({ blocks: [{ type: 'divider' }] }), { blocks: [{ type: 'nonsense' }] }, 'invalid_blocks'],
};

/** Their tests need more than a bot token: oauth.test.ts and socket-delivery.test.ts have them. */
const elsewhere = [
  'apps.uninstall',
  'oauth.v2.access',
  'oauth.v2.exchange',
  'apps.connections.open',
  'apps.event.authorizations.list',
];
/** Slack has them, the sandbox answers unknown_method. */
const notServed = ['chat.unfurl', 'usergroups.users.list'];

let quiet: Quiet;

const workspace = async (options: Partial<SandboxOptions> = {}) => {
  quiet = await quietWorkspace({
    manifest: withEverything,
    workspace: {
      team: { name: 'Harbour', domain: 'harbour' },
      users: [
        { name: 'ana', realName: 'Ana', timeZone: 'Europe/Berlin' },
        { name: 'ben', realName: 'Ben', timeZone: 'Europe/Berlin' },
      ],
      channels: [
        { name: 'eng-stability', botIsMember: true },
        { name: 'general' },
        { name: 'alone', members: ['ben'], botIsMember: true },
      ],
    },
    ...options,
  });
};

beforeEach(() => workspace());
afterEach(() => quiet.sandbox.close());

async function send(method: string, args: Args, encoding: 'form' | 'json', token = quiet.sandbox.botToken) {
  const form = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  const response = await fetch(`${quiet.sandbox.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(encoding === 'json' ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    },
    body: encoding === 'json' ? JSON.stringify(args) : new URLSearchParams(form),
  });
  const body = (await response.json()) as { ok: boolean; error?: string };
  return { status: response.status, headers: response.headers, ...body };
}

async function upload(complete: boolean): Promise<string> {
  const { client, sandbox } = quiet;
  const started = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
  await fetch(String(started.upload_url), { method: 'POST', body: 'abc' });
  const id = String(started.file_id);
  if (complete) await client.files.completeUploadExternal({ files: [{ id }] });
  await sandbox.settled();
  return id;
}

/** Everything that some method asks to be there already. */
async function prepare(method: string): Promise<Prepared> {
  const { client, sandbox } = quiet;
  const ana = sandbox.person('ana');
  const { ts = '' } = await client.chat.postMessage({ channel: STABILITY, text: 'here' });
  await client.reactions.add({ channel: STABILITY, timestamp: ts, name: 'tea' });
  const scheduled = await client.chat.scheduleMessage({ channel: STABILITY, text: 's', post_at: soon() });
  const triggerOf = (type: string) =>
    String(sandbox.audit.deliveries(type).at(-1)?.payload.trigger_id ?? 'no trigger was sent');
  await ana.slash('/tea', { channel: 'general' });
  let trigger = triggerOf('slash_command');
  let id = '';
  if (method === 'views.push' || method === 'views.update') {
    const actions = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'A' } }],
    };
    const { view } = await client.views.open({ trigger_id: trigger, view: { ...modal, blocks: [actions] } as never });
    id = String(view?.id);
    if (method === 'views.push') {
      await ana.click(await ana.modal(), 'a');
      trigger = triggerOf('block_actions');
    }
  }
  return {
    ts,
    trigger,
    modal: id,
    scheduled: String(scheduled.scheduled_message_id),
    upload: await upload(false),
    file: await upload(true),
  };
}

test('every method of the rules is here, in its own suite, or answers unknown_method', async () => {
  expect([...Object.keys(cases), ...elsewhere, ...notServed].sort()).toEqual(Object.keys(methods).sort());
  for (const name of notServed) expect((await send(name, {}, 'form')).error).toBe(limits.unknownMethod.value);
});

function factsOf(name: string): MethodFacts {
  const facts = methods[name]?.value;
  if (!facts) throw new Error(`there are no facts about ${name}`);
  return facts;
}

describe.each(Object.entries(cases))('%s', (name, [works, refused, error]) => {
  const { scopes, tier, strictTier, json } = factsOf(name);

  test('works as a form, and as JSON where Slack reads that', async () => {
    const args = works(await prepare(name));
    const asForm = await send(name, args, 'form');
    expect(asForm).toMatchObject({ ok: true });
    expect(asForm.headers.get('x-accepted-oauth-scopes') ?? '').toBe(scopes.join(','));
    await quiet.sandbox.close();
    await workspace();
    const again = works(await prepare(name));
    const answer = await send(name, again, 'json');
    if (json) expect(answer).toMatchObject({ ok: true });
    // Unread arguments: it was no test, so the token is gone.
    else if (name === 'auth.revoke') expect(answer).toMatchObject({ revoked: true });
    else expect(answer.error).toBe((await send(name, {}, 'form')).error);
  });

  if (error !== '')
    test('says what Slack says to what is wrong', async () => {
      await prepare(name);
      expect(await send(name, refused, 'form')).toMatchObject({ status: 200, ok: false, error });
    });

  if (scopes.length > 0)
    test('needs any one of its scopes', async () => {
      await quiet.sandbox.close();
      await workspace({ manifest: { ...withEverything, oauth_config: { scopes: { bot: ['commands'] } } } });
      expect(await send(name, {}, 'form')).toMatchObject({ error: 'missing_scope', needed: scopes.join(',') });
    });

  test('answers 429 when it is called faster than its tier, sooner in the strict profile', async () => {
    const perMinute = { 1: limits.rateTier1, 2: limits.rateTier2, 3: limits.rateTier3, 4: limits.rateTier4 };
    const callsOf = (which: MethodFacts['tier']) =>
      which === 'special' ? limits.rateSpecial.value : perMinute[which].value;
    const burst = async (profile: 'docs' | 'strict') => {
      quiet.sandbox.setRateLimits(profile);
      for (let passed = 0; passed < 400; passed += 1) {
        const { status, headers } = await send(name, { channel: `C${passed}`, test: 'true' }, 'form');
        if (status !== limits.rateAnswer.value.status) continue;
        expect(Number(headers.get(limits.rateAnswer.value.header))).toBeGreaterThan(0);
        return passed;
      }
      return 400;
    };
    // chat.postMessage is limited a channel, not a method: messages.test.ts has that.
    if (name === 'chat.postMessage') return expect(await burst('docs')).toBe(400);
    const strict = await burst('strict');
    const docs = await burst('docs');
    // Tokens come back while the calls run.
    const grown = 8;
    expect(docs).toBeGreaterThanOrEqual(Math.ceil(callsOf(tier) / 4));
    expect(docs).toBeLessThanOrEqual(Math.ceil(callsOf(tier) / 4) + grown + callsOf(tier) / 60);
    expect(strict).toBeLessThanOrEqual(Math.ceil(callsOf(strictTier) / 20) + grown);
  });
});
