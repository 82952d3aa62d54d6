import type { Element, Option, StateValue } from '../blocks/block.ts';
import { type Delivered, deliver } from '../delivery/deliver.ts';
import { channelSubject, envelope, newTrigger, userSubject } from '../delivery/subjects.ts';
import type { Engine } from '../engine/engine.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { createResponseUrl } from '../response-urls/create-response-url.ts';
import { limits } from '../rules/limits.ts';
import type { Channel, Message, View } from '../state/model.ts';
import { viewPayload } from '../views/view-payload.ts';
import { stepPayload } from '../workflows/step-payload.ts';
import type { Actor } from './actor.ts';
import type { Control } from './find-control.ts';

type Chosen = Partial<StateValue> | { selected_option: Option } | Pick<Element, 'value' | 'text'>;

const ECHOED = ['text', 'value', 'style', 'placeholder', 'confirm', 'url'] as const;

function actionPayload(engine: Engine, { block, element }: Control, chosen: Chosen) {
  const echoed: { [key: string]: unknown } = {};
  for (const field of ECHOED) if (element[field] !== undefined) echoed[field] = element[field];
  for (const [field, value] of Object.entries(element)) if (field.startsWith('initial_')) echoed[field] = value;
  return {
    ...echoed,
    ...chosen,
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: engine.state.nextTs(engine.clock.now()),
  };
}

function messageContainer(message: Message) {
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.ephemeralTo !== undefined,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  };
}

export function channelOf(engine: Engine, message: Message): Channel {
  const channel = engine.state.channels.get(message.channel);
  if (!channel) throw new Error(`there is no channel ${message.channel}`);
  return channel;
}

/** What a block_actions or block_suggestion payload says about where it happened. */
export function placeOf(engine: Engine, on: Message | View): { [key: string]: unknown } {
  if ('hash' in on) return { container: { type: 'view', view_id: on.id }, view: viewPayload(engine, on) };
  return {
    container: messageContainer(on),
    channel: channelSubject(channelOf(engine, on)),
    // An ephemeral message is not stored, so its payload cannot carry it.
    ...(on.ephemeralTo ? {} : { message: messagePayload(engine, on) }),
    state: { values: on.values ?? {} },
  };
}

/** Tells the app that a person used a control. A failed delivery is shown where the control is. */
export async function sendAction(
  { engine, user }: Actor,
  on: Message | View,
  control: Control,
  chosen: Chosen,
): Promise<Delivered> {
  const inView = 'hash' in on;
  const trigger = inView
    ? { user: user.id, viewId: on.type === 'modal' ? on.id : undefined, channel: on.openedIn }
    : { user: user.id, channel: on.channel };
  const delivered = await deliver(engine, {
    kind: 'interactive',
    type: 'block_actions',
    payload: {
      type: 'block_actions',
      user: userSubject(engine, user.id),
      ...envelope(engine),
      trigger_id: newTrigger(engine, trigger),
      ...placeOf(engine, on),
      ...stepPayload(engine, on.execution, user.id),
      ...(inView
        ? {}
        : {
            response_url: createResponseUrl(engine, {
              user: user.id,
              channel: on.channel,
              source: 'message',
              messageTs: on.ts,
              threadTs: on.threadTs,
            }),
          }),
      actions: [actionPayload(engine, control, chosen)],
    },
  });
  if (delivered.ack.outcome !== 'acked') showTrouble(engine, on, control.element);
  return delivered;
}

function showTrouble(engine: Engine, on: Message | View, element: Element): void {
  if ('hash' in on) {
    const view = engine.state.view(on.id);
    if (!view) return;
    view.banner = limits.submissionFailedText.value;
    engine.changed({ kind: view.type, user: view.user });
    return;
  }
  const message = engine.state.message(on);
  if (!message) return;
  message.trouble = element.action_id;
  engine.changed({ kind: 'message', channel: message.channel, ts: message.ts });
}
