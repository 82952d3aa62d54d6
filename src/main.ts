import { randomUUID } from 'node:crypto';
import { startBot } from './bot.ts';
import { followClock, realElapsedMs, systemClock } from './clock.ts';
import { type Config, parseConfig } from './config.ts';
import type { Db } from './db/engine/client.ts';
import { OperatorError } from './domain/operator-error.ts';
import { type Logger, makeLog } from './log.ts';
import { backUp } from './process/backups.ts';
import { type CheckedClock, createCheckedClock, databaseWitness, slackWitness } from './process/checked-clock.ts';
import { openKeyRing } from './process/encryption-keys.ts';
import { startLocalSlack } from './process/local-slack.ts';
import { holdDatabase } from './process/open-database.ts';
import { portProblem } from './process/port-problem.ts';
import { superviseProcess } from './process/supervise.ts';
import { connectPrometheus } from './prometheus/connect-prometheus.ts';
import { type HealthRoute, startHealthServer } from './telemetry/health-server.ts';
import { tellWrongClock } from './usecases/programs/tell-wrong-clock.ts';

const STOP_DEADLINE_MS = 15_000;
const SLACK_API_URL = 'https://slack.com/api/';

// What this writes is for nobody else on the machine.
process.umask(0o077);

/** Puts the parts together, in the order in which they need each other, and takes them apart in the other. */
async function main(config: Config): Promise<void> {
  const log = makeLog(config.slack.kind === 'sandbox' && !process.env.LOG_LEVEL ? 'warn' : config.logLevel);
  const closers: (() => Promise<unknown>)[] = [];

  const stop = orderlyStop(closers, log);
  superviseProcess({ process, log, stop: () => stop(1) });
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));

  const dataDirectory = config.database.kind === 'embedded' ? config.database.directory : '.data';
  const held = await holdDatabase(config.database, {
    tell: (words) => log.warn(words),
    onPanic: (error) => {
      log.fatal({ error }, 'the database stopped: stopping, to be started again');
      stop(1);
    },
  });
  const [{ db, close, connectionsLost, load, dump }, local] = await Promise.all([
    held.open(),
    config.slack.kind === 'sandbox'
      ? startLocalSlack({ directory: dataDirectory, port: config.sandboxPort })
      : undefined,
  ]);
  closers.push(close);
  const keys = await openKeyRing(config.keys, db);
  if (local) closers.push(local.stop);
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
    keys,
    clock,
    requestNow: checked?.now,
    elapsedMs: realElapsedMs,
    owner: randomUUID(),
    random: Math.random,
    log,
    connectionsLost,
    databaseLoad: load,
    metrics: config.prometheus && connectPrometheus(config.prometheus, { fetch, clock }),
    backUp: dump && ((on) => backUp(dump, dataDirectory, on)),
  }).catch(portProblem('PORT'));
  closers.push(() => bot.stop());
  const serve = async (routes: readonly HealthRoute[], where: { port: number; host?: string }, variables: string) => {
    const server = await startHealthServer(routes, where)
      .catch(portProblem(variables))
      .catch((error: unknown) => {
        // Whoever only tries the bot may have something else on that port.
        if (!local) throw error;
        log.warn({ error, why: (error as Error).message }, 'health or metrics are not served');
      });
    if (server) closers.push(server.close);
  };
  if (slack.kind === 'socket') await serve(bot.routes, { port: config.port }, 'PORT');
  await serve(bot.metricsRoutes, config.metrics, 'METRICS_PORT and METRICS_HOST');
  if (local) say(`Burndown is running in a local workspace. Open ${local.pageUrl}`);
  else log.info({ slack: slack.kind, database: config.database.kind }, 'Burndown is running');
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

/** How to stop in order, once: the parts in the other order of their start, with a deadline for them all. */
function orderlyStop(closers: (() => Promise<unknown>)[], log: Logger): (exitCode: number) => void {
  let isStopping = false;
  return async (exitCode) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    for (const close of closers.reverse())
      await close().catch((error: unknown) => log.error({ error }, 'did not stop'));
    process.exit(exitCode);
  };
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

try {
  await main(parseConfig(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
}
