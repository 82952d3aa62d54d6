import { assumed, metadata, official, type Rules, sdk } from './rule.ts';

const agents = 'ai/developing-ai-apps';

/** Assistants, workflow steps, link previews and work objects, metadata events. */
export const agentRules = {
  assistantThread: sdk(
    'A talk with an assistant begins with a message of this subtype, and what is said to it is a reply there',
    'assistant_app_thread',
    '@slack/bolt 5.1 Assistant',
  ),
  assistantScope: official('assistant_thread_* events ask for', 'assistant:write', agents),
  suggestedPrompts: official('Prompts of a thread', 4, 'reference/methods/assistant.threads.setSuggestedPrompts'),
  loadingMessages: assumed('Loading messages of a status', 10, 'the number is not documented'),
  statusEnds: official('The status of a thread ends when the app posts there', true, agents),
  streamRecipient: metadata(
    'chat.startStream outside of direct messages asks for',
    ['recipient_user_id', 'recipient_team_id'],
    'chat.startStream',
  ),
  streamChunks: sdk(
    'Chunks of a streamed message',
    ['markdown_text', 'task_update', 'plan_update', 'blocks'],
    '@slack/types 3.2 AnyChunk',
  ),
  streamOver: metadata('Adding to a message that is finished', 'message_not_in_streaming_state', 'chat.appendStream'),
  stepToken: sdk('A step of a workflow has a token of its own', 'xwfp-', '@slack/bolt 5.1 App'),
  stepTokenLifetimeMs: official('… which lives this long (ms)', 900_000, 'authentication/tokens'),
  stepOutputs: metadata(
    'Outputs that the manifest does not declare, or lacks one that it requires',
    'parameter_validation_failed',
    'functions.completeSuccess',
  ),
  stepOver: metadata('Completing a step twice', 'execution_not_in_running_state', 'functions.completeSuccess'),
  unfurlDomains: official(
    'link_shared is sent for links to',
    'unfurl_domains',
    'messaging/unfurling-links-in-messages',
  ),
  unfurlSource: sdk(
    'source of an unfurl_id that is given out here',
    'conversations_history',
    '@slack/types 3.2 LinkSharedEvent',
  ),
  unfurlForeign: metadata('Unfurling a link that is not in the message', 'cannot_unfurl_message', 'chat.unfurl'),
  entityMatches: metadata(
    'Details of another entity than the one that was opened',
    'entity_metadata_does_not_match_trigger',
    'entity.presentDetails',
  ),
  metadataScope: official('message_metadata_* events ask for', 'metadata.message:read', 'messaging/message-metadata'),
  metadataWanted: official(
    'message_metadata_* events come for what the manifest names in',
    'metadata_subscriptions',
    'messaging/message-metadata',
  ),
} satisfies Rules;
