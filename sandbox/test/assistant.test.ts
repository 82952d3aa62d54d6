import { type App, Assistant } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { limits } from '../rules/limits.ts';
import type { Manifest } from '../seed/manifest.ts';
import { manifest, type Running, runningApp, type TransportKind } from './support/running-app.ts';

const assistantManifest: Manifest = {
  ...manifest,
  features: { ...manifest.features, assistant_view: { assistant_description: 'Knows tea' } },
  oauth_config: {
    scopes: { bot: [...(manifest.oauth_config?.scopes?.bot ?? []), limits.assistantScope.value] },
  },
  settings: {
    event_subscriptions: {
      bot_events: ['assistant_thread_started', 'assistant_thread_context_changed', 'app_mention', 'message.im'],
    },
  },
};

const feedback = {
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'feedback',
      positive_button: { text: { type: 'plain_text', text: 'Good' }, value: 'good' },
      negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: 'bad' },
    },
  ],
};

function configure(app: App): void {
  const assistant = new Assistant({
    threadStarted: async ({ say, setSuggestedPrompts, saveThreadContext }) => {
      await say('What shall it be?');
      await saveThreadContext();
      await setSuggestedPrompts({ title: 'Try', prompts: [{ title: 'Strong', message: 'A strong one' }] });
    },
    threadContextChanged: async ({ saveThreadContext }) => saveThreadContext(),
    userMessage: async ({ message, setTitle, setStatus, getThreadContext, sayStream }) => {
      const text = 'text' in message ? (message.text ?? '') : '';
      await setTitle(text);
      await setStatus('is steeping');
      const { channel_id: beside } = await getThreadContext();
      const stream = sayStream();
      await stream.append({ chunks: [{ type: 'task_update', id: 'boil', title: 'Boil', status: 'in_progress' }] });
      await stream.append({ chunks: [{ type: 'task_update', id: 'boil', title: 'Boiled', status: 'complete' }] });
      await stream.append({ markdown_text: `**${text}** for <#${beside}>` });
      await stream.stop({ blocks: [feedback] as never });
    },
  });
  app.assistant(assistant);
  app.action('feedback', async ({ ack, action, respond }) => {
    await ack();
    await respond({ replace_original: false, text: `noted: ${'value' in action ? action.value : 'nothing'}` });
  });
}

let running: Running;

afterEach(() => running.stop());

const started = async (transport: TransportKind) => {
  running = await runningApp(transport, configure, { manifest: assistantManifest });
  return running.sandbox.person('ana');
};

describe.each<TransportKind>(['socket', 'http'])('an assistant over %s', (transport) => {
  test('greets in a thread of its own, takes up what the person looks at, and streams its answer', async () => {
    const ana = await started(transport);
    const talk = await ana.openAssistant('general');
    expect(talk.subtype).toBe(limits.assistantThread.value);
    await ana.sees('What shall it be?');
    await running.sandbox.settled();
    expect(running.sandbox.message(talk)?.thread?.prompts).toEqual([{ title: 'Strong', message: 'A strong one' }]);

    await ana.lookAt(talk, 'random');
    await running.sandbox.settled();
    await ana.say('teapot', 'A strong one', { thread: talk.ts });
    const answer = await ana.sees((message) => message.blocks?.at(-1)?.type === 'context_actions');
    expect(answer.blocks?.map(({ type }) => type)).toEqual(['task_card', 'markdown', 'context_actions']);
    expect(answer.blocks?.[0]).toMatchObject({ task_id: 'boil', title: 'Boiled', status: 'complete' });
    expect(answer.text).toBe('**A strong one** for <#CRANDOM00>');
    const { thread } = running.sandbox.message(talk) ?? {};
    expect(thread).toMatchObject({ title: 'A strong one' });
    expect([thread?.status, thread?.prompts]).toEqual([undefined, undefined]);

    await ana.click(answer, { actionId: 'feedback', value: 'good' });
    await ana.sees('noted: good');
    await ana.click(answer, { actionId: 'feedback', text: 'Bad' });
    await ana.sees('noted: bad');
    await expect(ana.click(answer, 'feedback')).rejects.toThrow('say which');
  });
});

test('what is said to an assistant outside of a thread begins one', async () => {
  const ana = await started('socket');
  const said = await ana.say('teapot', 'Darjeeling');
  expect(said.threadTs).not.toBe(said.ts);
  await ana.sees('Darjeeling** for');
  const [event] = running.sandbox.audit.deliveries('message.im');
  expect(event?.payload.event).toMatchObject({ thread_ts: said.threadTs, channel_type: 'im' });
});

test('a status stands until the app posts, and an app that is no assistant has none of this', async () => {
  const ana = await started('socket');
  const { client } = running.app;
  const said = await ana.say('eng-stability', 'hello');
  const place = { channel_id: said.channel, thread_ts: said.ts };
  await client.assistant.threads.setStatus({ ...place, status: 'is thinking', loading_messages: ['Brewing'] });
  expect(running.sandbox.message(said)?.thread?.status).toBe('Brewing');
  await client.chat.postMessage({ channel: said.channel, thread_ts: said.ts, text: 'done' });
  expect(running.sandbox.message(said)?.thread?.status === undefined).toBe(limits.statusEnds.value);
  const many = Array.from({ length: limits.loadingMessages.value + 1 }, (_, index) => `${index}`);
  await expect(
    client.assistant.threads.setStatus({ ...place, status: 'x', loading_messages: many }),
  ).rejects.toMatchObject({ data: { error: 'invalid_arguments' } });
  const prompts = Array.from({ length: limits.suggestedPrompts.value + 1 }, () => ({ title: 't', message: 'm' }));
  await expect(client.assistant.threads.setSuggestedPrompts({ ...place, prompts })).rejects.toMatchObject({
    data: { error: 'invalid_arguments' },
  });
  await running.stop();
  running = await runningApp('socket', () => {});
  await expect(running.sandbox.person('ana').openAssistant()).rejects.toThrow('no assistant');
});

test('a streamed message names its reader outside of direct messages, and is over once it is stopped', async () => {
  const ana = await started('socket');
  const { client } = running.app;
  const said = await ana.say('eng-stability', 'hello');
  const inThread = { channel: said.channel, thread_ts: said.ts };
  const [user, team] = limits.streamRecipient.value;
  const missing = async (args: object) => {
    const refusal = await client.chat.startStream({ ...inThread, ...args }).catch((error: unknown) => error);
    return (refusal as { data: { error: string } }).data.error;
  };
  expect(await missing({})).toBe(`missing_${user}`);
  expect(await missing({ [user]: ana.id })).toBe(`missing_${team}`);
  const { ts = '' } = await client.chat.startStream({ ...inThread, [user]: ana.id, [team]: 'THARBOUR0' });
  const stream = { channel: said.channel, ts };
  const fields: { [type in (typeof limits.streamChunks.value)[number]]: object } = {
    markdown_text: { text: 'Tea' },
    task_update: { id: 'boil', title: 'Boil', status: 'pending' },
    plan_update: { title: 'Plan' },
    blocks: { blocks: [{ type: 'divider' }] },
  };
  for (const type of limits.streamChunks.value)
    await client.chat.appendStream({ ...stream, chunks: [{ type, ...fields[type] }] as never });
  await expect(client.chat.appendStream(stream)).rejects.toMatchObject({ data: { error: 'no_text' } });
  await expect(client.chat.appendStream({ ...stream, chunks: [{ type: 'song' }] as never })).rejects.toMatchObject({
    data: { error: 'invalid_chunks' },
  });
  await expect(client.chat.appendStream({ ...stream, markdown_text: 'x'.repeat(12_001) })).rejects.toMatchObject({
    data: { error: 'msg_too_long' },
  });
  await client.chat.stopStream({ ...stream, markdown_text: 'done' });
  await expect(client.chat.appendStream({ ...stream, markdown_text: 'more' })).rejects.toMatchObject({
    data: { error: limits.streamOver.value },
  });
});
