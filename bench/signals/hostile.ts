import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import { realElapsedMs, systemClock } from '../../src/clock.ts';
import { type Db, type OpenDatabase, openEmbedded, openPostgres, rows } from '../../src/db/engine/client.ts';
import { listAreas, listPrograms } from '../../src/db/programs/programs.ts';
import { insertSignalSource } from '../../src/db/signals/signal-sources.ts';
import type { SignalKind } from '../../src/domain/signals/signal.ts';
import { startBotInSandbox } from '../kit/bot-in-sandbox.ts';
import { quantile } from '../kit/measures.ts';
import { startPostgresServer } from '../kit/postgres-server.ts';
import type { HostileOrders, HostileReport, Statuses } from './hostile-sender.ts';
import { watchStalls } from './stalls.ts';

const SECRET = 'the-secret-of-all-bench-sources';
const TOKENS = {
  alerts: 'the-token-of-the-hostile-alertmanager',
  flood: 'the-token-of-the-flooding-source',
  signed: 'the-token-of-the-signed-source',
  honest: 'the-token-of-the-honest-source',
};
const KINDS = { alerts: 'alertmanager', flood: 'json', signed: 'github', honest: 'json' } as const;
/** What people type meanwhile, beside the form: one that reads, and one that is written down before its ack. */
const TYPED = ['/defect list', '/defect tickets 1 1'];
const TYPED_A_SECOND = 10;
const FORM_EVERY_MS = 300;
const SLOWEST_ACK_MS = 500;
const HOME = '#eng-stability';

/**
 * The bot while machines send what they should not and people type; on the embedded database everything shares one thread.
 * Every ack has to come soon, and nothing of an honest source may be lost. Answers whether that was so.
 */
export async function runHostile(seconds: number, kind: 'embedded' | 'postgres'): Promise<boolean> {
  const { db, close } = await openHostile(kind);
  const { sandbox, bot, address, stop } = await startBotInSandbox({
    db,
    transport: 'http',
    startAt: systemClock.now(),
    logLevel: 'silent',
  });
  await addSources(db, systemClock.now());
  // What everything costs the first time is another matter.
  await Promise.all([type(sandbox, 1), openForms(sandbox, 1)]);
  const stalls = watchStalls();
  const sending = sendFrom({ origin: address, secret: SECRET, tokens: TOKENS, seconds });
  const [typedMs, formsMs] = await Promise.all([type(sandbox, seconds), openForms(sandbox, seconds)]);
  const acksMs = [...typedMs, ...formsMs];
  const report = await sending;
  const { longest, longestCpu, cpu } = stalls();
  const honest = await honestOnes(db, bot.beat);
  const [left] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from signal_deliveries where state = 'waiting'`,
  );
  await stop();
  await close();

  const slowest = Math.max(...acksMs);
  const isWhole = report.honest.accepted === report.honest.sent && honest === report.honest.sent;
  print(
    `\nhostile bodies and floods for ${seconds} s, ${kind}, load ${loadavg()[0]?.toFixed(1)}; answers by what was sent\n`,
  );
  for (const [name, statuses] of Object.entries(report.answered))
    print(`  ${name.padEnd(48)}${statusWords(statuses)}\n`);
  print(`  still waiting to be worked on: ${left?.count}\n`);
  print(
    `honest source: ${report.honest.sent} sent, ${report.honest.sentAgain} times again, ${report.honest.accepted} let in, ${honest} worked on\n`,
  );
  print(
    `slowest ack of a form ${Math.round(Math.max(...formsMs))} ms, of what reads or writes ${Math.round(Math.max(...typedMs))} ms\n`,
  );
  print(
    `longest stall of the thread ${Math.round(longest)} ms, of it at most ${Math.round(longestCpu)} ms of processor time; ` +
      `${(cpu / 1_000).toFixed(1)} s of processor time in all, the sandbox's too\n`,
  );
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(quantile(acksMs, share)));
  print(
    `/defect beside them: ${acksMs.length} acks, p50 ${p50} ms, p99 ${p99} ms, slowest ${Math.round(slowest)} ms\n`,
  );
  print(
    `${isWhole ? 'nothing honest lost' : 'LOST'}; ${slowest < SLOWEST_ACK_MS ? 'every' : 'NOT EVERY'} ack within ${SLOWEST_ACK_MS} ms\n`,
  );
  return isWhole && slowest < SLOWEST_ACK_MS;
}

async function openHostile(kind: 'embedded' | 'postgres'): Promise<OpenDatabase> {
  if (kind === 'embedded') {
    const directory = await mkdtemp(join(tmpdir(), 'burndown-hostile-'));
    const opened = await openEmbedded(join(directory, 'database'));
    return { ...opened, close: () => opened.close().then(() => rm(directory, { recursive: true })) };
  }
  const server = await startPostgresServer();
  const opened = await openPostgres(server.url);
  return { ...opened, close: () => opened.close().then(server.close) };
}

async function addSources(db: Db, at: Date): Promise<void> {
  const [program] = await listPrograms(db);
  if (!program) throw new Error('The bot has started no program.');
  const [area] = await listAreas(db, program.id);
  for (const [name, kind] of Object.entries(KINDS) as [keyof typeof KINDS, SignalKind][])
    await insertSignalSource(db, {
      programId: program.id,
      kind,
      name,
      areaId: area?.id ?? 0,
      severity: 'S3',
      token: TOKENS[name],
      secrets: [{ secret: SECRET, expiresAt: null }],
      createdBy: 'U1',
      createdAt: at,
    });
}

async function sendFrom(orders: HostileOrders): Promise<HostileReport> {
  const script = new URL('./hostile-sender.ts', import.meta.url).pathname;
  const sender = spawn(process.execPath, [script, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  for await (const part of sender.stdout) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

/** People type at this pace, whether or not those before have been answered. */
async function type(sandbox: Sandbox, seconds: number): Promise<number[]> {
  const startedMs = realElapsedMs();
  const typed: Promise<number>[] = [];
  for (let n = 0; n < seconds * TYPED_A_SECOND; n += 1) {
    await wait(Math.max(0, startedMs + (n * 1_000) / TYPED_A_SECOND - realElapsedMs()));
    typed.push(typeOnce(sandbox, TYPED[n % TYPED.length] ?? ''));
  }
  return Promise.all(typed);
}

async function typeOnce(sandbox: Sandbox, text: string): Promise<number> {
  const { ackMs = Number.POSITIVE_INFINITY } = await sandbox.person('ana').slash(text, { channel: HOME });
  return ackMs;
}

async function openForms(sandbox: Sandbox, seconds: number): Promise<number[]> {
  const endsMs = realElapsedMs() + seconds * 1_000;
  const person = sandbox.person('ben');
  const acksMs: number[] = [];
  while (realElapsedMs() < endsMs) {
    // A form that opens too late is a late ack too; one that does not open at all is no reason to stop.
    const opened = person.modal().catch(() => undefined);
    const { ackMs = Number.POSITIVE_INFINITY } = await person.slash('/defect', { channel: HOME });
    acksMs.push(ackMs);
    if (await opened) await person.closeAll();
    await wait(FORM_EVERY_MS);
  }
  return acksMs;
}

/** How many deliveries of the honest source were worked on, once none of them waits. */
async function honestOnes(db: Db, beat: () => Promise<void>): Promise<number> {
  for (let looks = 0; looks < 120; looks += 1) {
    await beat();
    const [row] = await rows<{ done: number; waiting: number }>(
      db,
      sql`select count(*) filter (where delivery.state = 'done')::int as done,
          count(*) filter (where delivery.state = 'waiting')::int as waiting
        from signal_deliveries delivery join signal_sources source on source.id = delivery.source_id
        where source.name = 'honest'`,
    );
    if (row?.waiting === 0) return row.done;
    await wait(500);
  }
  return Number.NaN;
}

function statusWords(statuses: Statuses): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${status === '0' ? 'cut off' : status} ${count} times`)
    .join(', ');
}

function print(text: string): void {
  process.stdout.write(text);
}
