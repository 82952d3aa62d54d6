import type { Activity } from '../audit/activity.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { SandboxClock } from '../clock/clock.ts';
import type { ClockFollowers } from '../clock/clock-followers.ts';
import type { EventHealth } from '../delivery/event-health.ts';
import type { EventMeter } from '../delivery/event-meter.ts';
import type { SocketTransport } from '../delivery/socket-transport.ts';
import type { Transport } from '../delivery/transport.ts';
import type { FaultBox } from '../faults/faults.ts';
import type { RateLimiter } from '../faults/rate-limiter.ts';
import type { Vault } from '../oauth/vault.ts';
import type { Ids } from '../state/ids.ts';
import type { ChangeKind, Organisation } from '../state/model.ts';
import type { WorkspaceState } from '../state/workspace-state.ts';

/** What every part of the sandbox is handed: the state of the world and the ways to act on it. */
export type Engine = {
  state: WorkspaceState;
  readonly clock: SandboxClock;
  readonly clockFollowers: ClockFollowers;
  readonly ids: Ids;
  readonly audit: AuditLog;
  readonly faults: FaultBox;
  readonly limiter: RateLimiter;
  readonly eventMeter: EventMeter;
  readonly eventHealth: EventHealth;
  readonly activity: Activity;
  readonly vault: Vault;
  /** This workspace and the others that the same app can be in; the first is the one that the sandbox starts with. */
  everyWorkspace(): Engine[];
  /** The workspace as it was at the very beginning, with today's app. */
  readonly seedAgain: () => WorkspaceState;
  transport: Transport;
  /** Set when the app connects by Socket Mode. */
  sockets?: SocketTransport;
  /** What all the workspaces belong to, if anything. */
  readonly organisation: Organisation | undefined;
  origin: string;
  /** The interface that the server listens on, where `origin` may name another host. */
  listensOn: string;
  readonly ackDeadlineMs: number;
  /** Real milliseconds that a person waits to see something. */
  readonly patienceMs: number;
  readonly realNow: () => number;
  /** The app asked for events that could not be delivered to come again for a day. */
  delayedEvents: boolean;
  /** Sandbox milliseconds until an uploaded file is ready. */
  fileProcessingMs: number;
  /** Types of blocks that have not reached this workspace yet, however well formed they are. */
  missingBlocks: ReadonlySet<string>;
  /** Messages older than this cannot be changed any more. */
  editWindowMs?: number | undefined;
  /** The app is sold outside of the Marketplace, which makes reading slow. */
  readonly isCommercial: boolean;
  changed(change: ChangeKind): void;
  onChange(listener: (change: ChangeKind) => void): () => void;
};
