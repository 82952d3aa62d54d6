import { type Config, parseConfig } from './config.ts';
import { OperatorError } from './domain/errors/operator-error.ts';
import { type Logger, makeLog } from './log.ts';
import { holdDatabase } from './process/open-database.ts';
import { startLocalSlack } from './process/slack/local-slack.ts';
import { superviseProcess } from './process/supervise.ts';
import { processTerminal } from './process/terminal.ts';

const STOP_DEADLINE_MS = 15_000;

/** Opens what the bot stands on while the bot itself is loaded, and takes all of it apart in the other order. */
async function start(config: Config): Promise<void> {
  const isLocal = config.slack.kind === 'sandbox';
  const log = makeLog(isLocal && !process.env.LOG_LEVEL ? 'warn' : config.logLevel);
  const closers: (() => Promise<unknown>)[] = [];

  const stop = orderlyStop(closers, log);
  superviseProcess({ process, log, stop: () => stop(1) });
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));

  const tell = isLocal ? processTerminal.say : (words: string) => log.info(words);
  tell('Opening the database…');
  const dataDirectory = config.database.kind === 'embedded' ? config.database.directory : '.data';
  const held = await holdDatabase(config.database, {
    tell: (words) => log.warn(words),
    onPanic: (error) => {
      log.fatal({ error }, 'the database stopped: stopping, to be started again');
      stop(1);
    },
  });
  const [local, database, { serve }] = await Promise.all([
    isLocal ? startLocalSlack({ directory: dataDirectory, port: config.sandboxPort }) : undefined,
    held.open(),
    import('./serve.ts'),
  ]);
  closers.push(database.close);
  if (local) closers.push(local.stop);
  await serve(config, { database, dataDirectory, local, log, closers });
  if (local) tell(`Burndown is running in a local workspace. Open ${local.pageUrl}`);
  else log.info({ slack: config.slack.kind, database: config.database.kind }, 'Burndown is running');
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

try {
  await start(parseConfig(process.env));
} catch (error) {
  const words = error instanceof OperatorError ? error.message : String((error as Error).stack ?? error);
  processTerminal.complain(words);
  process.exit(1);
}
