import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkManifest } from './check-manifest.ts';
import type { SandboxClock } from './clock.ts';
import type { Manifest } from './manifest.ts';
import type {
  App,
  BrokenRule,
  CallRecord,
  ChangeKind,
  Channel,
  DeliveryRecord,
  EntityDetails,
  HomeView,
  Message,
  MessageRef,
  ModalView,
  Organisation,
  Team,
  User,
  UserGroup,
} from './model.ts';
import type { Person } from './people/person.ts';
import { sandboxOver } from './sandbox-over.ts';
import { createSandboxServer } from './serve.ts';
import { createEngine } from './start-engine.ts';
import { openStateFile, type StateFile } from './state-file.ts';

export type DeliveryTarget = { kind: 'socket' } | { kind: 'http'; url: string };

/** People and channels to start with; ids are made from the names when left out. */
export type Seed = {
  team: { name: string; domain: string };
  users: { name: string; realName: string; timeZone: string; isAdmin?: boolean; id?: string }[];
  channels: {
    name: string;
    kind?: 'public' | 'private';
    /** Everybody when left out. */
    members?: string[];
    botIsMember?: boolean;
    topic?: string;
    id?: string;
  }[];
};

export type RateLimitProfile = 'off' | 'docs' | 'strict';

export type SandboxOptions = {
  manifest: Manifest;
  delivery: DeliveryTarget;
  workspace?: Seed;
  /** More workspaces, which the app gets into when somebody there installs it. */
  otherWorkspaces?: Seed[];
  /** An organisation that all the workspaces belong to. */
  organisation?: { name: string; domain: string };
  /** False leaves the first workspace without the app too, until somebody installs it. */
  installed?: boolean;
  /** liveClock() unless given. */
  clock?: SandboxClock;
  port?: number;
  host?: string;
  stateFile?: string;
  rateLimits?: RateLimitProfile;
  /** Real milliseconds that the app has to acknowledge; Slack's 3000 unless a test cannot wait. */
  ackDeadlineMs?: number;
  /** Sandbox milliseconds between an upload's completion and its readiness; 0 unless given. */
  fileProcessingMs?: number;
  /** Types of blocks that have not reached the workspace yet; every one is there unless given. */
  missingBlocks?: string[];
  /** For ids, tokens and fault probabilities. */
  randomSeed?: number;
};

export type Fault = {
  /** A method name, or '*' for all. */
  method: string;
  kind: 'fail' | 'delay' | 'drop_answer' | 'rate_limit' | 'server_error' | 'hang';
  /** For 'fail': the error code. */
  error?: string;
  /** For 'delay': real milliseconds. */
  delayMs?: number;
  probability?: number;
  /** How often it strikes before it is spent; unlimited when left out. */
  times?: number;
  /** Seconds, for 'rate_limit'. */
  retryAfter?: number;
};

/** A fault that was added; `struck` counts the calls it hit. */
export type ArmedFault = Fault & { id: number; struck: number };

/** How the sandbox plays Slack at the moment. */
export type Settings = { rateLimits: RateLimitProfile; fileProcessingMs: number; missingBlocks: string[] };

export type Notification = {
  user: string;
  /** The mention as it was written, e.g. '<@U1>', '<!channel>'. */
  because: string;
};

export type ShownFile = { id: string; name: string; mimetype: string };

/** A message with what is needed to draw it. */
export type ShownMessage = Message & { attached?: ShownFile[] };

/** What one person's screen is made of. Messages are fetched per channel with `messages`. */
export type Snapshot = {
  now: number;
  live: boolean;
  team: Team;
  /** All that there are to look at. */
  workspaces: Pick<Team, 'id' | 'name'>[];
  organisation: Organisation | undefined;
  /** Whether the app is in this workspace, and whether it is there because its organisation has it. */
  install: { isInstalled: boolean; isFromOrganisation: boolean; canBeGiven: boolean };
  app: Pick<App, 'id' | 'name' | 'botUserId' | 'botId' | 'manifest'>;
  me: User;
  users: User[];
  channels: (Omit<Channel, 'members' | 'pins'> & {
    members: string[];
    pins: string[];
    isMember: boolean;
    unread: number;
    mentions: number;
    /** The other person of an im. */
    with?: string;
    latestTs?: string;
  })[];
  modals: ModalView[];
  home: HomeView | undefined;
  /** What the app shows of the work object that was opened last. */
  details: EntityDetails | undefined;
  userGroups: Pick<UserGroup, 'id' | 'handle' | 'name'>[];
  connections: number;
};

export interface Sandbox {
  readonly origin: string;
  /** Ends with '/api/': what slackApiUrl wants. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: SandboxClock;
  readonly app: App;
  readonly server: Server;

  /** By name or id. */
  person(nameOrId: string): Person;
  people(): Person[];
  readonly team: Team;
  readonly organisation: Organisation | undefined;
  /** All of them, this one included. */
  workspaces(): Team[];
  /** Another workspace by its domain or id, with its own people; clock, audit, faults and server are shared. */
  workspace(domain: string): Sandbox;
  isInstalled(): boolean;
  /** An admin of the organisation gives this workspace to the app that all of it has installed. */
  addAppFromOrganisation(): void;
  takeAppFromOrganisation(): void;
  /** An admin removes the app: app_uninstalled, tokens_revoked, and its tokens are dead. */
  uninstallApp(): void;
  /** Resolves when no delivery is unacked and no API call is in flight for a beat. */
  settled(): Promise<void>;
  close(): Promise<void>;

  readonly faults: {
    add(fault: Fault): { remove(): void };
    remove(id: number): void;
    list(): ArmedFault[];
    clear(): void;
  };
  readonly audit: {
    calls(method?: string): CallRecord[];
    deliveries(type?: string): DeliveryRecord[];
    /** Who would be notified, and by which mention. */
    notifications(message: MessageRef): Notification[];
    /** Messages whose blocks came without a text fallback. */
    textless(): Message[];
    imagesWithoutAlt(): Message[];
    brokenRules(): BrokenRule[];
    clear(): void;
  };
  readonly sockets: {
    count(): number;
    /** Real milliseconds between the server's pings. */
    readonly pingEveryMs: number;
    /** Asks the app to reconnect, as Slack does every few hours. */
    refresh(): void;
    /** Says that a refresh is about ten seconds away. */
    warn(): void;
    /** Cuts every connection without a word. */
    cut(): void;
    /** Socket Mode is switched off in the app's settings: fatal for its client, and nobody can connect any more. */
    disableLink(): void;
    enableLink(): void;
  };

  /** Sends url_verification as Slack does when the address is saved; true when the challenge came back. */
  verifyUrl(): Promise<boolean>;
  settings(): Settings;
  setFileProcessing(ms: number): void;
  /** Slack rolls new blocks out one workspace after the other: these are refused here. */
  setMissingBlocks(types: string[]): void;
  setRateLimits(profile: RateLimitProfile): void;
  /** Events of an hour, above which the app is told app_rate_limited; undefined for Slack's number and its profile. */
  setEventVolume(events: number | undefined): void;
  message(ref: MessageRef): Message | undefined;
  channel(nameOrId: string): Channel | undefined;
  user(nameOrId: string): User | undefined;
  onChange(listener: (change: ChangeKind) => void): () => void;
  snapshot(userId: string): Snapshot;
  /** A window of what `userId` sees: the newest `limit` before `before`, oldest first. `thread` shows one thread. */
  messages(
    userId: string,
    channelId: string,
    options?: { limit?: number; before?: string; thread?: string },
  ): { messages: Message[]; hasMore: boolean };
  file(id: string): { name: string; mimetype: string; bytes: Uint8Array } | undefined;
  /** Back to the seed: every message, view and file is gone; credentials stay. */
  reset(): Promise<void>;
  save(): unknown;
  load(saved: unknown): Promise<void>;
  /** The page's hook: return true when the request was handled. Called for whatever is not /api, /clock or a file. */
  mount(serve: (request: IncomingMessage, response: ServerResponse) => boolean): void;
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** A workspace on its own loopback server, with one app that it drives as Slack would. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  checkManifest(options.manifest);
  const engine = createEngine(options);
  const mounted = new Set<Parameters<Sandbox['mount']>[0]>();
  const server = createSandboxServer(engine, mounted);
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  engine.origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  let store: StateFile | undefined;
  try {
    if (options.stateFile !== undefined) store = openStateFile(engine, options.stateFile);
  } catch (error) {
    server.close();
    throw error;
  }
  return sandboxOver(engine, { server, mounted, store });
}
