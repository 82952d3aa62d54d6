import { changeAssistantContext, isAssistant, startAssistantThread } from '../assistant/assistant-thread.ts';
import { type Actor, conversation, requireInstalled, requireNoModal, visibleMessage } from '../driver/actor.ts';
import { threadRoot } from '../messages/add-message.ts';
import type { Message, MessageRef } from '../state/model.ts';

function requireAssistant(actor: Actor): void {
  const { engine } = actor;
  const { app } = engine.state;
  requireInstalled(actor);
  if (!isAssistant(engine)) throw new Error(`${app.name} is no assistant: its manifest has no assistant_view`);
}

export function openAssistant(actor: Actor, beside?: string): Message {
  requireNoModal(actor);
  requireAssistant(actor);
  return startAssistantThread(actor.engine, actor.user.id, beside ? conversation(actor, beside) : undefined);
}

export function lookAt(actor: Actor, thread: MessageRef, beside: string): void {
  requireNoModal(actor);
  requireAssistant(actor);
  const message = visibleMessage(actor, thread);
  const root = threadRoot(actor.engine, message.channel, message.threadTs ?? message.ts);
  if (root?.subtype !== 'assistant_app_thread') throw new Error('that is no talk with an assistant');
  changeAssistantContext(actor.engine, actor.user.id, root, conversation(actor, beside));
}
