import { assumed, issue, metadata, official, type Rules, thirdParty } from './rule.ts';

const formatting = 'messaging/formatting-message-text';
const post = 'reference/methods/chat.postMessage';
const schedule = 'reference/methods/chat.scheduleMessage';
const day = 86_400_000;
const minute = 60_000;

/** Posting, changing, scheduling and reading messages. */
export const messageRules = {
  attachments: metadata('Attachments of a message; more answers too_many_attachments', 100, 'chat.postMessage'),
  messageBlocksText: issue(
    'Text of all blocks of a message; more answers msg_blocks_too_long (seen at about 13,200)',
    13_000,
    'slackapi/bolt-js#2509',
  ),
  textSplitAbove: thirdParty('Text longer than this becomes several messages', 4040, 'AionCore, measured 2026-08-27'),
  textSplitSize: thirdParty('… of this many characters', 4000, 'AionCore, measured 2026-08-27'),
  textTruncatedAt: official('Text beyond this is cut', 40_000, `${post}#truncating`),
  updateTextMax: metadata('chat.update: longer text answers msg_too_long', 4000, 'chat.update'),
  textFallback: official('Blocks without text: a warning, and an unread notification', 'missing_text', post),
  markdownTextMax: metadata('markdown_text', 12_000, 'chat.postMessage'),
  markdownTextConflict: metadata('markdown_text with text or blocks', 'markdown_text_conflict', 'chat.postMessage'),
  noText: metadata('A message without text, blocks and attachments', 'no_text', 'chat.postMessage'),
  blocksFormat: metadata('blocks that are not a JSON array', 'invalid_blocks_format', 'chat.postMessage'),
  escapedCharacters: official(
    'Characters that are escaped, and nothing else',
    { '&': '&amp;', '<': '&lt;', '>': '&gt;' },
    formatting,
  ),
  notifyingSyntax: official(
    'Text that notifies',
    ['<!channel>', '<!here>', '<!everyone>', '<!subteam^S…>', '<@U…>'],
    formatting,
  ),
  plainTextMentions: official('plain_text objects notify', false, formatting),
  textRewrittenOnRead: official(
    'Bare URLs and emoji are rewritten when read',
    { url: '<url>', emoji: ':name:' },
    formatting,
  ),
  dateSyntax: official('Dates are shown in the zone of the reader', '<!date^ts^format|fallback>', formatting),
  threadRoot: official('thread_ts of a reply is taken as that of its parent', true, post),
  replyRefused: metadata('Replying where it is not possible', 'cannot_reply_to_message', 'chat.postMessage'),
  ephemeralStored: official('Ephemeral messages are in the history', false, 'reference/methods/chat.postEphemeral'),
  ephemeralChanged: official(
    'chat.update and chat.delete change ephemeral messages',
    false,
    'reference/methods/chat.postEphemeral',
  ),
  reactionUnknown: metadata('reactions.add of what is no emoji of the workspace', 'invalid_name', 'reactions.add'),
  ephemeralMembership: metadata(
    'chat.postEphemeral to somebody outside the channel',
    'user_not_in_channel',
    'chat.postEphemeral',
  ),
  updateForeign: metadata('chat.update of a message of somebody else', 'cant_update_message', 'chat.update'),
  deleteForeign: metadata('chat.delete of a message of somebody else', 'cant_delete_message', 'chat.delete'),
  messageUnknown: metadata('A ts that is not in the channel', 'message_not_found', 'chat.update'),
  editWindow: metadata('chat.update after the edit window of the workspace', 'edit_window_closed', 'chat.update'),
  updateMetadata: metadata(
    'chat.update: metadata left out is kept, {} removes it',
    { omitted: 'keep', empty: 'remove' },
    'chat.update',
  ),
  metadataBytes: assumed('Bytes of metadata; more answers metadata_too_large', 8000, 'the size is not documented'),
  metadataShape: metadata(
    'metadata without event_type or event_payload',
    'invalid_metadata_format',
    'chat.postMessage',
  ),
  scheduleHorizonMs: official('Scheduling further ahead answers time_too_far (ms)', 120 * day, schedule),
  schedulePast: official('Scheduling in the past', 'time_in_past', schedule),
  scheduleDensity: official(
    'Scheduled messages of a channel in one window; more answers restricted_too_many',
    30,
    schedule,
  ),
  scheduleWindowMs: official('… and that window (ms)', 5 * minute, schedule),
  scheduleMetadataLost: official('A scheduled message with metadata is never posted (their bug alert)', true, schedule),
  scheduleOwner: official('Scheduled messages are listed and deleted by the app that made them only', true, schedule),
  scheduleDeleteLate: metadata(
    'Deleting what is gone or about to be posted',
    'invalid_scheduled_message_id',
    'chat.deleteScheduledMessage',
  ),
  scheduleDeleteMarginMs: official(
    'Too close to post_at to delete (ms)',
    minute,
    'reference/methods/chat.deleteScheduledMessage',
  ),
  blockRollout: thirdParty(
    'A new block that has not reached the workspace yet',
    'unsupported type',
    'docs.openclaw.ai on data_visualization',
  ),
  videoScope: official('A video block asks for', 'links.embed:write', 'reference/scopes/links.embed.write'),
  generatedBlockId: assumed('Length of the block_id that Slack makes up', 5, 'seen in messages, not documented'),
  postMembership: metadata('Posting to a channel without being in it', 'not_in_channel', 'chat.postMessage'),
  postPublicScope: official(
    '… unless it is public and the app has',
    'chat:write.public',
    'reference/scopes/chat.write.public',
  ),
  postPrivate: metadata('Posting to a private channel without being in it', 'channel_not_found', 'chat.postMessage'),
  postArchived: metadata('Posting to an archived channel', 'is_archived', 'chat.postMessage'),
  postToPerson: official('A user id as channel posts to the direct message', true, post),
  channelDescription: official('Topic and purpose of a channel', 250, 'reference/methods/conversations.setTopic'),
  identityScope: official(
    'username and icons ask for',
    'chat:write.customize',
    'reference/scopes/chat.write.customize',
  ),
} satisfies Rules;
