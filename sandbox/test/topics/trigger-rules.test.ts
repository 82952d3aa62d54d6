import { describe, expect, test } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { against, button, payloadOf, plain } from '../support/against.ts';
import { refusal } from '../support/quiet-workspace.ts';

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

  test('triggerLifetimeMs: a trigger ages in real time too, while the clock of the workspace stands still', async () => {
    let real = 0;
    const { ana, client, received } = await against(() => ({}), { realNow: () => real });
    const view = { type: 'modal' as const, title: plain('T'), blocks: [] } as never;
    const open = () => client.views.open({ trigger_id: String(payloadOf(received.at(-1)).trigger_id), view });
    await ana.slash('/tea', { channel: 'general' });
    real += limits.triggerLifetimeMs.value;
    await open();
    await ana.closeAll();
    await ana.slash('/tea', { channel: 'general' });
    real += limits.triggerLifetimeMs.value + 1;
    expect(await refusal(open())).toBe(limits.triggerErrors.value.expired);
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
    const { ana, client, received, sandbox } = await against(() => ({}));
    const { ts = '' } = await client.chat.postMessage({
      channel: 'CENGSTABILITY',
      text: 'x',
      blocks: [button] as never,
    });
    await ana.click({ channel: 'CENGSTABILITY', ts }, 'go');
    const click = received.map(payloadOf).find(({ type }) => type === 'block_actions');
    const url = click?.response_url;
    await respond(url, { text: 'swapped', replace_original: true, response_type: 'ephemeral' });
    const swapped = await sandbox.person('ben').sees('swapped', { in: 'eng-stability' });
    expect(swapped?.ephemeralTo === undefined).toBe(limits.responseUrlKeepsVisibility.value);
    await respond(url, { text: 'in thread', thread_ts: ts, ...limits.responseUrlThread.value });
    expect((await ana.sees('in thread', { in: 'eng-stability' })).threadTs).toBe(ts);
  });
});
