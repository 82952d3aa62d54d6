import { limits } from '../../rules/limits.ts';
import { ALONE, ANA, type Case, STABILITY } from './method-workspace.ts';

const none = { channel: 'C0NOTHERE' };
const noMessage = { channel: STABILITY, ts: '1.000000' };
const entity = {
  entity_type: 'slack#/entities/item',
  external_ref: { id: '42' },
  url: 'https://tea.example/42',
  entity_payload: { attributes: { title: { text: 'Assam' } } },
};

/** The methods of assistants, workflows, link previews and other people's apps. */
export const widerCases: { [method: string]: Case } = {
  'assistant.threads.setStatus': [
    ({ ts }) => ({ channel_id: STABILITY, thread_ts: ts, status: 'is steeping', loading_messages: ['Steeping'] }),
    { channel_id: STABILITY, thread_ts: '1.000000', status: 'is steeping' },
    'invalid_thread_ts',
  ],
  'assistant.threads.setTitle': [
    ({ ts }) => ({ channel_id: STABILITY, thread_ts: ts, title: 'Tea' }),
    { channel_id: 'C0NOTHERE', thread_ts: '1.000000', title: 'Tea' },
    'channel_not_found',
  ],
  'assistant.threads.setSuggestedPrompts': [
    ({ ts }) => ({ channel_id: STABILITY, thread_ts: ts, prompts: [{ title: 'Tea?', message: 'Make tea' }] }),
    { channel_id: STABILITY, prompts: Array(5).fill({ title: 'Tea?', message: 'Make tea' }) },
    'invalid_arguments',
  ],
  'chat.startStream': [
    ({ ts }) => ({
      channel: STABILITY,
      thread_ts: ts,
      recipient_user_id: ANA,
      recipient_team_id: 'THARBOUR0',
      markdown_text: '**tea**',
    }),
    { channel: STABILITY, thread_ts: '1.000000', recipient_user_id: ANA },
    'missing_recipient_team_id',
  ],
  'chat.appendStream': [
    ({ stream }) => ({ channel: STABILITY, ts: stream, markdown_text: ' is ready' }),
    { ...noMessage, markdown_text: 'x' },
    'message_not_found',
  ],
  'chat.stopStream': [({ stream }) => ({ channel: STABILITY, ts: stream }), noMessage, 'message_not_found'],
  'chat.unfurl': [
    ({ linked }) => ({ channel: STABILITY, ts: linked, unfurls: { 'https://tea.example/42': { text: 'Assam' } } }),
    { ...noMessage, unfurls: {} },
    'cannot_find_message',
  ],
  'entity.presentDetails': [
    ({ entityTrigger }) => ({ trigger_id: entityTrigger, metadata: entity }),
    { trigger_id: '1.2.3', metadata: entity },
    'invalid_trigger_id',
  ],
  'functions.completeSuccess': [
    ({ step }) => ({ function_execution_id: step, outputs: { tea: 'assam' } }),
    { function_execution_id: 'Fx0', outputs: {} },
    'function_execution_not_found',
  ],
  'functions.completeError': [
    ({ step }) => ({ function_execution_id: step, error: 'no tea' }),
    { function_execution_id: 'Fx0', error: 'no tea' },
    'function_execution_not_found',
  ],
  'auth.teams.list': [() => ({}), {}, ''],
  'bookmarks.list': [() => ({ channel_id: STABILITY }), { channel_id: 'C0NOTHERE' }, 'channel_not_found'],
  'bookmarks.edit': [
    ({ bookmark }) => ({ channel_id: STABILITY, bookmark_id: bookmark, title: 'More tea' }),
    { channel_id: STABILITY, bookmark_id: 'Bk0' },
    'not_found',
  ],
  'bookmarks.remove': [
    ({ bookmark }) => ({ channel_id: STABILITY, bookmark_id: bookmark }),
    { channel_id: STABILITY, bookmark_id: 'Bk0' },
    'not_found',
  ],
  'chat.meMessage': [() => ({ channel: STABILITY, text: 'pours' }), { channel: STABILITY }, 'no_text'],
  'conversations.archive': [() => ({ channel: STABILITY }), { channel: 'CGENERAL0' }, 'not_in_channel'],
  'conversations.unarchive': [() => ({ channel: 'COLD00000' }), { channel: STABILITY }, 'not_archived'],
  'conversations.close': [
    ({ direct }) => ({ channel: direct }),
    { channel: STABILITY },
    'method_not_supported_for_channel_type',
  ],
  'conversations.kick': [
    () => ({ channel: STABILITY, user: ANA }),
    { channel: STABILITY, user: 'UTEAPOT00' },
    'cant_kick_self',
  ],
  'conversations.leave': [() => ({ channel: STABILITY }), { channel: 'CGENERAL0' }, 'cant_leave_general'],
  'conversations.mark': [
    ({ ts }) => ({ channel: STABILITY, ts }),
    { channel: STABILITY, ts: 'yesterday' },
    'invalid_timestamp',
  ],
  'conversations.rename': [
    () => ({ channel: STABILITY, name: 'tea-room' }),
    { channel: STABILITY, name: 'general' },
    'name_taken',
  ],
  'conversations.setTopic': [
    () => ({ channel: STABILITY, topic: 'Tea' }),
    { channel: STABILITY, topic: 'x'.repeat(limits.channelDescription.value + 1) },
    'too_long',
  ],
  'conversations.setPurpose': [
    () => ({ channel: ALONE, purpose: 'Tea' }),
    { channel: ALONE, purpose: 'x'.repeat(limits.channelDescription.value + 1) },
    'too_long',
  ],
  'files.list': [() => ({ channel: STABILITY }), { user: 'U0NOBODY' }, 'user_not_found'],
  'pins.list': [() => ({ channel: STABILITY }), none, 'channel_not_found'],
  'pins.remove': [
    ({ linked }) => ({ channel: STABILITY, timestamp: linked }),
    { channel: STABILITY, timestamp: '1.000000' },
    'message_not_found',
  ],
  'reactions.get': [
    ({ ts }) => ({ channel: STABILITY, timestamp: ts }),
    { channel: STABILITY, timestamp: '1.000000' },
    'message_not_found',
  ],
  'reactions.list': [() => ({}), { user: 'U0NOBODY' }, 'user_not_found'],
  'usergroups.create': [
    () => ({ name: 'Tea makers', handle: 'makers' }),
    { name: 'Other', handle: 'ana' },
    'handle_already_exists',
  ],
  'usergroups.update': [
    ({ group }) => ({ usergroup: group, description: 'They pour' }),
    { usergroup: 'S0' },
    'no_such_subteam',
  ],
  'usergroups.disable': [({ group }) => ({ usergroup: group }), { usergroup: 'S0' }, 'no_such_subteam'],
  'usergroups.enable': [({ group }) => ({ usergroup: group }), { usergroup: 'S0' }, 'no_such_subteam'],
  'usergroups.users.list': [({ group }) => ({ usergroup: group }), { usergroup: 'S0' }, 'no_such_subteam'],
  'usergroups.users.update': [
    ({ group }) => ({ usergroup: group, users: ANA }),
    { usergroup: 'S0', users: ANA },
    'no_such_subteam',
  ],
  'users.getPresence': [() => ({ user: ANA }), { user: 'U0NOBODY' }, 'user_not_found'],
  'users.setPresence': [() => ({ presence: 'away' }), { presence: 'asleep' }, 'invalid_presence'],
};
