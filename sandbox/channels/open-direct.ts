import type { Engine } from '../engine/engine.ts';
import type { Channel } from '../state/model.ts';
import { newChannel } from './new-channel.ts';

/** The DM between two, made when it does not exist yet. */
export function openDirect(engine: Engine, one: string, other: string): Channel {
  const existing = engine.state.directChannel(one, other);
  if (existing) return existing;
  const channel = newChannel({
    id: engine.ids.id('D'),
    kind: 'im',
    name: '',
    members: [one, other],
    creator: one,
    createdAt: engine.clock.now(),
  });
  engine.state.addChannel(channel);
  engine.changed({ kind: 'channel', channel: channel.id });
  return channel;
}
