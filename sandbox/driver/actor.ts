import { openDirect } from '../channels/open-direct.ts';
import type { Engine } from '../engine/engine.ts';
import { isFullMember } from '../people/roles.ts';
import type { Channel, Message, MessageRef, User, View } from '../state/model.ts';
import { stackOf } from '../views/view-stack.ts';

/** Whose hands do it, and in which sandbox. */
export type Actor = { engine: Engine; user: User };

/** What the app shows is still there when it is gone, but does nothing any more. */
export function requireInstalled({ engine }: Actor): void {
  const { app, team } = engine.state;
  if (!engine.vault.isInstalled(team.id)) throw new Error(`${app.name} is not installed in ${team.name}`);
}

/** A modal covers everything else until it is closed. */
export function requireNoModal({ engine, user }: Actor): void {
  const top = stackOf(engine, user.id).at(-1);
  if (top)
    throw new Error(`${user.name} has the modal "${top.title?.text ?? top.callbackId}" open: submit or close it first`);
}

/** A channel by name or id, or the DM with a person, made when needed. */
export function conversation({ engine, user }: Actor, to: string): Channel {
  const { state } = engine;
  const channel = state.channelByNameOrId(to);
  if (channel) return channel;
  const other = state.userByNameOrId(to) ?? (to === state.app.name ? state.users.get(state.app.botUserId) : undefined);
  if (other) return openDirect(engine, user.id, other.id);
  const known = [...state.channels.values()].map((entry) => entry.name).filter(Boolean);
  throw new Error(`there is no channel or person "${to}"; channels: ${known.join(', ')}`);
}

/** The Messages tab of an app can be off, or for reading only: there is nowhere to type. */
function requireComposer({ engine }: Actor, channel: Channel): void {
  const { app } = engine.state;
  if (channel.kind !== 'im' || !channel.members.has(app.botUserId)) return;
  const tabs = app.manifest.features?.app_home;
  if (tabs?.messages_tab_enabled === false || tabs?.messages_tab_read_only_enabled)
    throw new Error(`sending messages to ${app.name} has been turned off`);
}

/** A conversation that the person has in front of them and may write in. */
export function ownConversation(actor: Actor, to: string): Channel {
  const channel = conversation(actor, to);
  if (!channel.members.has(actor.user.id)) throw new Error(`${actor.user.name} is not a member of #${channel.name}`);
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  requireComposer(actor, channel);
  return channel;
}

export function canSee({ engine, user }: Actor, message: Message): boolean {
  if (message.ephemeralTo !== undefined && message.ephemeralTo !== user.id) return false;
  const channel = engine.state.channels.get(message.channel);
  return channel !== undefined && isOpenTo(channel, user);
}

/** Members read a channel, and everybody who may look around reads the public ones. */
export const isOpenTo = (channel: Channel, user: User): boolean =>
  channel.members.has(user.id) || (channel.kind === 'public' && isFullMember(user));

/** The message as it is now, however old the handle to it. */
export function visibleMessage(actor: Actor, ref: MessageRef): Message {
  const message = actor.engine.state.message(ref);
  if (!message) throw new Error(`the message ${ref.ts} is no longer there`);
  if (!canSee(actor, message)) throw new Error(`${actor.user.name} cannot see the message ${ref.ts}`);
  return message;
}

export function isView(on: MessageRef | View): on is View {
  return 'hash' in on;
}

/** The view as it is now, if it is in front of the person: the top modal, or their Home. */
export function visibleView(actor: Actor, view: View): View {
  const { engine, user } = actor;
  if (view.type === 'home') {
    requireNoModal(actor);
    const home = engine.state.homes.get(user.id);
    if (!home) throw new Error(`${user.name} has no Home to look at`);
    return home;
  }
  const stack = stackOf(engine, user.id);
  const current = stack.find((entry) => entry.id === view.id);
  const title = view.title?.text ?? view.callbackId;
  if (!current) throw new Error(`the modal "${title}" is not open for ${user.name}`);
  if (stack.at(-1) !== current) throw new Error(`the modal "${title}" lies under "${stack.at(-1)?.title?.text}"`);
  return current;
}
