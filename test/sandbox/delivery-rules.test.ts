import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/options.ts';
import { ackRules } from '../../sandbox/rules/acks.ts';
import { eventRules } from '../../sandbox/rules/events.ts';
import { limits } from '../../sandbox/rules/limits.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { quietWorkspace, refusal } from './quiet-workspace.ts';
import { type Received, type Reply, rawApp } from './raw-app.ts';
import { manifest } from './running-app.ts';

let app: Awaited<ReturnType<typeof rawApp>> | undefined;
let sandbox: Sandbox | undefined;

afterEach(async () => {
  await sandbox?.close();
  await app?.stop();
});

async function against(reply: (received: Received, count: number) => Reply, options: Partial<SandboxOptions> = {}) {
  app = await rawApp(reply);
  const quiet = await quietWorkspace({ delivery: { kind: 'http', url: app.url }, ackDeadlineMs: 200, ...options });
  sandbox = quiet.sandbox;
  return { ...quiet, received: app.received, ana: sandbox.person('ana') };
}

const payloadOf = (received: Received | undefined) => {
  const form = Object.fromEntries(new URLSearchParams(received?.body));
  return (form.payload ? JSON.parse(form.payload) : form) as { [key: string]: unknown };
};
const json = (body: object): Reply => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const plain = (text: string) => ({ type: 'plain_text', text });
const button = {
  type: 'actions',
  block_id: 'b',
  elements: [{ type: 'button', action_id: 'go', text: plain('Go') }],
};

describe('commands', () => {
  test.each([
    ['commandTimeoutText', 'never' as const, ackRules.commandTimeoutText.value],
    ['commandUnreachableError', { status: 503 }, ackRules.commandUnreachableError.value],
    ['commandRefusedError', { status: 404 }, ackRules.commandRefusedError.value],
  ])('%s: the person reads why nothing happened', async (_rule, reply, words) => {
    const { ana } = await against(() => reply);
    await ana.slash('/tea', { channel: 'general' });
    expect((await ana.sees(words, { in: 'general' })).ephemeralTo).toBe(ana.id);
  });

  test('commandAckDeadlineMs, ackDeadlineMs, eventAckDeadlineMs: three seconds, unless a test cannot wait', () => {
    for (const name of ['commandAckDeadlineMs', 'ackDeadlineMs'] as const) expect(ackRules[name].value).toBe(3000);
    expect(eventRules.eventAckDeadlineMs.value).toBe(limits.ackDeadlineMs.value);
  });

  test('commandContentType, commandEnterpriseFlag: a form without a charset, its flag a string', async () => {
    const { ana, received } = await against(() => ({}));
    await ana.slash('/tea', { channel: 'general' });
    expect(received[0]?.headers['content-type']).toBe(limits.commandContentType.value);
    expect(limits.commandEnterpriseFlag.value).toContain(payloadOf(received[0]).is_enterprise_install);
  });

  test('commandEscaping: people, channels and links are wrapped where the manifest asks', async () => {
    const { ana, received } = await against(() => ({}));
    await ana.slash('/tea @ben #general https://tea.example', { channel: 'general' });
    await ana.slash('/raw @ben #general', { channel: 'general' });
    expect(payloadOf(received[0]).text).toBe('<@UBEN00000|ben> <#CGENERAL0|general> <https://tea.example>');
    expect(payloadOf(received[1]).text).toBe('@ben #general');
    expect(limits.commandEscaping.value.channel).toBe('<#C…|name>');
  });

  test('commandReplyType, commandInChannelShowsCommand: a reply is for one, or for all with the command', async () => {
    const { ana } = await against((_received, count) =>
      json(count === 1 ? { text: 'one' } : { text: 'all', response_type: 'in_channel' }),
    );
    await ana.slash('/tea quiet', { channel: 'general' });
    expect((await ana.sees('one', { in: 'general' })).ephemeralTo).toBe(ana.id);
    expect(limits.commandReplyType.value).toBe('ephemeral');
    await ana.slash('/tea loud', { channel: 'general' });
    const texts = sandbox
      ?.person('ben')
      .messages('general')
      .map(({ text }) => text);
    expect(texts).toEqual(limits.commandInChannelShowsCommand.value ? ['/tea loud', 'all'] : ['all']);
  });

  test('commandsInThreads: nobody can call one in a thread', async () => {
    const { ana } = await against(() => ({}));
    const { ts } = await ana.say('general', 'thread');
    await expect(ana.slash('/tea', { channel: 'general', thread: ts })).rejects.toThrow('cannot be used in a thread');
    expect(limits.commandsInThreads.value).toBe(false);
  });

  test('interactionsRetried: what failed is not sent again, however much time passes', async () => {
    const { ana, received, sandbox } = await against(() => ({ status: 500 }));
    await ana.slash('/tea', { channel: 'general' });
    await ana.globalShortcut('brew');
    await sandbox.clock.step(86_400_000);
    expect(received).toHaveLength(limits.interactionsRetried.value ? 8 : 2);
  });
});

describe('triggers and response addresses', () => {
  test('triggerLifetimeMs, triggerUses, triggerErrors: once, and soon', async () => {
    const { ana, client, received, sandbox } = await against(() => ({}));
    const view = { type: 'modal' as const, title: plain('T'), blocks: [] } as never;
    const open = (id: unknown) => client.views.open({ trigger_id: String(id), view });
    const errors = limits.triggerErrors.value;
    await ana.slash('/tea', { channel: 'general' });
    for (let use = 0; use < limits.triggerUses.value; use += 1) await open(payloadOf(received[0]).trigger_id);
    expect(await refusal(open(payloadOf(received[0]).trigger_id))).toBe(errors.used);
    await ana.closeAll();
    await ana.slash('/tea', { channel: 'general' });
    await sandbox.clock.step(limits.triggerLifetimeMs.value + 1);
    expect(await refusal(open(payloadOf(received[1]).trigger_id))).toBe(errors.expired);
    expect(await refusal(open('1.2.3'))).toBe(errors.unknown);
  });

  test('triggerInPayloads, globalShortcutContext, messageShortcutContext: who gets what', async () => {
    const { ana, client, received } = await against(() => ({}));
    const { ts = '' } = await client.chat.postMessage({
      channel: 'CENGSTABILITY',
      text: 'x',
      blocks: [button] as never,
    });
    const message = { channel: 'CENGSTABILITY', ts };
    await ana.slash('/tea', { channel: 'general' });
    await ana.globalShortcut('brew');
    await ana.messageShortcut(message, 'steep');
    await ana.click(message, 'go');
    const payloads = received.map(payloadOf).filter(({ type }) => type !== 'event_callback');
    const interactive = payloads.filter((payload) => payload.trigger_id !== undefined);
    expect(interactive.map(({ type = 'slash_commands' }) => type)).toEqual(
      expect.arrayContaining(limits.triggerInPayloads.value.filter((type) => type !== 'view_submission')),
    );
    const [global, onMessage] = ['shortcut', 'message_action'].map((type) => payloads.find((one) => one.type === type));
    const context = (payload: typeof global) => Boolean(payload?.channel && payload.response_url);
    expect(context(global)).toBe(limits.globalShortcutContext.value);
    expect(context(onMessage)).toBe(limits.messageShortcutContext.value);
  });

  test('messageShortcutOnEphemeral: not offered where one person alone looks', async () => {
    const { ana, client } = await against(() => ({}));
    const whisper = { channel: 'CENGSTABILITY', user: ana.id, text: 'psst' };
    const { message_ts: ts = '' } = await client.chat.postEphemeral(whisper);
    await expect(ana.messageShortcut({ channel: 'CENGSTABILITY', ts }, 'steep')).rejects.toThrow();
    expect(limits.messageShortcutOnEphemeral.value).toBe(false);
  });

  const respond = async (url: unknown, body: object) => {
    const response = await fetch(String(url), { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as { error?: string };
    return { status: response.status, error: answer.error };
  };

  test('responseUrlUses, responseUrlUsedUp, responseUrlLifetimeMs, responseUrlExpired: five times, half an hour', async () => {
    const { ana, received, sandbox } = await against(() => ({}));
    await ana.slash('/tea', { channel: 'general' });
    const first = payloadOf(received[0]).response_url;
    for (let use = 0; use < limits.responseUrlUses.value; use += 1)
      expect((await respond(first, { text: 'x' })).status).toBe(200);
    expect(await respond(first, { text: 'x' })).toEqual(limits.responseUrlUsedUp.value);
    await ana.slash('/tea', { channel: 'general' });
    await sandbox.clock.step(limits.responseUrlLifetimeMs.value + 1);
    expect(await respond(payloadOf(received[1]).response_url, { text: 'x' })).toEqual(limits.responseUrlExpired.value);
  });

  test('responseUrlInvalidBlocks, responseUrlReplyType, responseUrlNeedsMembership, responseUrlReplacesCommand', async () => {
    const { ana, received } = await against(() => ({}));
    // The bot is not a member of #general.
    await ana.slash('/tea', { channel: 'general' });
    const url = payloadOf(received[0]).response_url;
    expect(await respond(url, { blocks: [{ type: 'nonsense' }] })).toEqual(limits.responseUrlInvalidBlocks.value);
    expect((await respond(url, { text: 'for one', replace_original: true })).status).toBe(200);
    const message = await ana.sees('for one', { in: 'general' });
    expect(message.ephemeralTo).toBe(ana.id);
    expect([limits.responseUrlReplyType.value, limits.responseUrlNeedsMembership.value]).toEqual(['ephemeral', false]);
    expect(limits.responseUrlReplacesCommand.value).toBe(false);
    await respond(url, { delete_original: true, text: 'still here' });
    await ana.sees('for one', { in: 'general' });
  });

  test('responseUrlKeepsVisibility, responseUrlThread: a replacement stays where and for whom it was', async () => {
    const { ana, client, received } = await against(() => ({}));
    const { ts = '' } = await client.chat.postMessage({
      channel: 'CENGSTABILITY',
      text: 'x',
      blocks: [button] as never,
    });
    await ana.click({ channel: 'CENGSTABILITY', ts }, 'go');
    const click = received.map(payloadOf).find(({ type }) => type === 'block_actions');
    const url = click?.response_url;
    await respond(url, { text: 'swapped', replace_original: true, response_type: 'ephemeral' });
    const swapped = await sandbox?.person('ben').sees('swapped', { in: 'eng-stability' });
    expect(swapped?.ephemeralTo === undefined).toBe(limits.responseUrlKeepsVisibility.value);
    await respond(url, { text: 'in thread', thread_ts: ts, ...limits.responseUrlThread.value });
    expect((await ana.sees('in thread', { in: 'eng-stability' })).threadTs).toBe(ts);
  });
});

describe('shortcuts', () => {
  test('globalShortcuts, messageShortcuts: five of each', async () => {
    const start = (type: 'global' | 'message', count: number) =>
      quietWorkspace({
        manifest: {
          ...manifest,
          features: {
            ...manifest.features,
            shortcuts: Array.from({ length: count }, (_none, index) => ({
              name: `S${index}`,
              type,
              callback_id: `s${index}`,
              description: 'x',
            })),
          },
        },
      });
    for (const [type, most] of [
      ['global', limits.globalShortcuts.value],
      ['message', limits.messageShortcuts.value],
    ] as const) {
      const quiet = await start(type, most);
      await quiet.sandbox.close();
      await expect(start(type, most + 1)).rejects.toThrow();
    }
  });
});

describe('events', () => {
  const failing = () => against(() => ({ status: 500 }));

  test('eventRetryDelaysMs, eventRetryHeaders, eventRetryReasons, eventLatestMs: three more times, then never', async () => {
    const { ana, received, sandbox } = await failing();
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    for (const delay of limits.eventRetryDelaysMs.value) {
      await sandbox.clock.step(delay);
      await sandbox.settled();
    }
    const { number, reason } = limits.eventRetryHeaders.value;
    expect(received.map(({ headers }) => headers[number])).toEqual([undefined, '1', '2', '3']);
    for (const { headers } of received.slice(1)) expect(limits.eventRetryReasons.value).toContain(headers[reason]);
    const ids = received.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
    await sandbox.clock.step(limits.eventLatestMs.value);
    await sandbox.settled();
    expect(received).toHaveLength(4);
  });

  test('eventNoRetry: the app can ask to be left alone', async () => {
    const { ana, received, sandbox } = await against(() => ({ status: 500, headers: limits.eventNoRetry.value }));
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    await sandbox.clock.step(3_600_000);
    expect(received).toHaveLength(1);
  });

  test.each([
    [limits.eventRedirects.value, 'acked'],
    [limits.eventRedirects.value + 1, 'http_error'],
  ])('eventRedirects: %i of them end as %s', async (redirects, outcome) => {
    const again = { 'x-slack-no-retry': '1' };
    const reply = (_received: Received, count: number): Reply =>
      count <= redirects ? { status: 307, headers: { ...again, location: String(app?.url) } } : { headers: again };
    const { ana, sandbox } = await against(reply);
    await ana.say('eng-stability', 'hello');
    await sandbox.settled();
    expect(sandbox.audit.deliveries('message.channels')[0]?.outcome).toBe(outcome);
  });

  test('eventEnvelope, eventAuthorizations, eventOwnPosts: what every event carries', async () => {
    const { client, received, sandbox } = await against(() => ({}));
    await client.chat.postMessage({ channel: 'CENGSTABILITY', text: 'own' });
    await sandbox.settled();
    const event = JSON.parse(received[0]?.body ?? '') as { [key: string]: unknown; authorizations: unknown[] };
    expect(Object.keys(event)).toEqual(expect.arrayContaining([...limits.eventEnvelope.value]));
    expect(event.authorizations).toHaveLength(limits.eventAuthorizations.value);
    expect(Object.keys(event.event as object)).toEqual(expect.arrayContaining([...limits.eventOwnPosts.value]));
  });

  test('eventHandshake: the address is proven by its challenge', async () => {
    const { sandbox, received } = await against(({ body }) => json({ challenge: JSON.parse(body).challenge }));
    expect(await sandbox.verifyUrl()).toBe(true);
    expect(Object.keys(JSON.parse(received[0]?.body ?? ''))).toContain(limits.eventHandshake.value);
  });

  test('eventScopes: each event asks for its own, and no other will do', async () => {
    const wanted = limits.eventScopes.value['message.channels'];
    for (const granted of [wanted, ['reactions:read']]) {
      const oauth_config = { scopes: { bot: [...granted] } };
      const { ana, sandbox } = await against(() => ({}), { manifest: { ...manifest, oauth_config } });
      await ana.say('eng-stability', 'hello');
      await sandbox.settled();
      expect(sandbox.audit.deliveries('message.channels')).toHaveLength(granted === wanted ? 1 : 0);
      await sandbox.close();
      await app?.stop();
    }
  });

  test('eventVolume: above it the app hears app_rate_limited once a minute, and nothing else', async () => {
    const { ana, sandbox } = await against(() => ({}));
    expect(limits.eventVolume.value).toBe(30_000);
    sandbox.setEventVolume(3);
    for (let count = 0; count < 6; count += 1) await ana.say('eng-stability', `hello ${count}`);
    await sandbox.clock.step(60_000);
    await ana.say('eng-stability', 'hello again');
    await sandbox.settled();
    const types = sandbox.audit.deliveries().map(({ type }) => type);
    expect(types.filter((type) => type === 'message.channels')).toHaveLength(3);
    const told = sandbox.audit.deliveries('app_rate_limited');
    expect(told).toHaveLength(2);
    expect(told[0]?.payload).toMatchObject({ type: 'app_rate_limited', team_id: 'THARBOUR0' });
    expect(told[0]?.payload.event).toBeUndefined();
  });

  test('people who leave and channels that are put away are told', async () => {
    const settings = { event_subscriptions: { bot_events: ['channel_archive', 'channel_unarchive', 'user_change'] } };
    const { ana, sandbox } = await against(() => ({}), { manifest: { ...manifest, settings } });
    await ana.archiveChannel('random');
    await ana.unarchiveChannel('random');
    await ana.deactivate('ben');
    await sandbox.settled();
    expect(sandbox.audit.deliveries().map(({ type }) => type)).toEqual([
      'channel_archive',
      'channel_unarchive',
      'user_change',
    ]);
    expect(() => sandbox.person('ben')).toThrow('is deactivated');
    await expect(sandbox.person('chloe').deactivate('ana')).rejects.toThrow('is no admin');
    await ana.reactivate('ben');
    expect(sandbox.person('ben').name).toBe('ben');
  });
});

describe('signing', () => {
  test('signatureHeader, signatureTimestampHeader, signatureForm, signatureMaxAgeMs: provable, and of now', async () => {
    const { ana, received, sandbox } = await against(() => ({}));
    await ana.slash('/tea', { channel: 'general' });
    const { headers, body } = received[0] as Received;
    const timestamp = String(headers[limits.signatureTimestampHeader.value]);
    const signed = limits.signatureForm.value.replace('{timestamp}', timestamp).replace('{raw body}', () => body);
    const digest = createHmac('sha256', sandbox.signingSecret).update(signed).digest('hex');
    expect(headers[limits.signatureHeader.value]).toBe(`v0=${digest}`);
    expect(Math.abs(Date.now() - Number(timestamp) * 1000)).toBeLessThan(limits.signatureMaxAgeMs.value);
  });
});
