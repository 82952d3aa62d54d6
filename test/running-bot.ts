import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { manualClock } from '../sandbox/clock.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type Bot, startBot } from '../src/bot.ts';
import { realElapsedMs } from '../src/clock.ts';
import type { Db } from '../src/db/client.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { makeLog } from '../src/log.ts';
import type { TestDatabase } from './databases.ts';

export type Transport = 'http' | 'socket';

export type RunningBot = {
  sandbox: Sandbox;
  bot: Bot;
  db: Db;
  /** Moves time on, lets everything that became due happen, and waits until the messages are out. */
  pass: (to: Date | number) => Promise<void>;
  close: () => Promise<void>;
};

const manifest = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));

/** The bot as it is shipped, against a sandbox whose clock stands still until it is moved. */
export async function startRunningBot(options: {
  database: TestDatabase;
  transport: Transport;
  startAt: Date;
}): Promise<RunningBot> {
  const opened = await options.database.open();
  const port = await freePort();
  const sandbox = await startSandbox({
    manifest,
    clock: manualClock(options.startAt.getTime()),
    delivery:
      options.transport === 'http' ? { kind: 'http', url: `http://127.0.0.1:${port}/slack/events` } : { kind: 'socket' },
  });
  const bot = await startBot({
    slack:
      options.transport === 'http'
        ? { kind: 'http', botToken: sandbox.botToken, signingSecret: sandbox.signingSecret }
        : { kind: 'socket', botToken: sandbox.botToken, appToken: sandbox.appToken },
    slackApiUrl: sandbox.apiUrl,
    port,
    db: opened.db,
    clock: { now: () => new Date(sandbox.clock.now()), onChange: (listener) => sandbox.clock.onChange(listener) },
    elapsedMs: realElapsedMs,
    owner: 'test',
    random: mulberry32(7),
    log: makeLog(process.env.TEST_LOG_LEVEL ?? 'fatal'),
  });
  return {
    sandbox,
    bot,
    db: opened.db,
    pass: async (to) => {
      if (typeof to === 'number') await sandbox.clock.step(to);
      else await sandbox.clock.set(to);
      await bot.beat();
      await sandbox.settled();
    },
    close: async () => {
      await bot.stop(2_000);
      await sandbox.close();
      await opened.close();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}
