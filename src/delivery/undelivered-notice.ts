import type { OutgoingBody } from '../db/messages/outbox.ts';

// What a person can do about it; `%s` is where the message should have gone.
const REMEDIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    not_in_channel: 'Invite me to %s with `/invite`.',
    channel_not_found:
      'If %s is private, invite me there with `/invite`; if it is gone, choose another channel in the settings.',
    is_archived: '%s is archived. Choose another channel in the settings, or bring it back.',
    restricted_action: 'Only some people may post in %s. Ask a workspace admin to let me post there.',
    restricted_action_read_only_channel: '%s is read-only. Ask a workspace admin to let me post there.',
    restricted_action_thread_only_channel: '%s takes replies only. Choose another channel in the settings.',
    restricted_action_thread_locked: 'The thread in %s is locked. Ask a workspace admin to unlock it.',
    restricted_action_non_threadable_channel: '%s has no threads. Choose another channel in the settings.',
    thread_gone: 'Somebody deleted the message in %s that it answers.',
    messages_tab_disabled: 'Ask whoever runs me to turn on the Messages tab of my App Home, so that I can write to %s.',
    user_disabled: '%s is deactivated. Give what they own to somebody else.',
    user_not_found: '%s is not in this workspace any more. Give what they own to somebody else.',
    user_not_visible: 'I cannot see %s. Give what they own to somebody else.',
    cannot_dm_bot: '%s is a bot, and I cannot write to bots. Give what it owns to a person.',
  }),
);

/** Our own reason: the person is not in the private channel of the program. */
export const OUTSIDER = 'not_in_private_channel';

// Without the scope nobody can look, so such a message is not sent again: it might be there twice.
const MAY_NOT_READ =
  'I may not read there, so after a lost answer I do not post again. Look for it; to let me look, install me again and allow me to read history.';

const OUR_OWN = new Set(['thread_gone', 'parent_undelivered', 'target_undelivered']);

/** Tells the program lead what could not be delivered, why, and what to do. */
export function undeliveredNotice(failed: { channel: string; code: string; mayBeThere: boolean }): OutgoingBody {
  if (failed.code === OUTSIDER) return outsiderNotice(failed.channel);
  const place = /^[UW]/.test(failed.channel) ? `<@${failed.channel}>` : `<#${failed.channel}>`;
  const isUnread = failed.mayBeThere && failed.code === 'missing_scope';
  const remedy = isUnread
    ? MAY_NOT_READ
    : (REMEDIES.get(failed.code)?.replace('%s', place) ?? 'Show this to whoever runs me.');
  const verdict = failed.mayBeThere
    ? `I do not know whether a message reached ${place}${isUnread ? '.' : ': I cannot look there.'}`
    : `I could not post in ${place}.`;
  const text = `${verdict} ${remedy} I have kept the message.${OUR_OWN.has(failed.code) ? '' : ` (Slack says \`${failed.code}\`.)`}`;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}

function outsiderNotice(userId: string): OutgoingBody {
  const text = `<@${userId}> is not in the program's private channel, so I told them nothing of its defects. Invite them there, or give what they own to somebody else.`;
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] };
}
