import { createActivity } from '../audit/activity.ts';
import { createAuditLog } from '../audit/audit-log.ts';
import { liveClock } from '../clock/clock.ts';
import { createClockFollowers } from '../clock/clock-followers.ts';
import { addressOf } from '../delivery/address-of.ts';
import { createEventHealth } from '../delivery/event-health.ts';
import { createEventMeter } from '../delivery/event-meter.ts';
import { httpTransport } from '../delivery/http-transport.ts';
import { socketTransport } from '../delivery/socket-transport.ts';
import { createFaultBox } from '../faults/faults.ts';
import { createRateLimiter } from '../faults/rate-limiter.ts';
import { letIn } from '../oauth/let-in.ts';
import { createVault } from '../oauth/vault.ts';
import type { SandboxOptions, Seed } from '../options.ts';
import { limits } from '../rules/limits.ts';
import type { Manifest } from '../seed/manifest.ts';
import { defaultSeed, organisationOf, seedWorkspace } from '../seed/seed.ts';
import { createIds } from '../state/ids.ts';
import type { ChangeKind } from '../state/model.ts';
import { besideWorkspace } from './beside-workspace.ts';
import type { Engine } from './engine.ts';

const USUAL_PATIENCE_MS = 5_000;
const FOLLOWER_PATIENCE_MS = 30_000;

export function createEngine(options: SandboxOptions): Engine {
  const clock = options.clock ?? liveClock();
  const realNow = options.realNow ?? (() => performance.now());
  const ids = createIds(options.randomSeed ?? 1);
  const listeners = new Set<(change: ChangeKind) => void>();
  const changed = (change: ChangeKind) => {
    for (const listener of listeners) listener(change);
  };
  const seedAgain = () => seedWorkspace(options.workspace ?? defaultSeed, options.manifest, ids, clock.now());
  const state = seedAgain();
  const vault = createVault(ids);
  const workspaces: Engine[] = [];
  const engine: Omit<Engine, 'transport'> & { transport?: Engine['transport'] } = {
    state,
    clock,
    clockFollowers: createClockFollowers(clock, FOLLOWER_PATIENCE_MS),
    ids,
    audit: createAuditLog(),
    faults: createFaultBox(ids.random, () => changed({ kind: 'faults' })),
    limiter: createRateLimiter(options.rateLimits ?? 'off', realNow),
    eventMeter: createEventMeter(),
    eventHealth: createEventHealth(),
    activity: createActivity(),
    vault,
    everyWorkspace: () => workspaces,
    seedAgain,
    organisation: options.organisation && organisationOf(options.organisation),
    origin: '',
    listensOn: '',
    ackDeadlineMs: options.ackDeadlineMs ?? limits.ackDeadlineMs.value,
    patienceMs: options.patienceMs ?? USUAL_PATIENCE_MS,
    realNow,
    delayedEvents: false,
    isCommercial: options.distributed ?? false,
    fileProcessingMs: options.fileProcessingMs ?? 0,
    missingBlocks: new Set(options.missingBlocks),
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  if (options.delivery.kind === 'http') {
    const { url } = options.delivery;
    engine.transport = httpTransport(
      (outgoing) => url ?? addressOf(engine.state.app.manifest, outgoing),
      () => engine.state.app.signingSecret,
    );
  } else {
    const sockets = socketTransport({
      appId: () => engine.state.app.id,
      origin: () => engine.origin,
      ids,
      clock,
      changed: () => changed({ kind: 'sockets' }),
    });
    engine.sockets = sockets;
    engine.transport = sockets;
  }
  clock.onChange(() => changed({ kind: 'clock' }));
  const first = engine as Engine;
  workspaces.push(first, ...(options.otherWorkspaces ?? []).map((seed) => alongside(first, seed, options.manifest)));
  if (options.installed !== false) letIn(first);
  return first;
}

function alongside(first: Engine, seed: Seed, manifest: Manifest): Engine {
  const { domain } = seed.team;
  // An app is one user in all of an organisation.
  const sameBot = first.organisation ? first.state.app : undefined;
  const seeded = () => seedWorkspace(seed, manifest, first.ids, first.clock.now(), domain, sameBot);
  return besideWorkspace(first, seeded(), seeded);
}
