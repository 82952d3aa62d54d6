import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel } from '../state/model.ts';

export function renameChannel(engine: Engine, channel: Channel, name: string): void {
  const { state } = engine;
  state.renameChannel(channel, name);
  engine.changed({ kind: 'channel', channel: channel.id });
  if (channel.kind !== 'public' && !channel.members.has(state.app.botUserId)) return;
  const type = channel.kind === 'public' ? 'channel_rename' : 'group_rename';
  const created = Math.floor(channel.createdAt / 1000);
  emitEvent(engine, type, {
    type,
    channel: { id: channel.id, name, created, is_channel: channel.kind === 'public', is_mpim: false },
    event_ts: state.nextTs(engine.clock.now()),
  });
}
