import type { Engine } from '../engine/engine.ts';
import type { Bookmark, Channel } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

const payload = (channel: Channel, bookmark: Bookmark) => ({ ...bookmark, channel_id: channel.id, type: 'link' });

function add(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel_id'));
  if (args.required('type') !== 'link') throw new ApiError('invalid_arguments');
  const bookmark: Bookmark = {
    id: engine.ids.id('Bk'),
    title: args.required('title'),
    link: readLink(args),
    emoji: args.string('emoji'),
  };
  channel.bookmarks.push(bookmark);
  engine.changed({ kind: 'channel', channel: channel.id });
  return { bookmark: payload(channel, bookmark) };
}

function readLink(args: Args): string {
  const link = args.required('link');
  if (!URL.canParse(link)) throw new ApiError('invalid_link');
  return link;
}

function find(engine: Engine, args: Args): { channel: Channel; bookmark: Bookmark } {
  const channel = findChannel(engine, args.string('channel_id'));
  const bookmark = channel.bookmarks.find(({ id }) => id === args.required('bookmark_id'));
  if (!bookmark) throw new ApiError('not_found');
  return { channel, bookmark };
}

function edit(engine: Engine, args: Args): Answer {
  const { channel, bookmark } = find(engine, args);
  bookmark.title = args.string('title') ?? bookmark.title;
  if (args.has('link')) bookmark.link = readLink(args);
  bookmark.emoji = args.string('emoji') ?? bookmark.emoji;
  engine.changed({ kind: 'channel', channel: channel.id });
  return { bookmark: payload(channel, bookmark) };
}

function remove(engine: Engine, args: Args): Answer {
  const { channel, bookmark } = find(engine, args);
  channel.bookmarks = channel.bookmarks.filter((entry) => entry !== bookmark);
  engine.changed({ kind: 'channel', channel: channel.id });
  return {};
}

function list(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel_id'));
  return { bookmarks: channel.bookmarks.map((bookmark) => payload(channel, bookmark)) };
}

export const bookmarkMethods: Handlers = {
  'bookmarks.add': add,
  'bookmarks.edit': edit,
  'bookmarks.list': list,
  'bookmarks.remove': remove,
};
