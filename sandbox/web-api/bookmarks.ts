import type { Engine } from '../engine.ts';
import type { Bookmark } from '../model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

function addPin(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  if (!channel.members.has(engine.state.app.botUserId)) throw new ApiError('not_in_channel');
  const message = engine.state.message({ channel: channel.id, ts: args.required('timestamp') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  if (channel.pins.has(message.ts)) throw new ApiError('already_pinned');
  channel.pins.add(message.ts);
  engine.changed({ kind: 'channel', channel: channel.id });
  return {};
}

function addBookmark(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel_id'));
  if (args.required('type') !== 'link') throw new ApiError('invalid_arguments');
  const link = args.required('link');
  if (!URL.canParse(link)) throw new ApiError('invalid_link');
  const bookmark: Bookmark = {
    id: engine.ids.id('Bk'),
    title: args.required('title'),
    link,
    emoji: args.string('emoji'),
  };
  channel.bookmarks.push(bookmark);
  engine.changed({ kind: 'channel', channel: channel.id });
  return { bookmark: { ...bookmark, channel_id: channel.id, type: 'link' } };
}

export const bookmarkMethods: Handlers = { 'pins.add': addPin, 'bookmarks.add': addBookmark };
