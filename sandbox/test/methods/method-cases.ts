import { ALONE, ANA, type Case, STABILITY, soon } from './method-workspace.ts';

const modal = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] };
const home = { type: 'home', blocks: [] };
const none = { channel: 'C0NOTHERE' };

/** For each method: arguments that work, others that do not, and what Slack says to those. */
export const methodCases: { [method: string]: Case } = {
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
    () => ({ channel: ALONE, users: ANA }),
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
