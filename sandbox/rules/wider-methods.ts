import { method, sdkMethod } from './method-facts.ts';

const manage = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];

/** Methods of assistants, workflows and link previews. */
export const agentMethods = [
  method('assistant.threads.setStatus', ['assistant:write', 'chat:write'], ['special', 'special'], true, [
    'channel_not_found',
    'invalid_thread_ts',
  ]),
  method('assistant.threads.setSuggestedPrompts', ['assistant:write'], ['special', 'special'], true, [
    'channel_not_found',
    'invalid_thread_ts',
    'message_not_found',
  ]),
  method('assistant.threads.setTitle', ['assistant:write'], ['special', 'special'], true, [
    'channel_not_found',
    'invalid_thread_ts',
  ]),
  method('chat.startStream', ['chat:write'], [2, 2], true, [
    'channel_not_found',
    'is_archived',
    'messages_tab_disabled',
    'missing_recipient_team_id',
    'missing_recipient_user_id',
    'not_in_channel',
    'user_not_found',
  ]),
  method('chat.appendStream', ['chat:write'], [4, 4], true, [
    'message_not_found',
    'message_not_in_streaming_state',
    'message_not_owned_by_app',
    'msg_too_long',
    'no_text',
  ]),
  method('chat.stopStream', ['chat:write'], [2, 2], true, [
    'message_not_found',
    'message_not_in_streaming_state',
    'invalid_metadata_format',
    'metadata_too_large',
  ]),
  method('entity.presentDetails', [], [3, 3], true, [
    'entity_metadata_does_not_match_trigger',
    'invalid_metadata',
    'invalid_trigger_id',
    'user_auth_url_missing',
  ]),
  method('functions.completeSuccess', [], [3, 3], true, [
    'execution_not_in_running_state',
    'function_execution_not_found',
    'parameter_validation_failed',
  ]),
  method('functions.completeError', [], [3, 3], true, [
    'execution_not_in_running_state',
    'function_execution_not_found',
  ]),
];

/** Methods that other apps call. */
export const widerMethods = [
  sdkMethod('auth.teams.list', [], 2, true, []),
  sdkMethod('bookmarks.list', ['bookmarks:read'], 3, true, ['channel_not_found']),
  sdkMethod('bookmarks.edit', ['bookmarks:write'], 2, true, ['channel_not_found', 'not_found']),
  sdkMethod('bookmarks.remove', ['bookmarks:write'], 2, true, ['channel_not_found', 'not_found']),
  sdkMethod('chat.meMessage', ['chat:write'], 3, true, ['channel_not_found', 'no_text', 'not_in_channel']),
  sdkMethod('conversations.archive', manage, 2, true, ['already_archived', 'cant_archive_general', 'not_in_channel']),
  sdkMethod('conversations.close', manage, 2, true, ['channel_not_found', 'method_not_supported_for_channel_type']),
  sdkMethod('conversations.kick', manage, 3, true, ['cant_kick_self', 'cant_kick_from_general', 'not_in_channel']),
  sdkMethod('conversations.leave', manage, 3, true, ['cant_leave_general', 'method_not_supported_for_channel_type']),
  sdkMethod('conversations.mark', manage, 3, true, ['channel_not_found', 'invalid_timestamp', 'not_in_channel']),
  sdkMethod('conversations.rename', manage, 2, true, ['name_taken', 'not_in_channel', 'invalid_name_specials']),
  sdkMethod('conversations.setPurpose', [...manage, 'channels:write.topic', 'groups:write.topic'], 2, true, [
    'channel_not_found',
    'not_in_channel',
    'too_long',
  ]),
  sdkMethod('conversations.setTopic', [...manage, 'channels:write.topic', 'groups:write.topic'], 2, true, [
    'channel_not_found',
    'not_in_channel',
    'too_long',
  ]),
  sdkMethod('conversations.unarchive', manage, 2, true, ['channel_not_found', 'not_archived']),
  sdkMethod('files.list', ['files:read'], 3, false, ['channel_not_found', 'user_not_found']),
  sdkMethod('files.upload', ['files:write'], 2, false, ['method_deprecated']),
  sdkMethod('pins.list', ['pins:read'], 2, false, ['channel_not_found']),
  sdkMethod('pins.remove', ['pins:write'], 2, true, ['channel_not_found', 'message_not_found', 'no_pin']),
  sdkMethod('reactions.get', ['reactions:read'], 3, false, ['channel_not_found', 'message_not_found']),
  sdkMethod('reactions.list', ['reactions:read'], 2, false, ['user_not_found']),
  sdkMethod('usergroups.create', ['usergroups:write'], 2, true, ['name_already_exists', 'handle_already_exists']),
  sdkMethod('usergroups.disable', ['usergroups:write'], 2, true, ['no_such_subteam']),
  sdkMethod('usergroups.enable', ['usergroups:write'], 2, true, ['no_such_subteam']),
  sdkMethod('usergroups.update', ['usergroups:write'], 2, true, ['no_such_subteam', 'handle_already_exists']),
  sdkMethod('usergroups.users.update', ['usergroups:write'], 2, true, ['no_such_subteam', 'no_users_provided']),
  sdkMethod('users.getPresence', ['users:read'], 3, false, ['user_not_found']),
  sdkMethod('users.setPresence', ['users:write'], 2, true, ['invalid_presence']),
];
