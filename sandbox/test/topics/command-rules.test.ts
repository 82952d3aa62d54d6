import { describe, expect, test } from 'vitest';
import { ackRules } from '../../rules/acks.ts';
import { eventRules } from '../../rules/events.ts';
import { limits } from '../../rules/limits.ts';
import { against, json, payloadOf } from '../support/against.ts';
import { quietWorkspace } from '../support/quiet-workspace.ts';
import { hurried, manifest } from '../support/running-app.ts';

describe('commands', () => {
  test.each([
    ['commandTimeoutText', 'never' as const, ackRules.commandTimeoutText.value],
    ['commandUnreachableError', { status: 503 }, ackRules.commandUnreachableError.value],
    ['commandRefusedError', { status: 404 }, ackRules.commandRefusedError.value],
  ])('%s: the person reads why nothing happened', async (_rule, reply, words) => {
    const { ana } = await against(() => reply, reply === 'never' ? hurried : {});
    await ana.slash('/tea', { channel: 'general' });
    expect((await ana.sees(words, { in: 'general' })).ephemeralTo).toBe(ana.id);
  });

  test('commandTimeoutError: the auditor knows a command that nobody acked by its code', async () => {
    const { ana } = await against(() => 'never', hurried);
    const { outcome, detail } = await ana.slash('/tea', { channel: 'general' });
    expect(outcome).toBe('timeout');
    expect(detail).toBe(`${limits.commandTimeoutError.value}: no answer within ${hurried.ackDeadlineMs} ms`);
  });

  test('commandUnknownText: a command that no app here has reaches nobody, and its sender reads why', async () => {
    const { ana, received } = await against(() => ({}));
    const sent = ana.slash('/coffee black', { channel: 'general' });
    await expect(sent).rejects.toThrow(`/coffee ${limits.commandUnknownText.value} There are: /tea, /raw.`);
    expect(received).toEqual([]);
  });

  test('commandNameConflict: an app that came later takes the command, and what it does not have stays ours', async () => {
    const { ana, received, sandbox } = await against(() => ({}));
    sandbox.installRival('Kettle', ['/tea', '/kettle']);
    expect(limits.commandNameConflict.value).toBe('the last installed');
    expect((await ana.slash('/tea', { channel: 'general' })).detail).toContain('Kettle was installed later');
    expect((await ana.sees('Kettle took /tea.', { in: 'general' })).ephemeralTo).toBe(ana.id);
    await ana.slash('/kettle', { channel: 'general' });
    expect(received).toEqual([]);
    await ana.slash('/raw', { channel: 'general' });
    expect(received).toHaveLength(1);
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
    const { ana, sandbox } = await against((_received, count) =>
      json(count === 1 ? { text: 'one' } : { text: 'all', response_type: 'in_channel' }),
    );
    await ana.slash('/tea quiet', { channel: 'general' });
    expect((await ana.sees('one', { in: 'general' })).ephemeralTo).toBe(ana.id);
    expect(limits.commandReplyType.value).toBe('ephemeral');
    await ana.slash('/tea loud', { channel: 'general' });
    const texts = sandbox
      .person('ben')
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
