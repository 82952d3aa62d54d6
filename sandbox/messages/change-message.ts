import { prepareAttachments, prepareBlocks } from '../blocks/prepare-blocks.ts';
import type { Engine } from '../engine/engine.ts';
import type { Message } from '../state/model.ts';
import { emitMessageEvent } from './add-message.ts';
import { emitMetadataEvent } from './emit-metadata.ts';
import { messagePayload } from './message-payload.ts';

export type MessageChange = Partial<
  Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'files' | 'textless'>
>;

function channelOf(engine: Engine, message: Message) {
  const channel = engine.state.channels.get(message.channel);
  if (!channel) throw new Error(`there is no channel ${message.channel}`);
  return channel;
}

/** `edited` is left out for changes that Slack shows without "(edited)". */
export function changeMessage(engine: Engine, message: Message, change: MessageChange, editedBy?: string): void {
  const previous = message.ephemeralTo ? undefined : messagePayload(engine, structuredClone(message));
  const before = message.metadata;
  Object.assign(message, change);
  if (change.blocks) message.blocks = prepareBlocks(change.blocks, engine.ids);
  if (change.attachments) message.attachments = prepareAttachments(change.attachments, engine.ids);
  if (change.blocks || change.attachments) message.values = undefined;
  message.trouble = undefined;
  const now = engine.state.nextTs(engine.clock.now());
  if (editedBy) message.edited = { user: editedBy, ts: now };
  engine.changed({ kind: 'message', channel: message.channel, ts: message.ts });
  if (!previous) return;
  emitMessageEvent(engine, channelOf(engine, message), {
    subtype: 'message_changed',
    hidden: true,
    message: messagePayload(engine, message),
    previous_message: previous,
    ts: now,
    event_ts: now,
  });
  if (!('metadata' in change) || (!before && !message.metadata)) return;
  const type = !message.metadata ? 'deleted' : before ? 'updated' : 'posted';
  emitMetadataEvent(engine, channelOf(engine, message), message, `message_metadata_${type}`, before);
}

/** A parent stays, emptied, as long as its thread has replies. */
function leaveTombstone(message: Message): void {
  Object.assign(message, {
    subtype: 'tombstone',
    text: 'This message was deleted.',
    user: 'USLACKBOT',
    botId: undefined,
    blocks: undefined,
    attachments: undefined,
    metadata: undefined,
    files: [],
    reactions: [],
    textless: false,
  });
}

export function deleteMessage(engine: Engine, message: Message): void {
  const { state } = engine;
  const previous = messagePayload(engine, message);
  if (message.replyCount > 0) leaveTombstone(message);
  else state.log(message.channel).remove(message.ts);
  if (message.threadTs && message.threadTs !== message.ts && !message.ephemeralTo) {
    const parent = state.message({ channel: message.channel, ts: message.threadTs });
    if (parent) {
      const left = [...state.log(message.channel).replies(parent.ts)].filter((reply) => !reply.ephemeralTo);
      parent.replyCount = left.length;
      parent.replyUsers = [...new Set(left.map((reply) => reply.user))];
      parent.latestReply = left.at(-1)?.ts;
      if (left.length === 0) parent.threadTs = undefined;
      engine.changed({ kind: 'message', channel: parent.channel, ts: parent.ts });
    }
  }
  engine.changed({ kind: 'message_deleted', channel: message.channel, ts: message.ts });
  if (message.ephemeralTo) return;
  const now = state.nextTs(engine.clock.now());
  emitMessageEvent(engine, channelOf(engine, message), {
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: previous,
    ts: now,
    event_ts: now,
  });
}
