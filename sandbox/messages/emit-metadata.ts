import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel, Message, Metadata } from '../state/model.ts';

type MetadataEvent = 'message_metadata_posted' | 'message_metadata_updated' | 'message_metadata_deleted';

/** Tells an app that asked for this kind of metadata, and can see the message, what became of it. */
export function emitMetadataEvent(
  engine: Engine,
  channel: Channel,
  message: Message,
  type: MetadataEvent,
  previous?: Metadata,
): void {
  const { app, team } = engine.state;
  const kind = (message.metadata ?? previous)?.event_type;
  const wanted = app.manifest.settings?.event_subscriptions?.metadata_subscriptions ?? [];
  const isWanted = wanted.some(
    ({ app_id: from, event_type: of }) => (from === '*' || from === app.id) && (of === '*' || of === kind),
  );
  if (!isWanted || !channel.members.has(app.botUserId)) return;
  const now = engine.state.nextTs(engine.clock.now());
  emitEvent(engine, type, {
    type,
    app_id: message.appId ?? '',
    bot_id: message.botId ?? '',
    user_id: message.user,
    team_id: team.id,
    channel_id: channel.id,
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(previous ? { previous_metadata: previous } : {}),
    message_ts: message.ts,
    event_ts: now,
    ...(type === 'message_metadata_deleted' ? { deleted_ts: now } : {}),
  });
}
