import { isAssistant, startAssistantThread } from '../assistant/assistant-thread.ts';
import { storeFile } from '../files/store-file.ts';
import { addMessage, threadRoot } from '../messages/add-message.ts';
import { changeMessage, deleteMessage } from '../messages/change-message.ts';
import { emojiGlyph } from '../messages/emoji.ts';
import { toggleReaction } from '../messages/toggle-reaction.ts';
import type { Channel, Message, MessageRef } from '../state/model.ts';
import { type Actor, ownConversation, requireNoModal, visibleMessage } from './actor.ts';
import { composerText } from './type-text.ts';

// What the composer accepts; longer texts become snippets.
const COMPOSER_LIMIT = 12_000;

export type SayOptions = { thread?: string; files?: { name: string; bytes: Uint8Array }[] };

/** The thread that a message goes to. What is said to an assistant outside of a thread begins one. */
function rootFor({ engine, user }: Actor, channel: Channel, thread: string | undefined): Message | undefined {
  if (thread === undefined) {
    const { botUserId } = engine.state.app;
    const talks = channel.kind === 'im' && channel.members.has(botUserId) && isAssistant(engine);
    return talks && engine.vault.isInstalled(engine.state.team.id) ? startAssistantThread(engine, user.id) : undefined;
  }
  const root = threadRoot(engine, channel.id, thread);
  if (!root || root.ephemeralTo) throw new Error(`there is no thread ${thread} to reply in`);
  return root;
}

export function say(actor: Actor, to: string, text: string, options: SayOptions = {}): Message {
  const { engine, user } = actor;
  requireNoModal(actor);
  const channel = ownConversation(actor, to);
  if (text.trim() === '' && !options.files?.length) throw new Error('there is nothing to send');
  if (text.length > COMPOSER_LIMIT)
    throw new Error(`the composer takes ${COMPOSER_LIMIT} characters, not ${text.length}`);
  if (text.startsWith('/')) throw new Error(`"${text.split(' ')[0]}" would be taken for a slash command: use slash()`);
  const root = rootFor(actor, channel, options.thread);
  const files = (options.files ?? []).map((file) => storeFile(engine, { ...file, user: user.id }).id);
  // Suggestions are for the beginning.
  if (root?.thread?.prompts) root.thread = { ...root.thread, prompts: undefined };
  const message = addMessage(engine, channel, {
    user: user.id,
    text: composerText(engine, text),
    threadTs: root?.ts,
    files,
  });
  for (const id of files) {
    const shares = engine.state.files.get(id)?.shares;
    if (shares) shares[channel.id] = [message.ts];
  }
  return message;
}

function own(actor: Actor, ref: MessageRef): Message {
  const message = visibleMessage(actor, ref);
  if (message.user !== actor.user.id) throw new Error(`${actor.user.name} can only change their own messages`);
  return message;
}

export function edit(actor: Actor, ref: MessageRef, text: string): Message {
  requireNoModal(actor);
  if (text.trim() === '') throw new Error('there is nothing to send');
  const message = own(actor, ref);
  changeMessage(actor.engine, message, { text: composerText(actor.engine, text) }, actor.user.id);
  return message;
}

export function remove(actor: Actor, ref: MessageRef): void {
  requireNoModal(actor);
  deleteMessage(actor.engine, own(actor, ref));
}

export function react(actor: Actor, ref: MessageRef, emoji: string): void {
  requireNoModal(actor);
  const message = visibleMessage(actor, ref);
  if (message.ephemeralTo) throw new Error('nobody can react to a message that only one person sees');
  const name = emoji.replace(/^:|:$/g, '');
  if (emojiGlyph(name) === undefined) throw new Error(`there is no emoji :${name}:`);
  toggleReaction(actor.engine, message, actor.user.id, name);
}
