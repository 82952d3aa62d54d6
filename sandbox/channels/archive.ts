import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel } from '../state/model.ts';

const EVENTS = {
  public: { archive: 'channel_archive', unarchive: 'channel_unarchive' },
  private: { archive: 'group_archive', unarchive: 'group_unarchive' },
} as const;

/** Archives a channel, or takes it back from the archive. */
export function setArchived(engine: Engine, channel: Channel, user: string, archived: boolean): void {
  if (channel.kind !== 'public' && channel.kind !== 'private') throw new Error('direct messages cannot be archived');
  if (!channel.members.has(user)) throw new Error(`only members of #${channel.name} can do that`);
  if (channel.archived === archived) throw new Error(`#${channel.name} is ${archived ? 'already' : 'not'} archived`);
  channel.archived = archived;
  engine.changed({ kind: 'channel', channel: channel.id });
  const type = EVENTS[channel.kind][archived ? 'archive' : 'unarchive'];
  const botIsThere = channel.kind === 'public' || channel.members.has(engine.state.app.botUserId);
  const event_ts = engine.state.nextTs(engine.clock.now());
  if (botIsThere) emitEvent(engine, type, { type, channel: channel.id, user, event_ts });
}
