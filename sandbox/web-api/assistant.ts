import type { Engine } from '../engine/engine.ts';
import { threadRoot } from '../messages/add-message.ts';
import { limits } from '../rules/limits.ts';
import type { Prompt } from '../seed/manifest.ts';
import type { Channel, Message } from '../state/model.ts';
import { ApiError, invalidArguments } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

function threadOf(engine: Engine, channel: Channel, ts: string): Message {
  const root = threadRoot(engine, channel.id, ts);
  if (!root || root.ephemeralTo) throw new ApiError('invalid_thread_ts');
  return root;
}

function note(engine: Engine, root: Message, notes: Message['thread']): Answer {
  root.thread = { ...root.thread, ...notes };
  engine.changed({ kind: 'message', channel: root.channel, ts: root.ts });
  return {};
}

function setStatus(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.required('channel_id'));
  const root = threadOf(engine, channel, args.required('thread_ts'));
  const status = args.text('status');
  if (status === undefined) throw invalidArguments('missing required field: status', '/status');
  const messages = args.list('loading_messages') ?? [];
  if (messages.length > limits.loadingMessages.value)
    throw invalidArguments(`no more than ${limits.loadingMessages.value} items allowed`, '/loading_messages');
  return note(engine, root, { status: status === '' ? undefined : (messages[0] ?? status) });
}

function setTitle(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.required('channel_id'));
  return note(engine, threadOf(engine, channel, args.required('thread_ts')), { title: args.required('title') });
}

function readPrompts(args: Args): Prompt[] {
  const prompts = args.json('prompts', 'invalid_arguments');
  if (!Array.isArray(prompts)) throw invalidArguments('must provide an array', '/prompts');
  const most = limits.suggestedPrompts.value;
  if (prompts.length > most) throw invalidArguments(`no more than ${most} items allowed`, '/prompts');
  return prompts.map((prompt: Partial<Prompt> | null, index) => {
    const { title, message } = prompt ?? {};
    if (typeof title !== 'string' || typeof message !== 'string' || !title || !message)
      throw invalidArguments('must have a title and a message', `/prompts/${index}`);
    return { title, message };
  });
}

function setSuggestedPrompts(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.required('channel_id'));
  const offered = { prompts: readPrompts(args), promptsTitle: args.string('title') };
  const ts = args.string('thread_ts');
  if (ts !== undefined) return note(engine, threadOf(engine, channel, ts), offered);
  channel.prompts = offered;
  engine.changed({ kind: 'channel', channel: channel.id });
  return {};
}

export const assistantMethods: Handlers = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setTitle': setTitle,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
};
