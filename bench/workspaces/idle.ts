import { sql } from 'drizzle-orm';
import { type Bot, startBot } from '../../src/bot.ts';
import { realElapsedMs } from '../../src/clock.ts';
import { type Db, rows } from '../../src/db/engine/client.ts';
import type { KeyRing } from '../../src/db/engine/sealed.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { makeLog } from '../../src/log.ts';
import { freePort } from '../kit/free-port.ts';
import { quantile } from '../kit/measures.ts';

type IdleCost = { statements: number; serverMs: number; botMs: number; wallMs: number };

const BEATS = 20;

/** What a beat costs at which nothing is due: statements, milliseconds of the server's work and of the bot's processor. */
export async function measureIdleBeat(
  db: Db,
  options: { keys: KeyRing; apiUrl: string; now: Date },
): Promise<IdleCost> {
  const { keys, apiUrl, now } = options;
  const secret = 'bench';
  const bot = await startBot({
    slack: { kind: 'oauth', signingSecret: secret, clientId: secret, clientSecret: secret, stateSecret: secret },
    slackApiUrl: apiUrl,
    port: await freePort(),
    ...{ db, keys, owner: 'idle', elapsedMs: realElapsedMs, random: mulberry32(1), log: makeLog('silent') },
    clock: { now: () => now, onChange: () => () => {} },
  });
  try {
    return await measure(bot, db);
  } finally {
    await bot.stop(2_000);
  }
}

async function measure(bot: Bot, db: Db): Promise<IdleCost> {
  // What the first ones find, and what they have sent.
  for (let i = 0; i < 3; i += 1) await bot.beat();
  // They reckoned every schedule for the first time, and a server clears up after such a flood within a minute.
  await db.execute(sql`vacuum analyze`);
  const before = await statementsOf(db);
  const botMs: number[] = [];
  const wallMs: number[] = [];
  for (let i = 0; i < BEATS; i += 1) {
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    await bot.beat();
    const { user, system } = process.cpuUsage(cpu);
    botMs.push((user + system) / 1_000);
    wallMs.push(performance.now() - wall);
  }
  const after = await statementsOf(db);
  const per = (what: 'calls' | 'ms') => (after[what] - before[what]) / BEATS;
  return {
    statements: per('calls'),
    serverMs: per('ms'),
    botMs: quantile(botMs, 0.5),
    wallMs: quantile(wallMs, 0.5),
  };
}

async function statementsOf(db: Db): Promise<{ calls: number; ms: number }> {
  const [sum] = await rows<{ calls: number; ms: number }>(
    db,
    sql`select sum(calls)::float8 as calls, sum(total_exec_time)::float8 as ms from pg_stat_statements where toplevel`,
  );
  return sum ?? { calls: 0, ms: 0 };
}
