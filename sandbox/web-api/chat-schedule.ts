import { prepareAttachments, prepareBlocks } from '../blocks/prepare-blocks.ts';
import { sayScheduled } from '../driver/schedule.ts';
import type { Engine } from '../engine/engine.ts';
import { armScheduled } from '../messages/arm-scheduled.ts';
import { limits } from '../rules/limits.ts';
import type { ScheduledMessage } from '../state/pending.ts';
import { ApiError } from './api-error.ts';
import { type Args, readArgs } from './args.ts';
import { identity, postMessage } from './chat-post.ts';
import { findChannel, findTarget, requirePostable } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { pageOf } from './paginate.ts';
import { readContent } from './read-content.ts';

/** What people schedule is none of the app's business. */
const isOwn = ({ by }: ScheduledMessage) => by === undefined;

const seconds = (ms: number) => Math.floor(ms / 1000);

function arm(engine: Engine, scheduled: ScheduledMessage): void {
  armScheduled(engine, scheduled, (args) => {
    if (scheduled.by === undefined) postMessage(engine, readArgs(args));
    else sayScheduled(engine, scheduled);
  });
}

/** After a workspace was loaded: what fell due meanwhile is posted at once, as by a Slack that never slept. */
export function armAllScheduled(engine: Engine): void {
  for (const scheduled of engine.state.scheduled.values()) arm(engine, scheduled);
}

function requireRoom(engine: Engine, channel: string, postAt: number): void {
  const near = [...engine.state.scheduled.values()].filter(
    (entry) =>
      isOwn(entry) && entry.channel === channel && Math.abs(entry.postAt - postAt) < limits.scheduleWindowMs.value,
  );
  if (near.length >= limits.scheduleDensity.value) throw new ApiError('restricted_too_many');
}

function schedule(engine: Engine, args: Args): Answer {
  const channel = findTarget(engine, args.string('channel'));
  requirePostable(engine, channel);
  const postAt = (args.number('post_at') ?? Number.NaN) * 1000;
  if (!Number.isInteger(postAt)) throw new ApiError('invalid_time');
  const now = engine.clock.now();
  if (postAt <= now) throw new ApiError(limits.schedulePast.value);
  if (postAt - now > limits.scheduleHorizonMs.value) throw new ApiError('time_too_far');
  const content = readContent(engine, args);
  if (content.text.length > limits.textTruncatedAt.value) throw new ApiError('msg_too_long');
  requireRoom(engine, channel.id, postAt);
  const { post_at: _postAt, ...kept } = args.raw;
  const scheduled: ScheduledMessage = {
    id: engine.ids.id('Q'),
    channel: channel.id,
    postAt,
    createdAt: now,
    args: { ...kept, channel: channel.id },
  };
  engine.state.scheduled.set(scheduled.id, scheduled);
  arm(engine, scheduled);
  const message = {
    text: content.text,
    username: identity(engine, args).username ?? engine.state.users.get(engine.state.app.botUserId)?.name,
    bot_id: engine.state.app.botId,
    ...(content.blocks ? { blocks: prepareBlocks(content.blocks, engine.ids) } : {}),
    ...(content.attachments ? { attachments: prepareAttachments(content.attachments, engine.ids) } : {}),
    type: 'delayed_message',
    subtype: 'bot_message',
  };
  return { channel: channel.id, scheduled_message_id: scheduled.id, post_at: seconds(postAt), message };
}

function remove(engine: Engine, args: Args): Answer {
  const channel = findTarget(engine, args.string('channel'));
  const scheduled = engine.state.scheduled.get(args.required('scheduled_message_id'));
  const tooLate = limits.scheduleDeleteMarginMs.value;
  if (scheduled?.channel !== channel.id || !isOwn(scheduled) || scheduled.postAt - engine.clock.now() < tooLate)
    throw new ApiError(limits.scheduleDeleteLate.value);
  engine.state.scheduled.delete(scheduled.id);
  return {};
}

function list(engine: Engine, args: Args): Answer {
  const given = args.string('channel');
  const channel = given === undefined ? undefined : findChannel(engine, given).id;
  const oldest = args.number('oldest') ?? 0;
  const latest = args.number('latest') ?? Number.POSITIVE_INFINITY;
  const wanted = [...engine.state.scheduled.values()]
    .filter(isOwn)
    .filter((entry) => channel === undefined || entry.channel === channel)
    .filter((entry) => seconds(entry.postAt) >= oldest && seconds(entry.postAt) <= latest)
    .sort((one, other) => one.postAt - other.postAt);
  const { page, response_metadata } = pageOf(wanted, args);
  return {
    scheduled_messages: page.map((entry) => ({
      id: entry.id,
      channel_id: entry.channel,
      post_at: seconds(entry.postAt),
      date_created: seconds(entry.createdAt),
      text: String(entry.args.text ?? ''),
    })),
    response_metadata,
  };
}

export const schedulingMethods: Handlers = {
  'chat.scheduleMessage': schedule,
  'chat.deleteScheduledMessage': remove,
  'chat.scheduledMessages.list': list,
};
