import type { Engine } from '../engine/engine.ts';
import { addMessage, threadRoot } from '../messages/add-message.ts';
import { linkGroups } from '../messages/link-groups.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { splitText } from '../messages/split-text.ts';
import { limits } from '../rules/limits.ts';
import type { Channel, Message } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findTarget, requirePostable } from './find-channel.ts';
import type { Answer, Call, Handlers } from './method.ts';
import { readContent } from './read-content.ts';

const TS = /^\d{10}\.\d{6}$/;

/** The thread a new message goes to, or undefined for the channel itself. */
export function readThread(engine: Engine, channel: Channel, args: Args): string | undefined {
  const given = args.string('thread_ts');
  if (given === undefined) return undefined;
  const root = threadRoot(engine, channel.id, given);
  // Under a message that was deleted with nothing below it, Slack answers ok and posts into the channel.
  if (!root && TS.test(given)) return undefined;
  if (!root) throw new ApiError('thread_not_found');
  if (root.ephemeralTo) throw new ApiError(limits.replyRefused.value);
  return root.ts;
}

export function identity(engine: Engine, args: Args): Partial<Message> {
  const { app } = engine.state;
  const own = { user: app.botUserId, botId: app.botId, appId: app.id };
  if (!app.scopes.includes('chat:write.customize')) return own;
  return {
    ...own,
    username: args.string('username'),
    iconUrl: args.string('icon_url'),
    iconEmoji: args.string('icon_emoji'),
  };
}

/** chat.postMessage's work, also when a scheduled message falls due. */
export function postMessage(engine: Engine, args: Args, { token }: Call = {}): Answer {
  const channel = findTarget(engine, args.string('channel'));
  requirePostable(engine, channel);
  const content = readContent(engine, args);
  const threadTs = readThread(engine, channel, args);
  const broadcast = threadTs !== undefined && (args.boolean('reply_broadcast') ?? false);
  const { parts, warnings } = splitText(content.text, content.blocks !== undefined);
  const messages = parts.map((text, index) =>
    addMessage(engine, channel, {
      ...identity(engine, args),
      user: engine.state.app.botUserId,
      text: args.boolean('link_names') ? linkGroups(engine, text) : text,
      ...(index === 0
        ? {
            blocks: content.blocks,
            attachments: content.attachments,
            metadata: content.metadata,
            entities: content.entities,
          }
        : {}),
      threadTs,
      broadcast,
      textless: content.textless,
      parse: args.string('parse'),
      execution: engine.vault.find(token ?? '')?.execution,
    }),
  );
  const first = messages[0] as Message;
  if (parts.length > 1)
    engine.audit.brokenRules.add({
      rule: 'message_split',
      detail: `${content.text.length} characters became ${parts.length} messages`,
      at: engine.clock.now(),
    });
  return {
    channel: channel.id,
    ts: first.ts,
    message: messagePayload(engine, first),
    ...(warnings.length > 0 ? { warning: warnings.join(','), response_metadata: { warnings } } : {}),
  };
}

function postEphemeral(engine: Engine, args: Args): Answer {
  const channel = findTarget(engine, args.string('channel'));
  const user = engine.state.users.get(args.required('user'));
  requirePostable(engine, channel);
  if (!user || !channel.members.has(user.id)) throw new ApiError('user_not_in_channel');
  const content = readContent(engine, args);
  if (content.text.length > 40_000) throw new ApiError('msg_too_long');
  const message = addMessage(engine, channel, {
    ...identity(engine, args),
    user: engine.state.app.botUserId,
    text: content.text,
    blocks: content.blocks,
    attachments: content.attachments,
    threadTs: readThread(engine, channel, args),
    ephemeralTo: user.id,
    textless: content.textless,
  });
  return { message_ts: message.ts };
}

function meMessage(engine: Engine, args: Args): Answer {
  const channel = findTarget(engine, args.string('channel'));
  requirePostable(engine, channel);
  const text = args.string('text');
  if (text === undefined) throw new ApiError('no_text');
  const message = addMessage(engine, channel, {
    ...identity(engine, args),
    user: engine.state.app.botUserId,
    text,
    subtype: 'me_message',
  });
  return { channel: channel.id, ts: message.ts };
}

export const postingMethods: Handlers = {
  'chat.meMessage': meMessage,
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
};
