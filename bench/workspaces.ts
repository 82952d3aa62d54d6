import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { openPostgres } from '../src/db/engine/client.ts';
import { keyRing } from '../src/db/engine/sealed.ts';
import { startPostgresServer } from './postgres-server.ts';
import { fillWorkspaces, sizeOf } from './workspaces/fill.ts';
import { measureIdleBeat } from './workspaces/idle.ts';
import { startManyWorkspaces } from './workspaces/local-slack.ts';

/** A Wednesday evening, on which nothing is due. */
const FILLED_AT = new Date('2026-11-18T19:00:00Z');
const MOST_TIMES = 3;
const SERVER = { shared_preload_libraries: 'pg_stat_statements', shared_buffers: '256MB' };

/** What a beat costs at which nothing is due, at more and more workspaces. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { idle: { type: 'string', default: '10,100' } } });
  const server = await startPostgresServer({ isDurable: false, settings: SERVER });
  const { db, close } = await openPostgres(server.url);
  const slack = await startManyWorkspaces(() => performance.now());
  const keys = keyRing([randomBytes(32)]);
  await db.execute(sql`create extension pg_stat_statements`);
  const cost: number[] = [];
  let filled = 0;
  for (const size of values.idle.split(',').map(Number)) {
    const started = performance.now();
    await fillWorkspaces(db, keys, { from: filled, to: size }, FILLED_AT);
    filled = size;
    await db.execute(sql`vacuum analyze`);
    const idle = await measureIdleBeat(db, { keys, apiUrl: slack.apiUrl, now: FILLED_AT, countsStatements: true });
    const megabytes = (await sizeOf(db)) / 2 ** 20;
    print(
      `${size} workspaces: ${idle.statements.toFixed(1)} statements a beat, ${idle.serverMs.toFixed(1)} ms of the server, ` +
        `${idle.botMs.toFixed(1)} ms of the bot's processor, ${idle.wallMs.toFixed(1)} ms in all; ` +
        `${megabytes.toFixed(0)} MB (filled in ${((performance.now() - started) / 1_000).toFixed(0)} s)`,
    );
    cost.push(idle.serverMs + idle.botMs);
  }
  const times = (cost.at(-1) ?? 0) / (cost[0] ?? 1);
  print(`from the fewest to the most ${times.toFixed(1)} times the cost`);
  if (times > MOST_TIMES) process.exitCode = 1;
  await slack.close();
  await close();
  await server.close();
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
