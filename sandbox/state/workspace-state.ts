import type { StoredFile } from '../files/stored-file.ts';
import { type ChannelLog, channelLog } from '../messages/channel-log.ts';
import type {
  App,
  Channel,
  EntityDetails,
  Execution,
  HomeView,
  Message,
  MessageRef,
  ModalView,
  Team,
  User,
  UserGroup,
  View,
} from './model.ts';
import type { ResponseUrl, ScheduledMessage, Trigger } from './pending.ts';

export type WorkspaceState = ReturnType<typeof createWorkspaceState>;

const pairOf = (one: string, other: string) => (one < other ? `${one}:${other}` : `${other}:${one}`);

/** Everything that a reset forgets and a state file keeps, with the lookups that the hot paths need. */
export function createWorkspaceState(team: Team, app: App) {
  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const channelIds = new Map<string, string>();
  const directChannels = new Map<string, string>();
  const logs = new Map<string, ChannelLog>();
  const modals = new Map<string, ModalView[]>();
  const homes = new Map<string, HomeView>();

  const state = {
    team,
    app,
    users,
    /** Workspaces of other organisations, by id, that channels are shared with. */
    connectedTeams: new Map<string, Team>(),
    channels,
    logs,
    modals,
    homes,
    triggers: new Map<string, Trigger>(),
    responseUrls: new Map<string, ResponseUrl>(),
    scheduled: new Map<string, ScheduledMessage>(),
    /** command -> the app that was installed after ours and has it too. */
    rivals: new Map<string, string>(),
    /** The last part of an incoming webhook's address -> the channel that it posts to. */
    webhooks: new Map<string, string>(),
    files: new Map<string, StoredFile>(),
    userGroups: new Map<string, UserGroup>(),
    executions: new Map<string, Execution>(),
    /** user -> what the app shows them of the entity they opened. */
    details: new Map<string, EntityDetails>(),
    /** user -> channel -> ts of the last message they read. */
    read: new Map<string, Map<string, string>>(),
    lastMicros: 0,

    /** Unique and rising over the whole workspace, also while the clock stands still. */
    nextTs(nowMs: number): string {
      state.lastMicros = Math.max(Math.floor(nowMs) * 1000, state.lastMicros + 1);
      const seconds = Math.floor(state.lastMicros / 1_000_000);
      return `${String(seconds).padStart(10, '0')}.${String(state.lastMicros % 1_000_000).padStart(6, '0')}`;
    },

    addChannel(channel: Channel): void {
      channels.set(channel.id, channel);
      logs.set(channel.id, channelLog());
      if (channel.kind === 'im') {
        const [one = '', other = one] = channel.members;
        directChannels.set(pairOf(one, other), channel.id);
      } else channelIds.set(channel.name, channel.id);
    },

    renameChannel(channel: Channel, name: string): void {
      channelIds.delete(channel.name);
      channel.name = name;
      channelIds.set(name, channel.id);
    },

    /** Under another id, with its messages. */
    moveChannel(channel: Channel, id: string): void {
      const log = state.log(channel.id);
      channels.delete(channel.id);
      logs.delete(channel.id);
      channel.id = id;
      channels.set(id, channel);
      logs.set(id, log);
      channelIds.set(channel.name, id);
    },

    directChannel(one: string, other: string): Channel | undefined {
      return channels.get(directChannels.get(pairOf(one, other)) ?? '');
    },

    channelByNameOrId(nameOrId: string): Channel | undefined {
      return channels.get(nameOrId) ?? channels.get(channelIds.get(nameOrId.replace(/^#/, '')) ?? '');
    },

    userByNameOrId(nameOrId: string): User | undefined {
      const name = nameOrId.replace(/^@/, '').toLowerCase();
      const byId = users.get(nameOrId);
      if (byId) return byId;
      for (const user of users.values()) if (user.name === name || user.realName.toLowerCase() === name) return user;
      return undefined;
    },

    log(channel: string): ChannelLog {
      const log = logs.get(channel);
      if (!log) throw new Error(`there is no channel ${channel}`);
      return log;
    },

    message(ref: MessageRef): Message | undefined {
      return logs.get(ref.channel)?.get(ref.ts);
    },

    /** A modal that is on somebody's stack, or a published home. */
    view(id: string): View | undefined {
      for (const stack of modals.values()) for (const view of stack) if (view.id === id) return view;
      for (const home of homes.values()) if (home.id === id) return home;
      return undefined;
    },
  };
  return state;
}
