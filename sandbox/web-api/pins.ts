import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { messagePayload } from '../messages/message-payload.ts';
import type { Channel, Message } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

function target(engine: Engine, args: Args): { channel: Channel; message: Message } {
  const channel = findChannel(engine, args.string('channel'));
  if (!channel.members.has(engine.state.app.botUserId)) throw new ApiError('not_in_channel');
  const message = engine.state.message({ channel: channel.id, ts: args.required('timestamp') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  return { channel, message };
}

function tell(engine: Engine, type: 'pin_added' | 'pin_removed', channel: Channel, message: Message): Answer {
  engine.changed({ kind: 'channel', channel: channel.id });
  emitEvent(engine, type, {
    type,
    user: engine.state.app.botUserId,
    channel_id: channel.id,
    item: { type: 'message', channel: channel.id, message: messagePayload(engine, message) },
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
  return {};
}

function add(engine: Engine, args: Args): Answer {
  const { channel, message } = target(engine, args);
  if (channel.pins.has(message.ts)) throw new ApiError('already_pinned');
  channel.pins.add(message.ts);
  return tell(engine, 'pin_added', channel, message);
}

function remove(engine: Engine, args: Args): Answer {
  const { channel, message } = target(engine, args);
  if (!channel.pins.delete(message.ts)) throw new ApiError('no_pin');
  return tell(engine, 'pin_removed', channel, message);
}

function list(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  const messages = [...channel.pins].flatMap((ts) => engine.state.message({ channel: channel.id, ts }) ?? []);
  const items = messages.map((message) => ({
    type: 'message',
    channel: channel.id,
    message: messagePayload(engine, message),
  }));
  return { items };
}

export const pinMethods: Handlers = { 'pins.add': add, 'pins.list': list, 'pins.remove': remove };
