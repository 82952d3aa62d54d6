import { notificationsOf } from '../../audit/notifications.ts';
import { isOpenTo } from '../../driver/actor.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Channel, Message } from '../../state/model.ts';
import { stackOf } from '../../views/view-stack.ts';
import type { ShownMessage, Snapshot } from './screen.ts';

// Beyond this many the page shows a mark with a plus.
const UNREAD_COUNTED = 100;

function isReply(message: Message): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts && !message.broadcast;
}

function visibleTo(user: string, message: Message): boolean {
  return message.ephemeralTo === undefined || message.ephemeralTo === user;
}

function unreadIn(engine: Engine, channel: Channel, user: string) {
  const readUpTo = engine.state.read.get(user)?.get(channel.id) ?? '';
  let unread = 0;
  let mentions = 0;
  let latestTs: string | undefined;
  for (const message of engine.state.log(channel.id).newestFirst()) {
    if (!visibleTo(user, message) || isReply(message)) continue;
    latestTs ??= message.ts;
    if (message.ts <= readUpTo || unread === UNREAD_COUNTED) break;
    if (message.user === user) continue;
    unread += 1;
    if (channel.kind === 'im' || notificationsOf(engine, message).some((entry) => entry.user === user)) mentions += 1;
  }
  return { unread, mentions, latestTs };
}

function installOf(engine: Engine): Snapshot['install'] {
  const { vault, organisation, state } = engine;
  const isFromOrganisation = vault.isGranted(state.team.id);
  const isInstalled = vault.isInstalled(state.team.id);
  const canBeGiven = !isInstalled && organisation !== undefined && vault.isInstalled(organisation.id);
  return { isInstalled, isFromOrganisation, canBeGiven };
}

function homeZone({ state }: Engine): string {
  const founder = [...state.users.values()].find(({ isBot, id }) => !isBot && id !== 'USLACKBOT');
  return founder?.timeZone ?? 'UTC';
}

export function snapshotFor(engine: Engine, userId: string): Snapshot {
  const { state, clock } = engine;
  const me = state.users.get(userId);
  if (!me) throw new Error(`there is nobody with the id ${userId}`);
  const { id, name, botUserId, botId, manifest } = state.app;
  const channels = [...state.channels.values()].filter((channel) => isOpenTo(channel, me));
  return structuredClone({
    now: clock.now(),
    live: clock.live,
    timeZone: homeZone(engine),
    team: state.team,
    workspaces: engine.everyWorkspace().map((one) => ({ id: one.state.team.id, name: one.state.team.name })),
    organisation: engine.organisation,
    install: installOf(engine),
    app: { id, name, botUserId, botId, manifest },
    me,
    users: [...state.users.values()],
    connectedTeams: [...state.connectedTeams.values()],
    channels: channels.map((channel) => ({
      ...channel,
      members: [...channel.members],
      pins: [...channel.pins],
      isMember: channel.members.has(userId),
      ...(channel.kind === 'im' ? { with: [...channel.members].find((member) => member !== userId) ?? userId } : {}),
      ...unreadIn(engine, channel, userId),
    })),
    modals: stackOf(engine, userId),
    home: state.homes.get(userId),
    details: state.details.get(userId),
    userGroups: [...state.userGroups.values()].map(({ id, handle, name }) => ({ id, handle, name })),
    connections: engine.sockets?.count() ?? 0,
  });
}

function shown(engine: Engine, message: Message): ShownMessage {
  if (message.files.length === 0) return message;
  const attached = message.files.flatMap((id) => {
    const file = engine.state.files.get(id);
    return file ? [{ id, name: file.name, mimetype: file.mimetype }] : [];
  });
  return { ...message, attached };
}

type MessageWindow = { limit?: number; before?: string; thread?: string };

/** The newest `limit` messages before `before` that a person sees, oldest first. */
export function messagesFor(engine: Engine, userId: string, channelId: string, window: MessageWindow = {}) {
  const { limit = 100, before, thread } = window;
  const channel = engine.state.channels.get(channelId);
  const me = engine.state.users.get(userId);
  if (!channel || !me || !isOpenTo(channel, me)) return { messages: [], hasMore: false };
  const log = engine.state.log(channelId);
  if (thread !== undefined) {
    const root = log.get(thread);
    const replies = [...log.replies(thread)].filter((reply) => visibleTo(userId, reply));
    const all = root ? [root, ...replies] : replies;
    return { messages: structuredClone(all.map((message) => shown(engine, message))), hasMore: false };
  }
  const found: Message[] = [];
  for (const message of log.newestFirst(before)) {
    if (!visibleTo(userId, message) || isReply(message)) continue;
    found.push(message);
    if (found.length > limit) break;
  }
  const page = found.slice(0, limit).reverse();
  return { messages: structuredClone(page.map((message) => shown(engine, message))), hasMore: found.length > limit };
}
