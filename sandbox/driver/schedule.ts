import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import { armScheduled } from '../messages/arm-scheduled.ts';
import { limits } from '../rules/limits.ts';
import type { ScheduledMessage } from '../state/pending.ts';
import { type Actor, ownConversation, requireNoModal } from './actor.ts';
import { composerText } from './type-text.ts';

/** Posts what a person scheduled, in their name. */
export function sayScheduled(engine: Engine, { channel: id, by, args }: ScheduledMessage): void {
  const channel = engine.state.channels.get(id);
  if (!channel || by === undefined || !channel.members.has(by)) throw new Error(`nobody can post it in ${id} any more`);
  addMessage(engine, channel, { user: by, text: String(args.text) });
}

/** A person leaves a message to be sent later. */
export function schedule(actor: Actor, to: string, text: string, at: Date): void {
  const { engine, user } = actor;
  requireNoModal(actor);
  const channel = ownConversation(actor, to);
  if (text.trim() === '') throw new Error('there is nothing to send');
  const createdAt = engine.clock.now();
  const wait = at.getTime() - createdAt;
  if (!(wait > 0 && wait <= limits.scheduleHorizonMs.value)) throw new Error('nobody can schedule a message for then');
  const scheduled: ScheduledMessage = {
    id: engine.ids.id('Q'),
    channel: channel.id,
    postAt: at.getTime(),
    createdAt,
    by: user.id,
    args: { text: composerText(engine, text) },
  };
  engine.state.scheduled.set(scheduled.id, scheduled);
  armScheduled(engine, scheduled, () => sayScheduled(engine, scheduled));
}
