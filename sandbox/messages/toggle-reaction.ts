import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Message } from '../state/model.ts';

/** Adds a reaction, or takes it away when that person's is there. */
export function toggleReaction(engine: Engine, message: Message, user: string, name: string): void {
  const existing = message.reactions.find((reaction) => reaction.name === name);
  const removes = existing?.users.includes(user) ?? false;
  if (existing && removes) existing.users = existing.users.filter((id) => id !== user);
  else if (existing) existing.users.push(user);
  else message.reactions.push({ name, users: [user] });
  message.reactions = message.reactions.filter((reaction) => reaction.users.length > 0);
  engine.changed({ kind: 'message', channel: message.channel, ts: message.ts });
  if (!engine.state.channels.get(message.channel)?.members.has(engine.state.app.botUserId)) return;
  const type = removes ? 'reaction_removed' : 'reaction_added';
  emitEvent(engine, type, {
    type,
    user,
    reaction: name,
    item_user: message.user,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}
