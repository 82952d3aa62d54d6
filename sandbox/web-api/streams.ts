import { wordMessageViolations } from '../block-kit/errors.ts';
import { validateSurface } from '../block-kit/validate.ts';
import type { Block } from '../blocks/block.ts';
import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import { changeMessage } from '../messages/change-message.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { type Chunk, streamBlocks } from '../messages/stream-blocks.ts';
import { limits } from '../rules/limits.ts';
import type { Message } from '../state/model.ts';
import { textOrEmpty } from '../text/in-text.ts';
import { ApiError, invalidArguments, worded } from './api-error.ts';
import { type Args, missing } from './args.ts';
import { identity, readThread } from './chat-post.ts';
import { findChannel, findTarget, requirePostable } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { readMetadata } from './read-content.ts';

const CHUNKS = new Map([
  ['markdown_text', ['text']],
  ['task_update', ['id', 'title', 'status']],
  ['plan_update', ['title']],
  ['blocks', ['blocks']],
]);

function readChunks(args: Args): Chunk[] {
  const given = args.json('chunks', 'invalid_chunks') ?? [];
  if (!Array.isArray(given)) throw new ApiError('invalid_chunks');
  const text = args.string('markdown_text');
  const chunks = [...(text === undefined ? [] : [{ type: 'markdown_text', text }]), ...(given as Chunk[])];
  for (const chunk of chunks) {
    const fields = CHUNKS.get(chunk?.type);
    if (!fields || fields.some((field) => chunk[field] === undefined)) throw new ApiError('invalid_chunks');
    if (chunk.type === 'markdown_text' && typeof chunk.text !== 'string') throw new ApiError('invalid_chunks');
    if (chunk.type === 'blocks' && !Array.isArray(chunk.blocks)) throw new ApiError('invalid_chunks');
  }
  return chunks;
}

const textOf = (blocks: Block[]) =>
  blocks.flatMap(({ type, text }) => (type === 'markdown' ? [textOrEmpty(text)] : [])).join('\n');

/** What the message shows with more added to it; refuses what Slack would not show. */
function grown(blocks: Block[], chunks: Chunk[], grouped: boolean): { text: string; blocks: Block[] } {
  const all = chunks.reduce((before, chunk) => streamBlocks(before, chunk, grouped), blocks);
  const text = textOf(all);
  if (text.length > limits.markdownTextMax.value) throw new ApiError('msg_too_long');
  const violations = validateSurface('message', { text, blocks: all });
  if (violations.length > 0) throw worded(wordMessageViolations(violations));
  return { text, blocks: all };
}

function start(engine: Engine, args: Args): Answer {
  const channel = findTarget(engine, args.string('channel'));
  if (args.string('thread_ts') === undefined) throw missing('thread_ts');
  requirePostable(engine, channel);
  if (channel.kind !== 'im') {
    if (args.string('recipient_user_id') === undefined) throw new ApiError('missing_recipient_user_id');
    if (args.string('recipient_team_id') === undefined) throw new ApiError('missing_recipient_team_id');
  }
  const recipient = args.string('recipient_user_id');
  if (recipient !== undefined && !engine.state.users.has(recipient)) throw new ApiError('user_not_found');
  const mode = args.string('task_display_mode') ?? 'timeline';
  if (mode !== 'timeline' && mode !== 'plan')
    throw invalidArguments('must be one of: timeline, plan', '/task_display_mode');
  const message = addMessage(engine, channel, {
    ...identity(engine, args),
    user: engine.state.app.botUserId,
    ...grown([], readChunks(args), mode === 'plan'),
    threadTs: readThread(engine, channel, args),
    streaming: mode,
  });
  return { channel: channel.id, ts: message.ts };
}

function streaming(engine: Engine, args: Args): Message {
  const channel = findChannel(engine, args.string('channel'));
  const message = engine.state.message({ channel: channel.id, ts: args.required('ts') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  if (message.botId !== engine.state.app.botId) throw new ApiError('message_not_owned_by_app');
  if (!message.streaming) throw new ApiError('message_not_in_streaming_state');
  return message;
}

function append(engine: Engine, args: Args): Answer {
  const message = streaming(engine, args);
  const chunks = readChunks(args);
  if (chunks.length === 0) throw new ApiError('no_text');
  Object.assign(message, grown(message.blocks ?? [], chunks, message.streaming === 'plan'));
  engine.changed({ kind: 'message', channel: message.channel, ts: message.ts });
  return { channel: message.channel, ts: message.ts };
}

function stop(engine: Engine, args: Args): Answer {
  const message = streaming(engine, args);
  const below = args.json('blocks', 'invalid_blocks_format') ?? [];
  if (!Array.isArray(below)) throw new ApiError('invalid_blocks_format');
  const chunks = [...readChunks(args), ...(below.length > 0 ? [{ type: 'blocks', blocks: below }] : [])];
  const content = grown(message.blocks ?? [], chunks, message.streaming === 'plan');
  const { metadata } = readMetadata(args);
  delete message.streaming;
  changeMessage(engine, message, { ...content, ...(metadata ? { metadata } : {}) });
  return { channel: message.channel, ts: message.ts, message: messagePayload(engine, message) };
}

export const streamMethods: Handlers = {
  'chat.startStream': start,
  'chat.appendStream': append,
  'chat.stopStream': stop,
};
