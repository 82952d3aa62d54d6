import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { withRequestId } from '../db/engine/request-id.ts';
import type { Deliverer } from '../delivery/deliverer.ts';
import type { ElapsedMs } from '../domain/time/clock.ts';
import type { ClientOf } from '../installations/workspaces.ts';
import type { Deps } from '../listeners/deps.ts';
import { rollUpOffices } from '../listeners/office/roll-up.ts';
import { startMetricsReader } from '../prometheus/metrics-reader.ts';
import type { Lookup } from '../requests/gate/directory.ts';
import { redoAbandoned } from '../requests/once/redo-abandoned.ts';
import type { Coalesced } from '../schedule/coalesced.ts';
import { eachWorkspace } from '../schedule/each-workspace.ts';
import { type Heartbeat, startHeartbeat } from '../schedule/heartbeat.ts';
import { singleFlight } from '../schedule/single-flight.ts';
import type { BotMetrics } from '../telemetry/bot-metrics.ts';
import { listWorkspacesToRollUp } from '../usecases/office/read-offices.ts';
import { listUnseenChannels, lookAtChannel } from '../usecases/programs/follow-channel.ts';
import { nextDueAt } from '../usecases/programs/rituals/next-due.ts';
import { reckonAnew } from '../usecases/programs/rituals/reckon-next-due.ts';
import { runDueRituals } from '../usecases/programs/rituals/run-rituals.ts';
import { createDailyMaintenance } from './daily-maintenance.ts';
import { createPeopleLooks } from './people-looks.ts';
import { createRoomWatch } from './room-watch.ts';

/** What a beat sets going beside the rituals. */
type Beside = {
  deliverer: Deliverer;
  refresher: Coalesced;
  signals: { wake: () => unknown };
  trackers: { wake: () => unknown };
  hasRoom: () => Promise<boolean>;
  /** Writes the backup of a day, where the database needs one. */
  backUp?: ((on: string) => Promise<unknown>) | undefined;
};

/** The workspaces that are served, and how Slack is asked about each. */
type Serving = {
  servesMany: boolean;
  clientOf: ClientOf;
  renewTokens: () => Promise<void>;
};

// Rituals wait this long for the time zones of new owners, and no longer.
const OWNERS_MS = 2_000;

/** The heartbeat, and what the bot does at each beat. `beat` resolves once its look-ups are done as well. */
export function startSchedule(
  deps: Deps & Serving & { elapsedMs: ElapsedMs; metrics: BotMetrics },
  { deliverer, refresher, signals, trackers, hasRoom, backUp }: Beside,
): Heartbeat {
  const { db, clientOf, servesMany, clock, log, metrics, directory } = deps;
  const failedAt = (where: string) => () => metrics.failures.inc({ where });
  const maintenance = createDailyMaintenance({ db, log, onFailure: failedAt('maintenance'), backUp, servesMany });
  const room = createRoomWatch({ db, hasRoom, clientOf, log });
  const reader = deps.ask && startMetricsReader({ db, ask: deps.ask, clock, log, onFailure: failedAt('metrics') });
  const onLookupFailed = (error: unknown, workspaceId?: string) => {
    metrics.failures.inc({ where: 'lookup' });
    log.error({ error, workspace: workspaceId }, 'a look-up failed');
  };
  const inWorkspaces = (workspaceIds: readonly string[], work: (of: Lookup) => Promise<unknown>) =>
    eachWorkspace(
      workspaceIds,
      async (workspaceId) => {
        const client = await clientOf(workspaceId);
        if (client) await work({ client, workspaceId });
      },
      onLookupFailed,
    );
  const lookAtChannels = async (now: Date) => {
    const byWorkspace = Map.groupBy(await listUnseenChannels(db, now), ({ workspaceId }) => workspaceId);
    await eachWorkspace(
      [...byWorkspace.keys()],
      async (workspaceId) => {
        const client = await clientOf(workspaceId);
        const see = async (channelId: string) =>
          client ? directory.seeChannel({ client, workspaceId }, channelId) : null;
        for (const program of byWorkspace.get(workspaceId) ?? []) await lookAtChannel(db, program, see, now);
      },
      onLookupFailed,
    );
  };
  const owners = singleFlight(createPeopleLooks(db, inWorkspaces), onLookupFailed);
  // Whatever else waits for Slack or a dead process runs beside the rituals, which must not wait with it.
  const lookups = singleFlight(
    (now) =>
      withRequestId(randomUUID(), async () => {
        await deps.renewTokens();
        await redoAbandoned(deps);
        await lookAtChannels(now);
        await eachWorkspace(
          await listWorkspacesToRollUp(db, now),
          (workspaceId) => rollUpOffices(deps, workspaceId, now),
          onLookupFailed,
        );
      }),
    onLookupFailed,
  );

  let isReckonedAnew = false;
  const heartbeat = startHeartbeat({
    clock,
    elapsedMs: deps.elapsedMs,
    run: (now) =>
      withRequestId(randomUUID(), async () => {
        room.start(now);
        if (!isReckonedAnew) await reckonAnew(db);
        isReckonedAnew = true;
        owners.start(now);
        await Promise.race([owners.settled(), setTimeout(OWNERS_MS, undefined, { ref: false })]);
        // A digest is of a week whose figures are in; the reader knows how long that is worth waiting for.
        await reader?.look();
        const failures = await runDueRituals(db, now);
        for (const { error, ...what } of failures) log.error({ error, ...what }, 'a ritual failed');
        metrics.failures.inc({ where: 'ritual' }, failures.length);
        metrics.ticks.inc({ outcome: failures.length > 0 ? 'partly failed' : 'ok' });
        deliverer.wake();
        // After the rituals: what they decided shows in threads and messages at once.
        void refresher.wake();
        void signals.wake();
        void trackers.wake();
        maintenance.start(now);
        lookups.start(now);
      }),
    afterJump: async () => {
      await deliverer.idle();
      return nextDueAt(db, clock.now());
    },
    onError: (error) => {
      metrics.ticks.inc({ outcome: 'failed' });
      log.error({ error }, 'a tick failed');
    },
  });
  return {
    beat: async () => {
      await heartbeat.beat();
      await lookups.settled();
    },
    sinceLastMs: heartbeat.sinceLastMs,
    stop: async () => {
      await heartbeat.stop();
      await owners.settled();
      await lookups.settled();
      await maintenance.settled();
      await room.settled();
      await reader?.stop();
    },
  };
}
