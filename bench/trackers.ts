import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { type Db, openPostgres, rows } from '../src/db/engine/client.ts';
import { keyRing } from '../src/db/engine/sealed.ts';
import { findProgram, type Program } from '../src/db/programs/programs.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { acceptDefect } from '../src/usecases/defects/accept-defect.ts';
import { fileReport } from '../src/usecases/reports/file-report.ts';
import { changeTracker, connectTracker } from '../src/usecases/trackers/change-tracker.ts';
import { createTicket } from '../src/usecases/trackers/create-ticket.ts';
import { insertBenchProgram } from './database.ts';
import { startPostgresServer } from './postgres-server.ts';
import { editInSlack, editOnGithub, PROMISE } from './trackers/edits.ts';
import { startFaultProxy } from './trackers/fault-proxy.ts';
import { type GithubServer, startGithub, tokenOf } from './trackers/github-server.ts';
import { startHookRelay } from './trackers/hook-relay.ts';
import { syncNaively } from './trackers/naive-sync.ts';
import { startReplicas } from './trackers/replicas.ts';
import { type History, judgeTickets, type Verdict } from './trackers/verdict.ts';

const FAULTS = { limited: 0.1, lost: 0.15, failed: 0.05 };
const HOOKS = { dropped: 0.05, doubled: 0.3 };
const REPOSITORIES = 10;
const REPLICAS = 2;
const CALM_SECONDS = 60;
const MOST_SECONDS = 3_600;
const SECRET = 'sixteen-characters-or-more';

/**
 * Defects and GitHub issues, edited on both sides by people and by the bot, while answers are lost, limits are told,
 * webhooks come doubled, late, in any order or never, and the two processes that carry all of it are killed at random. Then
 * the same with a sync as one writes it first.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      defects: { type: 'string', default: '1000' },
      edits: { type: 'string', default: '3000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [count, edits, seed] = [Number(values.defects), Number(values.edits), Number(values.seed)];
  const server = await startPostgresServer({ isDurable: false });
  try {
    const ours = await syncWithFaults(server.url, { count, edits, seed });
    const naive = await syncNaively({
      count: Math.min(count, 200),
      edits: Math.min(edits, 600),
      seed,
      faults: FAULTS,
      hooks: HOOKS,
    });
    say(
      `A naive sync: ${naive.duplicates} duplicate tickets, ${naive.overwritten} human edits overwritten, ${naive.writes} writes for ${naive.changes} changes in Slack, ${naive.differing} states differ`,
    );
    if (ours > 0) process.exitCode = 1;
    if (naive.duplicates + naive.overwritten === 0) {
      say('The naive sync did nothing wrong, so this run proves nothing.');
      process.exitCode = 1;
    }
  } finally {
    await server.close();
  }
}

/** Answers how much went wrong that must not. */
async function syncWithFaults(
  databaseUrl: string,
  { count, edits, seed }: { count: number; edits: number; seed: number },
): Promise<number> {
  const random = mulberry32(seed);
  const repositories = Array.from({ length: REPOSITORIES }, (_, i) => `api-${i}`);
  const github = await startGithub(repositories);
  const proxy = await startFaultProxy(github.url, { faults: FAULTS, random: mulberry32(seed + 1), nameOf: writeOf });
  const { db, close } = await openPostgres(databaseUrl, { poolSize: 4 });
  const key = randomBytes(32);
  const replicas = await startReplicas({
    databaseUrl,
    githubUrl: proxy.url,
    key: key.toString('base64'),
    count: REPLICAS,
    random: mulberry32(seed + 2),
  });
  const relay = await startHookRelay({ ...HOOKS, random: mulberry32(seed + 3), addressOf: replicas.addressOf });
  const { programId } = await insertBenchProgram(db, new Date(Date.now() - 90 * 86_400_000));
  const program = await findProgram(db, 'T1', programId);
  if (!program) throw new Error('The program was not inserted.');
  const trackerIds = await connectAll(db, program, github, { repositories, relayUrl: relay.url, key });
  const startedAt = Date.now();
  const histories = await acceptAll(db, program, trackerIds, count);
  const made = await settled(db, MOST_SECONDS);
  say(`${count} defects have their tickets after ${seconds(startedAt)} s`);
  const [byPerson, byBot] = await editBoth({ db, program, github, histories, edits, random });
  proxy.calm();
  replicas.calm();
  const calmFrom = Date.now();
  // Webhooks that never came are found by asking, which each tracker is within five minutes: the net is pulled now.
  await db.execute(sql`update trackers set poll_at = now(), seen_up_to = now() - interval '1 hour'`);
  const asked = await trackersAsked(db, CALM_SECONDS);
  const isCalm = (await settled(db, CALM_SECONDS - seconds(calmFrom))) && asked && made;
  const calmSeconds = seconds(calmFrom);
  await replicas.stop();
  const verdict = await judgeTickets(db, github, repositories, histories);
  const { counts, writes } = proxy;
  say(
    `${byPerson + byBot} edits, ${byBot} of them by the bot; ${replicas.kills()} kills; of ${counts.asked} requests ${counts.limited} limited, ${counts.lost} answers lost, ${counts.failed} failed; of ${relay.counts.sent} webhooks ${relay.counts.dropped} dropped, ${relay.counts.doubled} doubled`,
  );
  say(verdictWords(verdict, calmSeconds, isCalm));
  const statusWrites = writes.get('status') ?? 0;
  say(
    `${statusWrites} writes of a status, of ${byPerson + byBot} edits; ${writes.get('issue') ?? 0} issues made; ${writes.get('comment') ?? 0} comments made, ${writes.get('edit of a comment') ?? 0} edited`,
  );
  await Promise.all([relay.close(), proxy.close(), github.close()]);
  await close();
  return verdict.duplicates + verdict.missing + verdict.overwritten + verdict.differing + (isCalm ? 0 : 1);
}

function verdictWords(
  { duplicates, missing, overwritten, differing, asked }: Verdict,
  calm: number,
  isCalm: boolean,
): string {
  const when = isCalm ? `all quiet after ${calm} s` : `not quiet after ${calm} s`;
  return `${duplicates} duplicate tickets, ${missing} missing, ${overwritten} human edits overwritten, ${differing} states differ (${asked} wait for an answer that was asked for), ${when}`;
}

async function connectAll(
  db: Db,
  program: Program,
  github: GithubServer,
  { repositories, relayUrl, key }: { repositories: readonly string[]; relayUrl: string; key: Buffer },
): Promise<number[]> {
  const doing = { by: 'ULEAD', now: new Date() };
  const ids: number[] = [];
  for (const repository of repositories) {
    const address = `address-of-the-repository-${repository}`;
    const place = `ana/${repository}`;
    const tracker = await connectTracker(
      db,
      program,
      { kind: 'github', place, webUrl: `${github.url}/${place}`, account: 'burndown-bot' },
      { keys: keyRing([key]), token: tokenOf('burndown-bot'), secret: SECRET, address },
      doing,
    );
    await changeTracker(db, program, tracker.id, { creation: 'asked', reopening: 'reopen', reopenDays: '14' }, doing);
    const config = { url: `${relayUrl}/trackers/${address}`, content_type: 'json', secret: SECRET };
    await github.as('ana', 'POST', `/repos/${place}/hooks`, { name: 'web', active: true, events: ['issues'], config });
    ids.push(tracker.id);
  }
  return ids;
}

async function acceptAll(db: Db, program: Program, trackerIds: readonly number[], count: number): Promise<History[]> {
  const histories: History[] = [];
  const [{ id: areaId } = { id: 0 }] = await rows<{ id: number }>(db, sql`select id::int as id from areas limit 1`);
  for (let i = 0; i < count; i += 1) {
    const seenAt = new Date(Date.now() - 86_400_000);
    const { defect } = await fileReport(db, program, {
      ...{ title: `Failure number ${i}`, description: 'It fails.', areaId, severity: 'S3', affected: 1 },
      ...{ supportTickets: 0, environment: null, link: null, seenAt, filedAt: seenAt },
      ...{ reporterId: 'UREPORTER', source: 'slack', sourceKey: `report-${i}` },
    });
    const doing = { by: 'UANA', now: new Date() };
    await acceptDefect(db, program, defect.number, PROMISE, doing);
    await createTicket(db, program, defect.number, trackerIds[i % trackerIds.length] ?? 0, doing);
    histories.push({ defectId: defect.id, last: null, title: null });
  }
  return histories;
}

/** Edits at random on both sides, one after the other, so that it is known which was last. Answers how many by people, and by the bot. */
async function editBoth(options: {
  db: Db;
  program: Program;
  github: GithubServer;
  histories: History[];
  edits: number;
  random: () => number;
}): Promise<[number, number]> {
  const { db, program, github, histories, random } = options;
  const paths = await issuePaths(db);
  let [byPerson, byBot] = [0, 0];
  while (byPerson + byBot < options.edits) {
    const history = histories[Math.floor(random() * histories.length)];
    const path = history && paths.get(history.defectId);
    if (!history || !path) continue;
    const said =
      random() < 0.5
        ? await editInSlack(db, program, history.defectId, random)
        : await editOnGithub(github, path, random);
    if (!said) continue;
    if (said.by === 'bot') byBot += 1;
    else byPerson += 1;
    if (said.status) history.last = said;
    if ('title' in said && typeof said.title === 'string') history.title = said.title;
  }
  return [byPerson, byBot];
}

async function issuePaths(db: Db): Promise<Map<number, string>> {
  const found = await rows<{ defect: number; place: string; external: string }>(
    db,
    sql`select t.defect_id::int as defect, r.place, t.external_id as external
        from tickets t join trackers r on r.id = t.tracker_id where t.external_id is not null`,
  );
  return new Map(found.map(({ defect, place, external }) => [defect, `/repos/${place}/issues/${external}`]));
}

/** Whether nothing was left to do within so many seconds. */
async function settled(db: Db, mostSeconds: number): Promise<boolean> {
  for (const until = Date.now() + mostSeconds * 1_000; Date.now() < until; await wait(500)) {
    const [row] = await rows<{ left: number }>(
      db,
      sql`select count(*)::int as left from tickets t where t.unlinked_at is null and (t.due_at is not null
            or t.lease_until is not null or exists (select from defect_events e
              where e.defect_id = t.defect_id and e.id > t.told_event_id and e.to_state is not null))`,
    );
    if (row?.left === 0) return true;
  }
  return false;
}

/** Whether each tracker has said within so many seconds what changed. */
async function trackersAsked(db: Db, mostSeconds: number): Promise<boolean> {
  for (const until = Date.now() + mostSeconds * 1_000; Date.now() < until; await wait(500)) {
    const [row] = await rows<{ left: number }>(
      db,
      sql`select count(*)::int as left from trackers where seen_up_to < now() - interval '50 minutes'`,
    );
    if (row?.left === 0) return true;
  }
  return false;
}

function writeOf(method: string, path: string): string {
  if (/\/issues$/.test(path)) return 'issue';
  if (/\/issues\/\d+$/.test(path)) return 'status';
  return method === 'PATCH' ? 'edit of a comment' : 'comment';
}

const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);
const say = (line: string) => process.stdout.write(`${line}\n`);
