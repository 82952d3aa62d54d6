import type { Engine } from '../engine/engine.ts';
import { filePayload } from '../files/file-payload.ts';
import type { Channel, Message } from '../state/model.ts';
import { nameEmoji } from './emoji.ts';
import { richTextOf } from './rich-text-of.ts';
import { wrapLinks } from './wrap-links.ts';

const CHANNEL_TYPES = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;

export function channelType(channel: Channel): string {
  return CHANNEL_TYPES[channel.kind];
}

function botProfile(engine: Engine) {
  const { app, team } = engine.state;
  return { id: app.botId, app_id: app.id, name: app.name, deleted: false, updated: 0, team_id: team.id, icons: {} };
}

/** Whose workspace a message comes from. */
function senderTeams(engine: Engine, message: Message) {
  const sender = engine.state.users.get(message.user);
  if (!sender?.isExternal) return { team: engine.state.team.id };
  const { team, name, realName } = sender;
  const user_profile = { team, name, real_name: realName, display_name: name };
  return { team, user_team: team, source_team: team, user_profile };
}

/** A message as Slack's API and events show it. */
export function messagePayload(engine: Engine, message: Message): { [key: string]: unknown } {
  const payload: { [key: string]: unknown } = {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    text: nameEmoji(message.parse === 'none' ? message.text : wrapLinks(message.text)),
    ts: message.ts,
    ...senderTeams(engine, message),
  };
  if (message.botId) {
    payload.bot_id = message.botId;
    payload.app_id = message.appId;
    payload.bot_profile = botProfile(engine);
  }
  if (message.username) payload.username = message.username;
  if (message.iconUrl || message.iconEmoji) payload.icons = { emoji: message.iconEmoji, image_48: message.iconUrl };
  if (message.typed) payload.client_msg_id = message.typed.clientMsgId;
  if (message.blocks) payload.blocks = message.blocks;
  else if (message.typed && message.text) payload.blocks = [richTextOf(message.text, message.typed.blockId)];
  if (message.attachments) payload.attachments = message.attachments;
  if (message.metadata) payload.metadata = message.metadata;
  if (message.thread && message.subtype) payload.assistant_app_thread = { title: message.thread.title ?? '' };
  if (message.edited) payload.edited = message.edited;
  if (message.threadTs) {
    payload.thread_ts = message.threadTs;
    if (message.threadTs === message.ts) {
      payload.reply_count = message.replyCount;
      payload.reply_users_count = message.replyUsers.length;
      payload.reply_users = message.replyUsers;
      payload.latest_reply = message.latestReply;
      payload.is_locked = false;
      payload.subscribed = false;
    } else {
      const root = engine.state.message({ channel: message.channel, ts: message.threadTs });
      payload.parent_user_id = root?.user ?? '';
      if (message.broadcast)
        Object.assign(payload, {
          subtype: 'thread_broadcast',
          ...(root ? { root: messagePayload(engine, root) } : {}),
        });
    }
  }
  if (message.reactions.length > 0)
    payload.reactions = message.reactions.map(({ name, users }) => ({ name, users, count: users.length }));
  if (message.files.length > 0)
    payload.files = message.files.flatMap((id) => {
      const file = engine.state.files.get(id);
      return file ? [filePayload(engine, file)] : [];
    });
  return payload;
}
