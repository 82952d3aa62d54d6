import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { manualClock } from '../../sandbox/clock/clock.ts';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Seed } from '../../sandbox/options.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { type Bot, type BotOptions, startBot } from '../../src/bot.ts';
import { realElapsedMs } from '../../src/clock.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { type Logger, makeLog } from '../../src/log.ts';
import { NO_TRACKERS } from '../trackers/no-trackers.ts';
import { freePort } from './free-port.ts';

export type BotInSandbox = {
  sandbox: Sandbox;
  bot: Bot;
  /** Where the bot listens, over HTTP. */
  address: string;
  stop: () => Promise<void>;
};

const manifest = parse(readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8'));

/**
 * The bot as it is shipped, against a sandbox whose clock stands still until it is moved.
 *
 * @param followsClock whether the bot acts by itself on each move of the clock; else only when it is told to beat
 */
export async function startBotInSandbox(options: {
  db: Db;
  transport: 'http' | 'socket';
  startAt: Date;
  logLevel: string;
  /** Instead of one at `logLevel`. */
  log?: Logger | undefined;
  followsClock?: boolean;
  paces?: BotOptions['paces'];
  metrics?: BotOptions['metrics'];
  keys?: BotOptions['keys'] | undefined;
  connectionLimits?: BotOptions['connectionLimits'];
  publicUrl?: string | undefined;
  gate?: BotOptions['gate'];
  hasRoom?: BotOptions['hasRoom'];
  backUp?: BotOptions['backUp'];
  /** Nobody answers there unless given. */
  trackerHosts?: Partial<NonNullable<BotOptions['trackerHosts']>>;
  /** Who and what is in the sandbox; its own people and channels unless given. */
  workspace?: Seed | undefined;
  port?: number;
  /** Slack's three seconds unless a run of hours on a busy machine must not end with one of them. */
  ackDeadlineMs?: number;
}): Promise<BotInSandbox> {
  const port = await freePort();
  const sandbox = await startSandbox({
    manifest,
    clock: manualClock(options.startAt.getTime()),
    // A person here waits as long as a busy machine takes.
    patienceMs: 30_000,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.ackDeadlineMs === undefined ? {} : { ackDeadlineMs: options.ackDeadlineMs }),
    ...(options.workspace ? { workspace: options.workspace } : {}),
    delivery:
      options.transport === 'http'
        ? { kind: 'http', url: `http://127.0.0.1:${port}/slack/events` }
        : { kind: 'socket' },
  });
  const { clock } = sandbox;
  const bot = await startBot({
    slack:
      options.transport === 'http'
        ? { kind: 'http', botToken: sandbox.botToken, signingSecret: sandbox.signingSecret }
        : { kind: 'socket', botToken: sandbox.botToken, appToken: sandbox.appToken },
    slackApiUrl: sandbox.apiUrl,
    port,
    db: options.db,
    keys: options.keys ?? keyRing([randomBytes(32)]),
    clock: {
      now: () => new Date(clock.now()),
      onChange: (listener) => (options.followsClock === false ? () => {} : clock.onChange(listener)),
    },
    elapsedMs: realElapsedMs,
    owner: 'in-sandbox',
    random: mulberry32(7),
    log: options.log ?? makeLog(options.logLevel),
    ...(options.paces ? { paces: options.paces } : {}),
    metrics: options.metrics,
    connectionLimits: options.connectionLimits,
    publicUrl: options.publicUrl,
    gate: options.gate,
    hasRoom: options.hasRoom,
    backUp: options.backUp,
    trackerHosts: { ...NO_TRACKERS, ...options.trackerHosts },
  });
  return {
    sandbox,
    bot,
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      await bot.stop(2_000);
      await sandbox.close();
    },
  };
}
