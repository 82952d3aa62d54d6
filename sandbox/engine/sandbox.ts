import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { BrokenRule, CallRecord, DeliveryRecord } from '../audit/records.ts';
import type { SandboxClock } from '../clock/clock.ts';
import type { Person } from '../driver/person.ts';
import type { ArmedFault, Fault } from '../faults/fault.ts';
import type { RateLimitProfile } from '../options.ts';
import type { Notification, Settings, Snapshot } from '../page/server/screen.ts';
import type { Administration } from '../people/administer.ts';
import type { App, ChangeKind, Channel, Message, MessageRef, Organisation, Team, User } from '../state/model.ts';

export interface Sandbox extends Administration {
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
  /**
   * What Slack would put into a request of this person, for one that is written by hand: `view` is the window that it
   * comes from. Good for as long as the clock stands still.
   */
  handles(about: { user: string; channel: string; view?: string }): { triggerId: string; responseUrl: string };
  /** Resolves when no delivery is unacked and no API call is in flight for a beat. */
  settled(): Promise<void>;
  /** Counts as under way until the function that it returns is called: for what an app does after its ack. */
  beginWork(): () => void;
  /** Moves the clock as the page does: apps that follow it over the network and report come along, step by step. */
  passTime(until: Date | number): Promise<void>;
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
  /** Looks at the app's certificate as Slack does now and then, without a signature; true when it answered 200. */
  checkSsl(): Promise<boolean>;
  /** How long people and apps may change what they posted, in minutes; undefined for ever. */
  setEditWindow(minutes: number | undefined): void;
  settings(): Settings;
  setFileProcessing(ms: number): void;
  /** Slack rolls new blocks out one workspace after the other: these are refused here. */
  setMissingBlocks(types: string[]): void;
  setRateLimits(profile: RateLimitProfile): void;
  /** What could not be delivered comes again hourly for a day, as the app's settings can ask. */
  setDelayedEvents(on: boolean): void;
  /** Tokens expire from now on; an Error when it is to be switched off again. */
  setTokenRotation(on: boolean): void;
  /** The address of an incoming webhook into a channel; the app needs the scope incoming-webhook. */
  addIncomingWebhook(channel: string): string;
  /** Another app with these commands: Slack calls it instead of ours until ours is installed anew. */
  installRival(name: string, commands: string[]): void;
  /** Events that were switched off since nearly all of them failed come again. */
  switchEventsOn(): void;
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
