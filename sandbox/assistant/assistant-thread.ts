import { openDirect } from '../channels/open-direct.ts';
import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import type { Channel, Message } from '../state/model.ts';

/** Whether a direct message to the app is a talk with an assistant, in threads of its own. */
export function isAssistant(engine: Engine): boolean {
  return engine.state.app.manifest.features?.assistant_view !== undefined;
}

function tell(engine: Engine, type: string, user: string, root: Message, seen: Channel | undefined): void {
  emitEvent(engine, type, {
    type,
    assistant_thread: {
      user_id: user,
      context: seen
        ? { channel_id: seen.id, team_id: engine.state.team.id, enterprise_id: engine.organisation?.id ?? null }
        : {},
      channel_id: root.channel,
      thread_ts: root.ts,
    },
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}

/** A new talk with the app. `seen` is the channel that the person has open beside it. */
export function startAssistantThread(engine: Engine, user: string, seen?: Channel): Message {
  const { app } = engine.state;
  const channel = openDirect(engine, user, app.botUserId);
  const root = addMessage(
    engine,
    channel,
    {
      user: app.botUserId,
      botId: app.botId,
      appId: app.id,
      subtype: 'assistant_app_thread',
      text: 'New Assistant Thread',
      thread: {},
    },
    { announced: false },
  );
  root.threadTs = root.ts;
  const { suggested_prompts: prompts = [] } = app.manifest.features?.assistant_view ?? {};
  if (prompts.length > 0) root.thread = { prompts };
  tell(engine, 'assistant_thread_started', user, root, seen);
  return root;
}

/** The person turned to another channel while the talk is open beside it. */
export function changeAssistantContext(engine: Engine, user: string, root: Message, seen: Channel): void {
  tell(engine, 'assistant_thread_context_changed', user, root, seen);
}
