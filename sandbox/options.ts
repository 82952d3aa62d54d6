import type { SandboxClock } from './clock/clock.ts';
import type { NewPerson } from './people/new-person.ts';
import type { Manifest } from './seed/manifest.ts';
import type { App } from './state/model.ts';

/** Over HTTP everything goes to `url`, or else to the addresses that the manifest names. */
export type DeliveryTarget = { kind: 'socket' } | { kind: 'http'; url?: string };

export type Seed = {
  team: { name: string; domain: string };
  users: NewPerson[];
  channels: {
    name: string;
    kind?: 'public' | 'private';
    /** Everybody of the workspace but guests when left out. */
    members?: string[];
    botIsMember?: boolean;
    topic?: string;
    /** Other organisations, whose people can be members. */
    sharedWith?: string[];
    id?: string;
  }[];
  /** Fixed tokens and secrets, where drawn ones will not do. */
  credentials?: Partial<Pick<App, 'botToken' | 'appToken' | 'signingSecret' | 'clientId' | 'clientSecret'>>;
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
  /** The host of the addresses that the app and the page are given, where others reach the sandbox by another name. */
  baseHost?: string;
  stateFile?: string;
  rateLimits?: RateLimitProfile;
  /** The app is distributed outside the Marketplace: with rate limits on it reads a page of 15 a minute. */
  distributed?: boolean;
  /** Real milliseconds that the app has to acknowledge; Slack's 3000 unless a test cannot wait. */
  ackDeadlineMs?: number;
  /** Real milliseconds that a person waits to see something; 5000 unless given. */
  patienceMs?: number;
  /** Real milliseconds, by which the age of triggers and the rate limits are measured; the machine's own unless given. */
  realNow?: () => number;
  /** Sandbox milliseconds between an upload's completion and its readiness; 0 unless given. */
  fileProcessingMs?: number;
  /** Types of blocks that have not reached the workspace yet; every one is there unless given. */
  missingBlocks?: string[];
  /** For ids, tokens and fault probabilities. */
  randomSeed?: number;
};
