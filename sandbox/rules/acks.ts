import { assumed, issue, official, type Rules, sdk } from './rule.ts';

const interaction = 'interactivity/handling-user-interaction';
const commands = 'interactivity/implementing-slash-commands';
const shortcuts = 'interactivity/implementing-shortcuts';
const legacy = 'legacy/legacy-messaging/legacy-interactive-message-field-guide';
const minute = 60_000;

/** Acks, triggers, response URLs, slash commands and shortcuts. */
export const ackRules = {
  ackDeadlineMs: official(
    'Interactions, shortcuts, options and view submissions are acked in time, else the person sees an error and a later ack is dropped (ms)',
    3000,
    `${interaction}#acknowledgment_response`,
  ),
  commandAckDeadlineMs: official('Slash commands are acked in time (ms)', 3000, commands),
  commandTimeoutText: issue(
    'What Slackbot says to the person when a command was not acked',
    'failed because the app did not respond. Please try again or contact the app developer.',
    'dgurkaynak/slack-poker-planner#89',
  ),
  commandTimeoutError: official(
    'Error of a command that was not acked; Slackbot words it otherwise today, the auditor keeps it',
    'operation_timeout',
    commands,
  ),
  commandUnknownText: issue(
    'What Slackbot says to a command that no installed app has',
    'is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.',
    'nearform/lastlight#119, samknight/slack_applescript#33',
  ),
  commandUnreachableError: issue(
    'Error of a command whose app is unreachable or answers 5xx',
    'dispatch_failed',
    'Netflix/dispatch#833',
  ),
  commandRefusedError: issue('Error of a command that is answered 4xx', 'http_client_error', 'Netflix/dispatch#495'),
  submissionFailedText: issue(
    'What the modal says when its submission was not acked, or acked with a bad body; it stays open',
    'We had some trouble connecting. Try again?',
    'slackapi/bolt-python#1318, slackapi/bolt-js#554, #758',
  ),
  commandsInThreads: official('Commands of apps can be called in a thread', false, commands),
  commandContentType: sdk(
    'Content type of commands and interactions over HTTP, exactly (Bolt compares it with ===)',
    'application/x-www-form-urlencoded',
    '@slack/bolt 5.1 HTTPReceiver, measured',
  ),
  commandEnterpriseFlag: official('is_enterprise_install in a command is a string', ['true', 'false'], commands),
  commandEscaping: official(
    'With should_escape, people, channels and links in the text are wrapped',
    { user: '<@U…>', channel: '<#C…|name>', privateChannel: '<#C…|>' },
    commands,
  ),
  commandReplyType: official('response_type of a reply that does not say', 'ephemeral', commands),
  commandInChannelShowsCommand: official('An in_channel reply also shows the command', true, commands),
  commandNameConflict: official('Of apps with the same command, it calls', 'the last installed', commands),
  triggerLifetimeMs: official('A trigger_id lives this long after it was sent (ms)', 3000, 'surfaces/modals'),
  triggerUses: official('Uses of a trigger_id', 1, 'surfaces/modals'),
  triggerErrors: official(
    'Errors of a trigger_id that is too old, used, or not known',
    { expired: 'expired_trigger_id', used: 'exchanged_trigger_id', unknown: 'invalid_trigger_id' },
    'reference/methods/views.open',
  ),
  triggerInPayloads: sdk(
    'Payloads with a trigger_id; view_closed has none',
    ['block_actions', 'view_submission', 'shortcut', 'message_action', 'slash_commands'],
    '@slack/types 3.2, @slack/bolt 5.1',
  ),
  responseUrlUses: official('Uses of a response_url', 5, `${interaction}#message_responses`),
  responseUrlLifetimeMs: official(
    'A response_url lives this long (ms)',
    30 * minute,
    `${interaction}#message_responses`,
  ),
  responseUrlUsedUp: assumed(
    'Answer to one use too many',
    { status: 404, error: 'used_url' },
    'the code is not documented',
  ),
  responseUrlExpired: assumed(
    'Answer to a late use',
    { status: 404, error: 'expired_url' },
    'the code is not documented',
  ),
  responseUrlInvalidBlocks: issue(
    'Answer to blocks that are refused',
    { status: 404, error: 'invalid_blocks' },
    'slackapi/java-slack-sdk#1349',
  ),
  responseUrlReplyType: official('response_type that is not said', 'ephemeral', `${interaction}#message_responses`),
  responseUrlKeepsVisibility: official(
    'A replacement keeps the visibility of the original: ephemeral and in_channel do not change into each other',
    true,
    `${interaction}#message_responses`,
  ),
  responseUrlReplacesCommand: official(
    'replace_original and delete_original do something on the response_url of a command',
    false,
    `${interaction}#message_responses`,
  ),
  responseUrlNeedsMembership: official(
    'A response_url asks for permission to post in the channel',
    false,
    `${interaction}#message_responses`,
  ),
  responseUrlThread: official(
    'thread_ts on a response_url asks for in_channel and replace_original: false',
    { response_type: 'in_channel', replace_original: false },
    `${interaction}#message_responses`,
  ),
  attachmentActionType: official(
    'Payload of the buttons and menus of legacy attachments',
    'interactive_message',
    legacy,
  ),
  attachmentReplyType: official('response_type of an answer to it that does not say', 'in_channel', legacy),
  attachmentAckReplaces: assumed(
    'An answer to it takes the place of the message unless it says replace_original: false',
    true,
    'the guide says what true and false do, and not which is usual',
  ),
  globalShortcuts: official('Global shortcuts of an app', 5, shortcuts),
  messageShortcuts: official('Message shortcuts of an app', 5, shortcuts),
  globalShortcutContext: official('Global shortcuts carry a channel and a response_url', false, shortcuts),
  messageShortcutContext: official('Message shortcuts carry a channel and a response_url', true, shortcuts),
  messageShortcutOnEphemeral: official('Message shortcuts are offered on ephemeral messages', false, shortcuts),
  messageShortcutRepliesInThread: official(
    'The response_url of a message shortcut can reply in a thread',
    false,
    shortcuts,
  ),
  shortcutScope: official('Scope of commands and shortcuts', 'commands', shortcuts),
  interactionsRetried: official('Interactions and commands are sent again when they fail', false, 'apis/events-api'),
} satisfies Rules;
