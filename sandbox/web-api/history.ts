import type { Engine } from '../engine/engine.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { limits } from '../rules/limits.ts';
import type { Channel, Message } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { nextCursor, readCursor, readLimit } from './paginate.ts';

const SCOPE_OF_KIND = {
  public: 'channels:history',
  private: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
} as const;

function readable(engine: Engine, args: Args): Channel {
  const channel = findChannel(engine, args.string('channel'));
  const { scopes, botUserId } = engine.state.app;
  const needed = SCOPE_OF_KIND[channel.kind];
  if (!scopes.includes(needed)) throw new ApiError('missing_scope', { needed, provided: scopes.join(',') });
  if (!channel.members.has(botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

function bounds(args: Args) {
  const oldest = args.string('oldest');
  const latest = args.string('latest');
  const inclusive = args.boolean('inclusive') ?? false;
  const inside = (ts: string) =>
    (oldest === undefined || Number(oldest) === 0 || (inclusive ? ts >= pad(oldest) : ts > pad(oldest))) &&
    (latest === undefined || (inclusive ? ts <= pad(latest) : ts < pad(latest)));
  return { oldest, latest, inclusive, inside };
}

function mostPerPage({ isCommercial, limiter }: Engine, usual: number): number {
  return isCommercial && limiter.profile !== 'off' ? limits.rateHistoryCommercial.value.limit : usual;
}

/** '1700000000' and '1700000000.5' are allowed where a ts is. */
function pad(ts: string): string {
  const [seconds = '', micros = ''] = ts.split('.');
  return `${seconds.padStart(10, '0')}.${micros.padEnd(6, '0')}`;
}

function shown(engine: Engine, message: Message, withMetadata: boolean) {
  const payload = messagePayload(engine, message);
  if (!withMetadata) delete payload.metadata;
  return payload;
}

function history(engine: Engine, args: Args): Answer {
  const channel = readable(engine, args);
  const { oldest, latest, inclusive, inside } = bounds(args);
  const limit = readLimit(args, 100, mostPerPage(engine, limits.historyLimitMax.value));
  const cursor = readCursor(args);
  const withMetadata = args.boolean('include_all_metadata') ?? false;
  const start = cursor ?? (latest === undefined ? undefined : pad(latest));
  const found: Message[] = [];
  for (const message of engine.state.log(channel.id).newestFirst(start, cursor === undefined && inclusive)) {
    if (oldest !== undefined && message.ts < pad(oldest)) break;
    const isReply = message.threadTs !== undefined && message.threadTs !== message.ts && !message.broadcast;
    if (message.ephemeralTo || isReply || !inside(message.ts)) continue;
    found.push(message);
    if (found.length > limit) break;
  }
  const hasMore = found.length > limit;
  const page = found.slice(0, limit);
  return {
    messages: page.map((message) => shown(engine, message, withMetadata)),
    has_more: hasMore,
    pin_count: channel.pins.size,
    ...nextCursor(hasMore ? page.at(-1)?.ts : undefined),
  };
}

function replies(engine: Engine, args: Args): Answer {
  const channel = readable(engine, args);
  const root = engine.state.message({ channel: channel.id, ts: args.required('ts') });
  if (!root || root.ephemeralTo) throw new ApiError('thread_not_found');
  const { inside } = bounds(args);
  const limit = readLimit(args, 1000, mostPerPage(engine, 1000));
  const after = readCursor(args);
  const withMetadata = args.boolean('include_all_metadata') ?? false;
  const parent = engine.state.message({ channel: channel.id, ts: root.threadTs ?? root.ts }) ?? root;
  // A reply's own ts answers that reply alone, as Slack does.
  const thread = root === parent ? engine.state.log(channel.id).replies(parent.ts) : [root];
  const wanted = [...thread].filter(
    (reply) => !reply.ephemeralTo && inside(reply.ts) && (after === undefined || reply.ts > after),
  );
  const first = after === undefined && root === parent ? [parent] : [];
  const page = wanted.slice(0, Math.max(0, limit - first.length));
  const hasMore = page.length < wanted.length;
  return {
    messages: [...first, ...page].map((message) => shown(engine, message, withMetadata)),
    has_more: hasMore,
    ...nextCursor(hasMore ? (page.at(-1) ?? parent).ts : undefined),
  };
}

export const historyMethods: Handlers = {
  'conversations.history': history,
  'conversations.replies': replies,
};
