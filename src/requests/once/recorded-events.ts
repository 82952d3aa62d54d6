// What no look of ours would find out by itself, or only as something else: that the app was taken away or given to a
// workspace, and that a channel has another id and not an end.
const TOLD_ONCE = new Set([
  'app_uninstalled',
  'tokens_revoked',
  'team_access_granted',
  'team_access_revoked',
  'channel_id_changed',
]);

/** Whether it is an event that must not be lost with the process that acked it. */
export function isToldOnce(body: object): boolean {
  const { event_id: id } = body as { event_id?: unknown };
  return typeof id === 'string' && (isInvitation(body) || TOLD_ONCE.has(String(eventType(body))));
}

export function eventType(body: object): unknown {
  return (body as { event?: { type?: unknown } | null }).event?.type;
}

/** The bot itself was invited to a channel. */
function isInvitation(body: object): boolean {
  const { event, authorizations } = body as {
    event?: { user?: unknown };
    authorizations?: { user_id?: unknown }[];
  };
  return eventType(body) === 'member_joined_channel' && authorizations?.[0]?.user_id === event?.user;
}
