import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel } from '../state/model.ts';

/** Gives a channel another id, under which everything in it is found from then on; the old one is known to nobody. */
export function changeChannelId(engine: Engine, channel: Channel, id: string): void {
  const { state, clock } = engine;
  const before = channel.id;
  state.moveChannel(channel, id);
  for (const message of state.log(id).oldestFirst()) message.channel = id;
  for (const { shares } of state.files.values()) {
    if (!shares[before]) continue;
    shares[id] = shares[before];
    delete shares[before];
  }
  for (const read of state.read.values()) {
    const upTo = read.get(before);
    if (read.delete(before) && upTo !== undefined) read.set(id, upTo);
  }
  const pending = [...state.scheduled.values(), ...state.responseUrls.values(), ...state.triggers.values()];
  for (const entry of pending) if (entry.channel === before) entry.channel = id;
  for (const [secret, to] of state.webhooks) if (to === before) state.webhooks.set(secret, id);
  engine.changed({ kind: 'reset' });
  const type = 'channel_id_changed';
  const event_ts = state.nextTs(clock.now());
  if (channel.members.has(state.app.botUserId))
    emitEvent(engine, type, { type, old_channel_id: before, new_channel_id: id, event_ts });
}
