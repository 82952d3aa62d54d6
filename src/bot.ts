import { setTimeout } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { drawChart } from './charts/draw-chart.ts';
import { systemClock } from './clock.ts';
import type { Db } from './db/engine/client.ts';
import type { PoolLoad } from './db/engine/pool-load.ts';
import type { KeyRing } from './db/engine/sealed.ts';
import { type Paces, startDeliverer } from './delivery/deliverer.ts';
import type { AskMetrics } from './domain/reliability/ask-metrics.ts';
import type { Clock, ElapsedMs } from './domain/time/clock.ts';
import { takeHistory } from './import/take-history.ts';
import { homeOf } from './listeners/defects/browse.ts';
import type { Deps } from './listeners/deps.ts';
import { startWhereAtHome } from './listeners/programs/first-run.ts';
import { registerListeners } from './listeners/register.ts';
import type { Logger } from './log.ts';
import type { ConnectionLimits } from './process/connection-limits.ts';
import { createRefresher } from './process/refresher.ts';
import { connectSlack } from './process/slack/connect-slack.ts';
import { startSchedule } from './process/start-schedule.ts';
import { createDirectory } from './requests/gate/directory.ts';
import { followChanges } from './requests/gate/follow-changes.ts';
import { createGate, type Gate } from './requests/gate/gate.ts';
import { mayBeToldOf } from './requests/gate/may-be-told.ts';
import { rememberPrograms } from './requests/gate/remembered-programs.ts';
import { slackPeople } from './requests/gate/slack-people.ts';
import { refreshHomes } from './requests/listen/on-home.ts';
import { MISSING_AFTER_MS } from './schedule/heartbeat.ts';
import { createBackpressure } from './signals/backpressure.ts';
import { SIGNAL_PATH, signalRoute } from './signals/signal-route.ts';
import { startSignalWorker } from './signals/signal-worker.ts';
import type { SlackConfig } from './slack-config.ts';
import { botMetrics } from './telemetry/bot-metrics.ts';
import { type HealthRoute, healthRoutes, metricsRoutes } from './telemetry/health-server.ts';
import { HOOK_PATH, hookRoute } from './trackers/hook-route.ts';
import { TRACKER_HOSTS, type TrackerHosts, trackerOpener } from './trackers/open-tracker.ts';
import { startTrackerWorker } from './trackers/tracker-worker.ts';

export type BotOptions = {
  slack: Exclude<SlackConfig, { kind: 'sandbox' }>;
  slackApiUrl: string | undefined;
  /** Where Slack's requests arrive over HTTP, with /healthz, /readyz and /signals beside them. */
  port: number;
  /** Of that server; production's unless given. */
  connectionLimits?: ConnectionLimits | undefined;
  db: Db;
  /** No other process writes into the database. */
  ownsDatabase?: boolean | undefined;
  /** Seal the secrets that are stored. */
  keys: KeyRing;
  clock: Clock;
  /** The time by which the age of a signed request is told; the host's unless given. */
  requestNow?: (() => Date) | undefined;
  elapsedMs: ElapsedMs;
  /** Unique to this start of this process. */
  owner: string;
  random: () => number;
  log: Logger;
  /** Slack's own limits unless given. */
  paces?: Paces;
  /** How long a post may take and rest, for trials that cannot wait; what production needs unless given. */
  patience?: { leaseMs: number; ambiguousWaitMs: number; timeoutMs: number } | undefined;
  /** Where senders of signals reach this bot, for the addresses that settings show. */
  publicUrl?: string | undefined;
  /** What answers PromQL, where metrics are asked. */
  metrics?: AskMetrics | undefined;
  /** Where the trackers answer; the vendors' own addresses unless given. */
  trackerHosts?: TrackerHosts | undefined;
  /** Writes the backup of a day, where the database needs one. */
  backUp?: ((on: string) => Promise<unknown>) | undefined;
  /** Where the bot's own metrics are told; one of its own unless given. */
  registry?: Registry | undefined;
  /** How often a connection to the database was lost, for the metrics. */
  connectionsLost?: (() => number) | undefined;
  /** Whether there is room on the disk of the database; taken for granted unless given. */
  hasRoom?: (() => Promise<boolean>) | undefined;
  /** How the connections to the database are used, for the metrics. */
  databaseLoad?: (() => PoolLoad) | undefined;
  /** Who is let through, for trials of what happens without it; the one that asks Slack unless given. */
  gate?: Gate | undefined;
};

export type Bot = {
  /** Runs what is due now and sends it; resolves when the rituals are decided. */
  beat: () => Promise<void>;
  /** /healthz, /readyz and /signals, for a server of their own where Slack comes over a socket. */
  routes: readonly HealthRoute[];
  /** /metrics, for a server that only the operator can reach. */
  metricsRoutes: readonly HealthRoute[];
  /** Resolves once the listeners of what came in are done, their work after the ack included. */
  settled: (deadlineMs: number) => Promise<void>;
  /** Takes nothing more in, finishes what was acked, sends what is in flight. False where the deadline cut it short. */
  stop: (deadlineMs?: number) => Promise<boolean>;
};

const STOP_DEADLINE_MS = 10_000;
// Of fifty that are sent at once: six workspaces that hang leave room for the others.
const MOST_OF_ONE = 8;
// https://docs.slack.dev/apis/web-api/rate-limits: an app that is given to others outside the Marketplace reads history
// once a minute in each workspace, 15 messages at a time.
const LOOK_EVERY_MS = 60_000;
const NO_LOAD: PoolLoad = { inUse: 0, idle: 0, waiting: 0 };

/** The whole bot on a database, against Slack or whatever stands at `slackApiUrl`. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { db, clock, log } = options;
  const isConnected = () => connection.isConnected();
  const { connectionsLost = () => 0, databaseLoad = () => NO_LOAD, hasRoom = async () => true } = options;
  const { registry = new Registry() } = options;
  const metrics = botMetrics(registry, { db, clock, isConnected, connectionsLost, databaseLoad });
  const load = createBackpressure();
  const isBusy = () => load.isBusy() || app.isBusy();
  const signals = startSignalWorker({ db, clock, log, load: { isBusy }, sendSoon: () => deliverer.wake() });
  const signalIntake = signalRoute({
    db,
    keys: options.keys,
    clock,
    elapsedMs: options.elapsedMs,
    log,
    load,
    wake: () => void signals.wake(),
  });
  const routes = [
    ...healthRoutes({ db, log, isConnected, hasRoom, isBeating: () => schedule.sinceLastMs() < MISSING_AFTER_MS }),
    {
      path: SIGNAL_PATH,
      method: ['POST'],
      handler: signalIntake.handle,
    },
    {
      path: HOOK_PATH,
      method: ['POST'],
      handler: hookRoute({ db, keys: options.keys, clock, log, wake: () => void trackers.wake() }),
    },
  ];
  const { random, elapsedMs } = options;
  const openTracker = trackerOpener({ fetch, hosts: options.trackerHosts ?? TRACKER_HOSTS });
  const connection = connectSlack(
    {
      ...options,
      routes,
      requestNow: options.requestNow ?? systemClock.now,
      wallNow: systemClock.now,
      publicUrl: options.publicUrl,
      postTimeoutMs: options.patience?.timeoutMs,
    },
    { elapsedMs, observeAck: (kind, tookMs) => metrics.acks.observe({ kind }, tookMs / 1_000) },
  );
  const { app, clientOf } = connection;
  app.error(async ({ error }: { error: Error }) => {
    metrics.failures.inc({ where: 'request' });
    log.error({ error }, 'a request failed');
  });

  const directory = createDirectory(elapsedMs);
  const gate = options.gate ?? createGate({ db, directory });
  const deliverer = startDeliverer({
    mayBeTold: async (workspaceId, programId, userId) => {
      const client = await clientOf(workspaceId);
      return client ? mayBeToldOf({ client, workspaceId }, { db, directory, gate })(programId, userId) : 'unknown';
    },
    db,
    isAlone: options.ownsDatabase,
    clientOf: connection.postingClientOf,
    mostOfOne: connection.servesMany ? MOST_OF_ONE : undefined,
    lookEveryMs: connection.servesMany ? LOOK_EVERY_MS : undefined,
    ...options.patience,
    clock,
    elapsedMs,
    owner: options.owner,
    random: options.random,
    log,
    paces: options.paces,
    chartRenderer: {
      draw: drawChart,
      wait: (ms) => setTimeout(ms, undefined, { ref: false }),
      deadline: (ms) => setTimeout(ms, undefined, { ref: false }),
    },
    observe: (outcome, tookMs) => {
      metrics.sends.inc({ outcome });
      metrics.sendSeconds.observe(tookMs / 1_000);
    },
  });
  const onFailure = () => metrics.failures.inc({ where: 'listener' });
  const trackers = startTrackerWorker({
    db,
    keys: options.keys,
    open: openTracker,
    slack: slackPeople({ clientOf, gate }),
    owner: options.owner,
    random,
    clock,
    log,
    onFailure: () => metrics.failures.inc({ where: 'tracker' }),
    sendSoon: deliverer.wake,
    takeHistory,
  });
  const programs = rememberPrograms(db, elapsedMs);
  const deps: Deps = {
    app,
    db,
    keys: options.keys,
    clientOf,
    clock,
    log,
    // Whoever wakes has changed something.
    wake: () => {
      programs.forget();
      deliverer.wake();
      void trackers.wake();
      void refresher.wake();
    },
    programs,
    directory,
    gate,
    publicUrl: options.publicUrl,
    onFailure,
    ask: options.metrics,
    openTracker,
  };
  const refresher = createRefresher({
    ...{ db, clock, elapsedMs },
    refreshHomes: (afterEventId) => refreshHomes(deps, clientOf, homeOf(deps), afterEventId),
    sendSoon: deliverer.wake,
    onError: (error) => {
      metrics.failures.inc({ where: 'refresh' });
      log.error({ error }, 'what people have open could not be brought up to date');
    },
  });
  followChanges(app, directory);
  registerListeners(deps);
  await connection.open(options.port, options.connectionLimits);
  if (!connection.servesMany)
    await startFirstProgram().catch((error: unknown) =>
      log.warn({ error }, 'the channel of the first program could not be looked up'),
    );

  const schedule = startSchedule(
    {
      ...deps,
      clientOf,
      servesMany: connection.servesMany,
      renewTokens: connection.renewTokens,
      elapsedMs,
      metrics,
    },
    { deliverer, refresher, signals, trackers, hasRoom, backUp: options.backUp },
  );
  const beat = async () => {
    await schedule.beat();
    await trackers.wake();
    await refresher.settled();
  };
  await beat();

  return {
    beat,
    routes,
    metricsRoutes: metricsRoutes(registry),
    settled: async (deadlineMs) => {
      await app.settled(deadlineMs);
      await refresher.settled();
    },
    stop: async (deadlineMs = STOP_DEADLINE_MS) => {
      await schedule.stop();
      await connection.stop(deadlineMs);
      await signalIntake.settled();
      await signals.stop();
      await trackers.stop();
      await app.settled(deadlineMs);
      await refresher.settled();
      return deliverer.stop(deadlineMs);
    },
  };

  /** Whoever has a token of their own may have invited the bot before it ran for the first time. */
  async function startFirstProgram(): Promise<void> {
    for (const workspaceId of await connection.list()) {
      const client = await clientOf(workspaceId);
      if (client) await startWhereAtHome(deps, client, workspaceId);
    }
  }
}
