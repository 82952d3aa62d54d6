import { setArchived } from '../channels/archive.ts';
import { inviteToChannel, joinChannel, leaveChannel } from '../channels/membership.ts';
import type { Engine } from '../engine/engine.ts';
import { deleteMessage } from '../messages/change-message.ts';
import { allowInstall, readInstallRequest } from '../oauth/authorize.ts';
import { lookAt, openAssistant } from '../people/assistant.ts';
import { setDeactivated } from '../people/change-person.ts';
import { entityDetails, openEntity } from '../people/entities.ts';
import { findPerson } from '../people/find-person.ts';
import { isAdmin } from '../people/roles.ts';
import type { MessageRef, User } from '../state/model.ts';
import { stackOf } from '../views/view-stack.ts';
import { runStep } from '../workflows/run-step.ts';
import { type Actor, canSee, conversation, requireNoModal, visibleMessage } from './actor.ts';
import { click } from './click.ts';
import { fill, pick, pressEnter, searchOptions } from './fill.ts';
import { openTab } from './open-home.ts';
import type { Person } from './person.ts';
import { press } from './press.ts';
import { edit, react, remove, say } from './say.ts';
import { schedule } from './schedule.ts';
import { globalShortcut, messageShortcut } from './shortcuts.ts';
import { slash } from './slash.ts';
import { cancel, closeAll, submit } from './submit.ts';
import { awaitHome, awaitMessage, awaitModal, awaitNoMessage, awaitNoModal, awaitStep } from './watch.ts';

function dismiss(actor: Actor, ref: MessageRef): void {
  const message = visibleMessage(actor, ref);
  if (!message.ephemeralTo) throw new Error('only a message that one person alone sees can be dismissed');
  deleteMessage(actor.engine, message);
}

function markRead({ engine, user }: Actor, to: string): void {
  const channel = conversation({ engine, user }, to);
  const read = engine.state.read.get(user.id) ?? new Map<string, string>();
  engine.state.read.set(user.id, read);
  const [latest] = engine.state.log(channel.id).newestFirst();
  if (latest) read.set(channel.id, latest.ts);
  engine.changed({ kind: 'read', user: user.id, channel: channel.id });
}

function visibleMessages(actor: Actor, to: string, thread?: string) {
  const channel = conversation(actor, to);
  const log = actor.engine.state.log(channel.id);
  const all = thread === undefined ? [...log.oldestFirst()] : [log.get(thread), ...log.replies(thread)];
  return all.flatMap((message) => {
    const inThread = message?.threadTs !== undefined && message.threadTs !== message.ts && !message.broadcast;
    if (!message || !canSee(actor, message) || (thread === undefined && inThread)) return [];
    return [structuredClone(message)];
  });
}

/** Somebody whom the person, as an admin, decides about. */
function chargeOf({ engine, user }: Actor, nameOrId: string): User {
  if (!isAdmin(user)) throw new Error(`${user.name} is no admin of this workspace`);
  const other = findPerson(engine.state, nameOrId);
  if (other.id === user.id) throw new Error('nobody can deactivate their own account here');
  return other;
}

export function createPerson(engine: Engine, user: User): Person {
  const actor: Actor = { engine, user };
  return {
    id: user.id,
    name: user.name,
    slash: (text, where) => slash(actor, text, where),
    say: async (to, text, options) => structuredClone(say(actor, to, text, options)),
    schedule: async (to, text, at) => schedule(actor, to, text, at),
    edit: async (message, text) => structuredClone(edit(actor, message, text)),
    remove: async (message) => remove(actor, message),
    react: async (message, emoji) => react(actor, message, emoji),
    joinChannel: async (channel) => joinChannel(engine, conversation(actor, channel), user.id),
    leaveChannel: async (channel) => leaveChannel(engine, conversation(actor, channel), user.id),
    invite: async (channel, other) => inviteToChannel(engine, conversation(actor, channel), user.id, other),
    allowApp: async (url, options) =>
      allowInstall(
        engine,
        readInstallRequest(engine, new URL(url).searchParams),
        user,
        options?.wholeOrganisation ?? false,
      ),
    archiveChannel: async (channel) => setArchived(engine, conversation(actor, channel), user.id, true),
    unarchiveChannel: async (channel) => setArchived(engine, conversation(actor, channel), user.id, false),
    deactivate: async (other) => setDeactivated(engine, chargeOf(actor, other), true),
    reactivate: async (other) => setDeactivated(engine, chargeOf(actor, other), false),
    press: (on, target, choice) => press(actor, on, target, choice),
    click: (on, target, choice) => click(actor, on, target, choice),
    openAssistant: async (beside) => structuredClone(openAssistant(actor, beside)),
    lookAt: async (thread, beside) => lookAt(actor, thread, beside),
    runStep: async (callbackId, inputs = {}) => structuredClone(runStep(engine, user.id, callbackId, inputs)),
    stepDone: (execution, options) => awaitStep(actor, execution.id, options?.timeoutMs),
    openEntity: async (message, id) => openEntity(actor, message, id),
    entityDetails: () => entityDetails(actor),
    messageShortcut: (message, callbackId) => messageShortcut(actor, message, callbackId),
    globalShortcut: (callbackId) => globalShortcut(actor, callbackId),
    dismiss: async (message) => dismiss(actor, message),
    openHome: async () => structuredClone(openTab(actor, 'home')),
    openMessagesTab: async () => void openTab(actor, 'messages'),
    home: () => structuredClone(engine.state.homes.get(user.id)),
    homeClick: async (target, choice) => {
      requireNoModal(actor);
      const home = engine.state.homes.get(user.id);
      if (!home) throw new Error(`${user.name} has no Home to click on`);
      return click(actor, home, target, choice);
    },
    fill: (view, values) => fill(actor, view, values),
    pressEnter: (view, key) => pressEnter(actor, view, key),
    searchOptions: (on, actionId, query) => searchOptions(actor, on, actionId, query),
    pick: (on, actionId, query, choose) => pick(actor, on, actionId, query, choose),
    submit: (view) => submit(actor, view),
    cancel: (view) => cancel(actor, view),
    closeAll: () => closeAll(actor),
    currentModal: () => structuredClone(stackOf(engine, user.id).at(-1)),
    modalStack: () => structuredClone(stackOf(engine, user.id)),
    messages: (channel, options) => visibleMessages(actor, channel, options?.thread),
    markRead: (channel) => markRead(actor, channel),
    modal: (wanted, options) => awaitModal(actor, wanted, options?.timeoutMs),
    noModal: (options) => awaitNoModal(actor, options?.timeoutMs),
    sees: (wanted, where) => awaitMessage(actor, wanted, where),
    noLongerSees: (wanted, where) => awaitNoMessage(actor, wanted, where),
    seesHome: (wanted, options) => awaitHome(actor, wanted, options?.timeoutMs),
  };
}
