import type { Engine } from '../engine/engine.ts';
import type { StoredFile } from '../files/stored-file.ts';
import type { App, Channel, Execution, HomeView, Message, ModalView, Team, User, UserGroup } from './model.ts';
import type { ResponseUrl, ScheduledMessage } from './pending.ts';
import { createWorkspaceState, type WorkspaceState } from './workspace-state.ts';

type SavedChannel = Omit<Channel, 'members' | 'pins' | 'connectedTeams'> & {
  members: string[];
  pins: string[];
  connectedTeams?: string[];
};
type SavedUser = Omit<User, 'role' | 'team' | 'isExternal'> &
  Partial<Pick<User, 'role' | 'team' | 'isExternal'>> & { isAdmin?: boolean };
type SavedFile = Omit<StoredFile, 'bytes'> & { base64?: string };

/** One workspace as plain JSON. */
export type SavedWorkspace = {
  lastMicros: number;
  team: Team;
  app: Omit<App, 'manifest' | 'scopes' | 'name' | 'clientId' | 'clientSecret'> &
    Partial<Pick<App, 'clientId' | 'clientSecret' | 'scopes'>>;
  users: SavedUser[];
  connectedTeams?: Team[];
  userGroups?: UserGroup[];
  channels: SavedChannel[];
  messages: Message[];
  modals: [string, ModalView[]][];
  homes: [string, HomeView][];
  responseUrls: ResponseUrl[];
  scheduled: ScheduledMessage[];
  webhooks?: [string, string][];
  executions?: Execution[];
  files: SavedFile[];
  read: [string, [string, string][]][];
};

/** Not copied; triggers live three seconds and are not kept. */
export function savedWorkspace({ state }: Engine): SavedWorkspace {
  const { manifest: _manifest, name: _name, ...app } = state.app;
  return {
    lastMicros: state.lastMicros,
    team: state.team,
    app,
    users: [...state.users.values()],
    connectedTeams: [...state.connectedTeams.values()],
    userGroups: [...state.userGroups.values()],
    channels: [...state.channels.values()].map((channel) => ({
      ...channel,
      members: [...channel.members],
      pins: [...channel.pins],
    })),
    messages: [...state.logs.values()].flatMap((log) => [...log.oldestFirst()]),
    modals: [...state.modals],
    homes: [...state.homes],
    responseUrls: [...state.responseUrls.values()],
    scheduled: [...state.scheduled.values()],
    webhooks: [...state.webhooks],
    executions: [...state.executions.values()],
    files: [...state.files.values()].map(({ bytes, ...file }) =>
      bytes ? { ...file, base64: Buffer.from(bytes).toString('base64') } : file,
    ),
    read: [...state.read].map(([user, channels]): [string, [string, string][]] => [user, [...channels]]),
  };
}

/** Files of before there were roles say of a person whether they are an admin, and nothing else. */
function restoredUser({ isAdmin, ...user }: SavedUser, team: Team): User {
  return {
    ...user,
    role: user.role ?? (isAdmin ? 'admin' : 'member'),
    team: user.team ?? team.id,
    isExternal: user.isExternal ?? false,
  };
}

/** The state that was saved, for the app that is running: its manifest and the scopes it asks for are today's. */
export function restoredWorkspace(from: SavedWorkspace, running: App, keepsScopes: boolean): WorkspaceState {
  const { manifest, name, clientId, clientSecret } = running;
  const scopes = keepsScopes ? (from.app.scopes ?? running.scopes) : running.scopes;
  const state = createWorkspaceState(from.team, { clientId, clientSecret, ...from.app, manifest, scopes, name });
  state.lastMicros = from.lastMicros;
  for (const user of from.users) state.users.set(user.id, restoredUser(user, from.team));
  for (const team of from.connectedTeams ?? []) state.connectedTeams.set(team.id, team);
  for (const group of from.userGroups ?? []) state.userGroups.set(group.id, group);
  for (const channel of from.channels)
    state.addChannel({
      ...channel,
      members: new Set(channel.members),
      pins: new Set(channel.pins),
      connectedTeams: channel.connectedTeams ?? [],
    });
  for (const message of from.messages) state.log(message.channel).add(message);
  for (const [user, stack] of from.modals)
    state.modals.set(
      user,
      stack.map((view) => ({ ...view, pending: false })),
    );
  for (const [user, home] of from.homes) state.homes.set(user, home);
  for (const url of from.responseUrls) state.responseUrls.set(url.id, url);
  for (const scheduled of from.scheduled) state.scheduled.set(scheduled.id, scheduled);
  for (const [secret, channel] of from.webhooks ?? []) state.webhooks.set(secret, channel);
  for (const execution of from.executions ?? []) state.executions.set(execution.id, execution);
  for (const { base64, ...file } of from.files)
    state.files.set(file.id, base64 === undefined ? file : { ...file, bytes: Buffer.from(base64, 'base64') });
  for (const [user, channels] of from.read) state.read.set(user, new Map(channels));
  return state;
}
