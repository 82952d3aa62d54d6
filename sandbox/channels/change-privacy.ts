import type { Engine } from '../engine/engine.ts';
import { addMessage } from '../messages/add-message.ts';
import type { Channel } from '../state/model.ts';
import { tellJoined } from './membership.ts';

/** Turns a public channel private, or back. Who is in it stays. */
export function changePrivacy(engine: Engine, channel: Channel, by: string, kind: 'public' | 'private'): void {
  if (channel.kind !== 'public' && channel.kind !== 'private') throw new Error('only channels are public or private');
  if (channel.kind === kind) throw new Error(`#${channel.name} is ${kind} already`);
  channel.kind = kind;
  engine.changed({ kind: 'channel', channel: channel.id });
  const subtype = kind === 'private' ? 'channel_convert_to_private' : 'channel_convert_to_public';
  addMessage(engine, channel, { user: by, subtype, text: `made this channel ${kind}.` });
  if (kind === 'private') tellJoined(engine, channel, engine.state.app.botUserId);
}
