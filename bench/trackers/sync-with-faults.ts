import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Db, openPostgres } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { findProgram, type Program } from '../../src/db/programs/programs.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import type { TrackerKind } from '../../src/domain/trackers/tracker.ts';
import { insertBenchProgram } from '../kit/database.ts';
import { acceptAll, connectAll, type Linked, listKeys } from './accept-all.ts';
import { editInSlack, editInTracker } from './edits.ts';
import { type FaultProxy, type ProxyFaults, startFaultProxy } from './fault-proxy.ts';
import { startGithubSide } from './github-side.ts';
import { startHookRelay } from './hook-relay.ts';
import { startJiraSide } from './jira-side.ts';
import { startLinearSide } from './linear-side.ts';
import { startReplicas } from './replicas.ts';
import type { Side, Write } from './side.ts';
import { countLeft, pullNet, untilMade, untilSettled } from './stillness.ts';
import { judgeTickets, type Verdict } from './verdict.ts';

const REPLICAS = 2;
const CALM_SECONDS = 60;
const MOST_SECONDS = 900;
const SHOWN_OF_EACH = 8;
const SAYS_EVERY_MS = 10_000;

export type SyncOptions = {
  count: number;
  edits: number;
  /** Edits a second. */
  rate: number;
  seed: number;
  faults: ProxyFaults;
  hooks: { dropped: number; doubled: number };
  say: (line: string) => void;
};

type World = {
  db: Db;
  program: Program;
  replicas: Awaited<ReturnType<typeof startReplicas>>;
  linked: readonly Linked[];
};

/** Whether everything ended as it must. */
export async function syncWithFaults(databaseUrl: string, options: SyncOptions): Promise<boolean> {
  const { count, seed, say } = options;
  const sides = [
    await startGithubSide(['api', 'web', 'jobs', 'docs']),
    await startLinearSide(['ENG', 'WEB', 'OPS']),
    await startJiraSide(['PAY', 'CRM', 'DEV']),
  ];
  const proxies = new Map<TrackerKind, FaultProxy<Write>>();
  for (const [i, { kind, url, writeOf }] of sides.entries())
    proxies.set(
      kind,
      await startFaultProxy(url, { faults: options.faults, random: mulberry32(seed + 10 + i), writeOf }),
    );
  const proxyUrl = (kind: TrackerKind) => proxies.get(kind)?.url ?? '';
  const { db, close } = await openPostgres(databaseUrl, { poolSize: 4 });
  const key = randomBytes(32);
  const { programId } = await insertBenchProgram(db, new Date(Date.now() - 90 * 86_400_000));
  const program = await findProgram(db, 'T1', programId);
  if (!program) throw new Error('The program was not inserted.');
  const replicas = await startReplicas({
    databaseUrl,
    hosts: { github: proxyUrl('github'), linear: proxyUrl('linear') },
    key: key.toString('base64'),
    count: REPLICAS,
    random: mulberry32(seed + 2),
  });
  const relay = await startHookRelay({ ...options.hooks, random: mulberry32(seed + 3), addressOf: replicas.addressOf });

  const startedAt = Date.now();
  const connected = await connectAll(db, program, sides, { proxyUrl, relayUrl: relay.url, keys: keyRing([key]) });
  const linked = await acceptAll(db, program, connected, count, replicas.wake);
  say(
    `${count} defects are accepted and to have tickets in ${connected.length} trackers, after ${seconds(startedAt)} s`,
  );
  const edited = await editBoth({ db, program, replicas, linked }, options, startedAt);
  // A ticket whose making was never answered is looked for after a minute only, where the tracker cannot find it before.
  const isMade = await untilMade(
    db,
    MOST_SECONDS,
    progress(say, startedAt, () => 'the last tickets are made'),
  );
  for (const proxy of proxies.values()) proxy.calm();
  replicas.calm();
  const calmFrom = Date.now();
  await pullNet(db, replicas.wake);
  const isCalm = await untilSettled(
    db,
    CALM_SECONDS,
    progress(say, startedAt, () => 'calm'),
  );
  const calmSeconds = seconds(calmFrom);
  await replicas.stop();

  const writes = [...proxies.values()].flatMap((proxy) => proxy.writes);
  const histories = linked.map(({ history }) => history);
  const verdict = await judgeTickets(db, sides, histories, writes);
  const isKept = report({ verdict, edited, writes, proxies: [...proxies.values()], relay, replicas, say });
  say(
    isCalm
      ? `All was quiet ${calmSeconds} s after the last edit.`
      : `It was not quiet ${calmSeconds} s after the last edit.`,
  );
  await Promise.all([relay.close(), ...[...proxies.values()].map((proxy) => proxy.close()), ...sides.map(closeSide)]);
  await close();
  return isKept && isCalm && isMade;
}

type Edited = { byPerson: number; byBot: number; statuses: number };

/** Edits at random on both sides, one after the other, so that it is known which was last. */
async function editBoth(
  { db, program, replicas, linked }: World,
  options: SyncOptions,
  startedAt: number,
): Promise<Edited> {
  const random = mulberry32(options.seed);
  let keys = await listKeys(db);
  const edited = { byPerson: 0, byBot: 0, statuses: 0 };
  const tell = progress(options.say, startedAt, () => `${edited.byPerson + edited.byBot} of ${options.edits} edits`);
  const began = Date.now();
  for (let due = 0; edited.byPerson + edited.byBot < options.edits; ) {
    const one = linked[Math.floor(random() * linked.length)];
    if (!one) throw new Error('There is nothing to edit.');
    if (!keys.has(one.history.defectId)) keys = await listKeys(db);
    const key = keys.get(one.history.defectId);
    const at = new Date();
    const isHere = random() < 0.5 || key === undefined;
    const said = isHere
      ? await editInSlack(db, program, one.history.defectId, random)
      : await editInTracker(one.place, key, random);
    if (!said) continue;
    if (isHere) await replicas.wake();
    one.history.said.push({ ...said, at });
    if (said.by === 'bot') edited.byBot += 1;
    else edited.byPerson += 1;
    if (said.status !== null) edited.statuses += 1;
    due += (-Math.log(1 - random()) * 1_000) / options.rate;
    await wait(Math.max(0, began + due - Date.now()));
    await tell(() => countLeft(db));
  }
  return edited;
}

function report({
  verdict,
  edited,
  writes,
  proxies,
  relay,
  replicas,
  say,
}: {
  verdict: Verdict;
  edited: Edited;
  writes: FaultProxy<Write>['writes'];
  proxies: readonly FaultProxy<Write>[];
  relay: Awaited<ReturnType<typeof startHookRelay>>;
  replicas: World['replicas'];
  say: (line: string) => void;
}): boolean {
  const edits = edited.byPerson + edited.byBot;
  const sum = (name: 'asked' | 'limited' | 'lost' | 'failed') =>
    proxies.reduce((total, { counts }) => total + counts[name], 0);
  say(
    `${edits} edits, ${edited.byBot} of them by the bot; ${replicas.kills()} kills; of ${sum('asked')} requests ${sum('limited')} limited, ${sum('lost')} answers lost, ${sum('failed')} failed; of ${relay.counts.sent} webhooks ${relay.counts.dropped} dropped, ${relay.counts.doubled} doubled`,
  );
  const count = (kind: Write['what']) => writes.filter(({ write }) => write.what === kind).length;
  const facts = writes.filter(({ write, isAnswered }) => write.what === 'edit of a comment' && isAnswered).length;
  say(
    `${count('ticket')} tickets made, ${count('comment')} comments; for ${edits} edits ${count('status')} writes of a status, ${count('due')} of a due date, ${count('assignee')} of an assignee, ${count('labels')} of labels, ${count('edit of a comment')} of the facts (${facts} of them answered)`,
  );
  const { duplicates, missing, overwritten, differing, echoes, asked } = verdict;
  say(
    `${duplicates.length} duplicates, ${missing.length} missing, ${overwritten.length} human edits overwritten, ${differing.length} states differ (${asked} wait for an answer that was asked for), ${echoes.length} echoes`,
  );
  const wrong = [duplicates, missing, overwritten, differing, echoes];
  for (const line of wrong.flatMap((lines) => lines.slice(0, SHOWN_OF_EACH))) say(`  ${line}`);
  for (const trace of verdict.traces.slice(0, SHOWN_OF_EACH)) say(`  ${trace}`);
  return wrong.flat().length === 0 && facts <= edits;
}

/** Says now and then how far it is. */
function progress(say: (line: string) => void, startedAt: number, what: () => string) {
  let saidAt = Date.now();
  return async (left: () => Promise<number>) => {
    if (Date.now() - saidAt < SAYS_EVERY_MS) return;
    saidAt = Date.now();
    say(`${String(seconds(startedAt)).padStart(4)} s: ${what()}, ${await left()} tickets to look at`);
  };
}

const closeSide = (side: Side) => side.close();
const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);
