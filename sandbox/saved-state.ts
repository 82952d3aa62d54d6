import type { Engine } from './engine.ts';
import type { StoredFile } from './files/stored-file.ts';
import type { App, Channel, HomeView, Message, ModalView, Team, User } from './model.ts';
import { letIn } from './oauth/let-in.ts';
import type { ResponseUrl, ScheduledMessage } from './pending.ts';
import { armAllScheduled } from './web-api/chat-schedule.ts';
import { createWorkspaceState } from './workspace-state.ts';

const VERSION = 1;

type SavedChannel = Omit<Channel, 'members' | 'pins'> & { members: string[]; pins: string[] };
type SavedFile = Omit<StoredFile, 'bytes'> & { base64?: string };

export type SavedState = {
  version: typeof VERSION;
  /** Epoch ms of the sandbox clock when it was saved. */
  now: number;
  lastMicros: number;
  team: Team;
  app: Omit<App, 'manifest' | 'scopes' | 'name' | 'clientId' | 'clientSecret'> &
    Partial<Pick<App, 'clientId' | 'clientSecret'>>;
  users: User[];
  channels: SavedChannel[];
  messages: Message[];
  modals: [string, ModalView[]][];
  homes: [string, HomeView][];
  responseUrls: ResponseUrl[];
  scheduled: ScheduledMessage[];
  files: SavedFile[];
  read: [string, [string, string][]][];
};

/** The workspace as plain JSON, not copied; triggers live three seconds and are not kept. */
export function saved(engine: Engine): SavedState {
  const { state, clock } = engine;
  const { manifest: _manifest, scopes: _scopes, name: _name, ...app } = state.app;
  return {
    version: VERSION,
    now: clock.now(),
    lastMicros: state.lastMicros,
    team: state.team,
    app,
    users: [...state.users.values()],
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
    files: [...state.files.values()].map(({ bytes, ...file }) =>
      bytes ? { ...file, base64: Buffer.from(bytes).toString('base64') } : file,
    ),
    read: [...state.read].map(([user, channels]): [string, [string, string][]] => [user, [...channels]]),
  };
}

function isSaved(value: unknown): value is SavedState {
  return typeof value === 'object' && value !== null && (value as { version?: unknown }).version === VERSION;
}

/** Puts a saved workspace in place of the present one. The manifest stays the one that is running. */
export function restore(engine: Engine, value: unknown): void {
  if (!isSaved(value)) throw new Error(`this is not a workspace that the sandbox saved (version ${VERSION})`);
  const from = value;
  const { manifest, scopes, name, clientId, clientSecret } = engine.state.app;
  const state = createWorkspaceState(from.team, { clientId, clientSecret, ...from.app, manifest, scopes, name });
  state.lastMicros = Math.max(from.lastMicros, engine.state.lastMicros);
  for (const user of from.users) state.users.set(user.id, user);
  for (const channel of from.channels)
    state.addChannel({ ...channel, members: new Set(channel.members), pins: new Set(channel.pins) });
  for (const message of from.messages) state.log(message.channel).add(message);
  for (const [user, stack] of from.modals)
    state.modals.set(
      user,
      stack.map((view) => ({ ...view, pending: false })),
    );
  for (const [user, home] of from.homes) state.homes.set(user, home);
  for (const url of from.responseUrls) state.responseUrls.set(url.id, url);
  for (const scheduled of from.scheduled) state.scheduled.set(scheduled.id, scheduled);
  for (const { base64, ...file } of from.files)
    state.files.set(file.id, base64 === undefined ? file : { ...file, bytes: Buffer.from(base64, 'base64') });
  for (const [user, channels] of from.read) state.read.set(user, new Map(channels));
  engine.state = state;
  letIn(engine);
  engine.ids.reseed(state.lastMicros ^ Math.floor(engine.ids.random() * 2 ** 31));
  armAllScheduled(engine);
  if (from.now > engine.clock.now()) void engine.clock.set(from.now);
  engine.changed({ kind: 'reset' });
}
