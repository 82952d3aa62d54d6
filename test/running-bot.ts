import { startBotInSandbox } from '../bench/kit/bot-in-sandbox.ts';
import type { Sandbox } from '../sandbox/engine/sandbox.ts';
import type { Bot, BotOptions } from '../src/bot.ts';
import type { Db } from '../src/db/engine/client.ts';
import type { Logger } from '../src/log.ts';
import type { TestDatabase } from './databases.ts';
import { someKeys } from './some-keys.ts';

export type Transport = 'http' | 'socket';

export type RunningBot = {
  sandbox: Sandbox;
  bot: Bot;
  /** Where the bot listens, over HTTP. */
  address: string;
  db: Db;
  /** Moves time on, lets everything that became due happen, and waits until the messages are out. */
  pass: (to: Date | number) => Promise<void>;
  close: () => Promise<void>;
};

/** The bot as it is shipped, against a sandbox whose clock stands still until it is moved. */
export async function startRunningBot(options: {
  database: TestDatabase;
  transport: Transport;
  startAt: Date;
  log?: Logger;
  metrics?: BotOptions['metrics'];
  connectionLimits?: BotOptions['connectionLimits'];
  trackerHosts?: Partial<NonNullable<BotOptions['trackerHosts']>>;
  publicUrl?: string;
}): Promise<RunningBot> {
  const opened = await options.database.open();
  const { sandbox, bot, address, stop } = await startBotInSandbox({
    db: opened.db,
    hasRoom: opened.hasRoom,
    keys: someKeys,
    transport: options.transport,
    startAt: options.startAt,
    logLevel: process.env.TEST_LOG_LEVEL ?? 'fatal',
    log: options.log,
    metrics: options.metrics,
    connectionLimits: options.connectionLimits,
    trackerHosts: options.trackerHosts,
    publicUrl: options.publicUrl,
  });
  return {
    sandbox,
    bot,
    address,
    db: opened.db,
    pass: async (to) => {
      if (typeof to === 'number') await sandbox.clock.step(to);
      else await sandbox.clock.set(to);
      await bot.beat();
      await sandbox.settled();
    },
    close: async () => {
      await stop();
      await opened.close();
    },
  };
}
