import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { servePage } from '../sandbox/page/server/page-server.ts';
import { openEmbedded, openPostgres } from '../src/db/engine/client.ts';
import { badRowText } from '../src/domain/import/import-row.ts';
import { planHistory } from '../src/domain/import/plan-history.ts';
import { DAY_MS, WEEK_MS } from '../src/domain/time/durations.ts';
import { readReports, UnreadableFile } from '../src/import/read-reports.ts';
import { type ReplayedWeek, replayHistory } from './replay/history.ts';

const USAGE = `npm run replay -- FILE [--from YYYY-MM-DD] [--weeks N] [--page] [--port N] [--database URL]
  FILE        an export of a tracker, as npm run import takes it
  --from      the day to start at; the first report's week unless given
  --weeks     how many weeks; up to the last report unless given
  --page      keeps the workspace afterwards and prints the address of its page
  --port      of the workspace; any free one unless given
  --database  an empty PostgreSQL database; the embedded one, in memory, unless given
`;

const { values, positionals } = readArgs();
const from = values.from === undefined ? undefined : new Date(`${values.from}T00:00:00Z`);
const isBad = [values.weeks ?? '1', values.port ?? '0'].some((text) => !/^\d{1,5}$/.test(text));
if (values.help || positionals.length !== 1 || isBad || (from && Number.isNaN(from.getTime()))) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 2);
}
await main(positionals[0] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof UnreadableFile ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});

async function main(name: string): Promise<void> {
  const startedMs = performance.now();
  const { reports, bad } = await readReports(resolve(process.env.INIT_CWD ?? '.', name), { now: new Date() });
  for (const row of bad.slice(0, 20)) say(badRowText(row));
  const { happenings } = planHistory(reports);
  const [first, last] = [happenings.at(0), happenings.at(-1)];
  if (!first || !last) throw new UnreadableFile(`${name} has no report that could be replayed.`);
  const startAt = from ?? sundayBefore(first.at);
  const weeks =
    values.weeks === undefined ? Math.ceil((last.at.getTime() - startAt.getTime()) / WEEK_MS) : Number(values.weeks);
  const { db, close } = values.database ? await openPostgres(values.database) : await openEmbedded();
  say(`Replaying ${reports.length} reports over ${weeks} weeks from ${startAt.toISOString().slice(0, 10)}.`);
  const replay = await replayHistory({
    db,
    happenings,
    from: startAt,
    weeks,
    seed: 1,
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    onWeek: (week) => say(weekWords(week)),
  });
  const broken = replay.weeks.filter(({ gaps }) => gaps.length > 0).length;
  const seconds = (performance.now() - startedMs) / 1_000;
  // Kibibytes on Linux.
  const megabytes = process.resourceUsage().maxRSS / 1_024;
  say(`${replay.weeks.length} weeks, the burn-down adds up in ${replay.weeks.length - broken} of them.`);
  say(`${seconds.toFixed(1)} s, peak memory ${megabytes.toFixed(0)} MiB.`);
  if (broken > 0) process.exitCode = 1;
  if (values.page) {
    await servePage(replay.sandbox);
    say(`Open ${replay.sandbox.origin}/ and stop with Ctrl-C.`);
    await new Promise<void>((ended) => process.once('SIGINT', ended).once('SIGTERM', ended));
  }
  await replay.stop();
  await close();
}

function weekWords(week: ReplayedWeek): string {
  const { hottest, gaps } = week;
  const hot = hottest ? `hottest D-${hottest.number} (${hottest.harm.toFixed(1)} a week)` : 'nothing open';
  const identity = gaps.length === 0 ? 'adds up' : `DOES NOT ADD UP: ${gaps.join('; ')}`;
  return [
    week.upTo.toISOString().slice(0, 10),
    `new ${week.new}`,
    `open ${week.open}`,
    `claimed ${week.claimed}`,
    `proven ${week.proven}`,
    `came back ${week.cameBack}`,
    `decided ${week.decided}`,
    `posts ${week.messages}`,
    hot,
    identity,
  ].join('  ');
}

function sundayBefore(at: Date): Date {
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return new Date(midnight - at.getUTCDay() * DAY_MS);
}

function readArgs() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        weeks: { type: 'string' },
        page: { type: 'boolean' },
        port: { type: 'string' },
        database: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
