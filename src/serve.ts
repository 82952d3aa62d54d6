import { randomUUID } from 'node:crypto';
import { startBot } from './bot.ts';
import { followClock, realElapsedMs, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db, OpenDatabase } from './db/engine/client.ts';
import type { Logger } from './log.ts';
import { backUp } from './process/backups.ts';
import { type CheckedClock, createCheckedClock, databaseWitness, slackWitness } from './process/checked-clock.ts';
import { openKeyRing } from './process/keys/encryption-keys.ts';
import { portProblem } from './process/port-problem.ts';
import type { LocalSlack } from './process/slack/local-slack.ts';
import { connectPrometheus } from './prometheus/connect-prometheus.ts';
import { type HealthRoute, startHealthServer } from './telemetry/health-server.ts';
import { processRegistry } from './telemetry/process-registry.ts';
import { tellWrongClock } from './usecases/programs/upkeep/tell-wrong-clock.ts';

const SLACK_API_URL = 'https://slack.com/api/';

/** What the bot stands on. */
export type Ground = {
  database: OpenDatabase;
  dataDirectory: string;
  /** The Slack of a start without credentials. */
  local: LocalSlack | undefined;
  log: Logger;
  /** Takes how to stop each part, in the order in which they were started. */
  closers: (() => Promise<unknown>)[];
};

/** Starts the bot, with its health and its metrics, in the order in which the parts need each other. */
export async function serve(config: Config, { database, dataDirectory, local, log, closers }: Ground): Promise<void> {
  const { db, connectionsLost, load, hasRoom, dump } = database;
  const keys = await openKeyRing(config.keys, db);
  const clockUrl = config.clockUrl ?? local?.clockUrl;
  const followed = clockUrl ? await followClock(clockUrl) : undefined;
  const checked = followed ? undefined : checkedClock(config, db, log);
  await checked?.check();
  const clock = followed ?? checked ?? systemClock;
  if (followed) closers.push(followed.close);

  const slack =
    config.slack.kind === 'sandbox'
      ? { kind: 'socket' as const, botToken: local?.botToken ?? '', appToken: local?.appToken ?? '' }
      : config.slack;
  const bot = await startBot({
    slack,
    slackApiUrl: local?.apiUrl ?? config.slackApiUrl,
    port: config.port,
    publicUrl: config.publicUrl,
    db,
    ownsDatabase: config.database.kind === 'embedded',
    keys,
    clock,
    requestNow: checked?.now,
    elapsedMs: realElapsedMs,
    owner: randomUUID(),
    random: Math.random,
    log,
    registry: processRegistry(),
    connectionsLost,
    databaseLoad: load,
    hasRoom,
    metrics: config.prometheus && connectPrometheus(config.prometheus, { fetch, clock }),
    backUp: dump && ((on) => backUp(dump, dataDirectory, on)),
  }).catch(portProblem('PORT'));
  closers.push(() => bot.stop());
  const listen = async (routes: readonly HealthRoute[], where: { port: number; host?: string }, variables: string) => {
    const server = await startHealthServer(routes, where)
      .catch(portProblem(variables))
      .catch((error: unknown) => {
        // Whoever only tries the bot may have something else on that port.
        if (!local) throw error;
        log.warn({ error, why: (error as Error).message }, 'health or metrics are not served');
      });
    if (server) closers.push(server.close);
  };
  if (slack.kind === 'socket') await listen(bot.routes, { port: config.port }, 'PORT');
  await listen(bot.metricsRoutes, config.metrics, 'METRICS_PORT and METRICS_HOST');
}

/** The host's clock, held against Slack's and that of a database server. */
function checkedClock({ slackApiUrl = SLACK_API_URL, database }: Config, db: Db, log: Logger): CheckedClock {
  return createCheckedClock({
    hostMs: Date.now,
    elapsedMs: realElapsedMs,
    witnesses: [slackWitness(slackApiUrl), ...(database.kind === 'postgres' ? [databaseWitness(db)] : [])],
    onWrong: (wrong) => {
      log.error(wrong, "the host's clock is wrong: going by Slack's");
      tellWrongClock(db, wrong).catch((error: unknown) => log.error({ error }, 'the leads were not told of the clock'));
    },
  });
}
