import type { DeliveryRecord } from '../audit/records.ts';
import { deliver } from '../delivery/deliver.ts';
import { channelSubject, envelope, newTrigger, userSubject } from '../delivery/subjects.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { hasCommands } from '../people/roles.ts';
import { createResponseUrl } from '../response-urls/create-response-url.ts';
import type { Shortcut } from '../seed/manifest.ts';
import type { MessageRef } from '../state/model.ts';
import { type Actor, requireInstalled, requireNoModal, visibleMessage } from './actor.ts';
import { channelOf } from './interact.ts';
import { tell } from './slash.ts';

function requireShortcut(actor: Actor, type: Shortcut['type'], callbackId: string): Shortcut {
  const { engine, user } = actor;
  requireInstalled(actor);
  if (!hasCommands(user)) throw new Error(`${user.name} is offered no shortcuts of apps here`);
  const offered = (engine.state.app.manifest.features?.shortcuts ?? []).filter((entry) => entry.type === type);
  const shortcut = offered.find((entry) => entry.callback_id === callbackId);
  if (!shortcut)
    throw new Error(
      `there is no ${type} shortcut "${callbackId}"; there are: ${offered.map((entry) => entry.callback_id).join(', ')}`,
    );
  return shortcut;
}

export async function globalShortcut(actor: Actor, callbackId: string): Promise<DeliveryRecord> {
  const { engine, user } = actor;
  requireNoModal(actor);
  requireShortcut(actor, 'global', callbackId);
  const { record } = await deliver(engine, {
    kind: 'interactive',
    type: 'shortcut',
    payload: {
      type: 'shortcut',
      ...envelope(engine),
      action_ts: engine.state.nextTs(engine.clock.now()),
      user: userSubject(engine, user.id),
      callback_id: callbackId,
      trigger_id: newTrigger(engine, { user: user.id }),
    },
  });
  return record;
}

export async function messageShortcut(actor: Actor, ref: MessageRef, callbackId: string): Promise<DeliveryRecord> {
  const { engine, user } = actor;
  requireNoModal(actor);
  const { name } = requireShortcut(actor, 'message', callbackId);
  const message = visibleMessage(actor, ref);
  if (message.ephemeralTo) throw new Error('a message that only one person sees offers no shortcuts');
  const channel = channelOf(engine, message);
  const payload = messagePayload(engine, message);
  const { record } = await deliver(engine, {
    kind: 'interactive',
    type: 'message_action',
    payload: {
      type: 'message_action',
      ...envelope(engine),
      action_ts: engine.state.nextTs(engine.clock.now()),
      user: userSubject(engine, user.id),
      channel: channelSubject(channel),
      callback_id: callbackId,
      trigger_id: newTrigger(engine, { user: user.id, channel: channel.id }),
      response_url: createResponseUrl(engine, {
        user: user.id,
        channel: channel.id,
        source: 'shortcut',
        messageTs: message.ts,
        threadTs: message.threadTs,
      }),
      message_ts: message.ts,
      message: payload,
    },
  });
  if (record.outcome !== 'acked') tell(engine, channel, user.id, `"${name}" did not respond. Try again?`);
  return record;
}
