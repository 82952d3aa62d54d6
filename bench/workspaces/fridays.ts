import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { enqueuePost } from '../../src/db/messages/outbox.ts';
import { localTimeToInstant } from '../../src/domain/time/working-time.ts';
import { freePort } from '../kit/free-port.ts';
import { quantile } from '../kit/measures.ts';
import { signedRequest } from '../kit/signed-request.ts';
import { channelOf, leadOf, PROGRAMS, workspaceId, ZONES } from './fill.ts';
import type { ManyWorkspaces } from './local-slack.ts';
import type { Waits } from './replica.ts';
import { askForWaits, startReplica } from './start-replica.ts';

const REPLICAS = 3;
const FRIDAY = '2026-11-20';
const SECRET = 'bench';
const ASKS_A_SECOND = 5;
// Where digests do not come, something is wrong; nobody waits for ever.
const MOST_WAIT_MS = 30 * 60_000;

export type Fridays = {
  /** Of each zone: how many digests, and how long after 15:00 the last and the median one stood in Slack. */
  zones: { zone: string; digests: number; medianMs: number; lastMs: number }[];
  twice: number;
  missing: number;
  ackMs: number[];
  badAcks: number;
  /** What requests may have waited for, of each process. */
  waits: Waits[];
};

/** Friday, 15:00 in four time zones after each other, with three processes, while people ask for the form. */
export async function playFridays(
  db: Db,
  {
    url,
    slack,
    key,
    workspaces,
    waiting,
  }: { url: string; slack: ManyWorkspaces; key: string; workspaces: number; waiting: number },
): Promise<Fridays> {
  const [dead, stormy] = [workspaceId(0), workspaceId(1)];
  slack.troubles.set(dead, 'dead token').set(stormy, 'storm');
  const [firstZone = ''] = ZONES;
  // Long before, since time goes on while what came due earlier is caught up with.
  const startsAt = localTimeToInstant(FRIDAY, '13:00', firstZone);
  await leaveWaiting(db, [dead, stormy], waiting, startsAt);
  const ports = await Promise.all(Array.from({ length: REPLICAS }, freePort));
  const replicas = await Promise.all(
    ports.map((port) =>
      startReplica({ url, apiUrl: slack.apiUrl, port, key, signingSecret: SECRET, nowMs: startsAt.getTime() }),
    ),
  );
  // Whatever came due in the days since the programs began is sent first.
  await until(async () => (await dueOf(db, [dead, stormy])) === 0);

  const asking = new AbortController();
  const ackMs: number[] = [];
  let badAcks = 0;
  const asked = askForForms(ports, workspaces, asking.signal, (tookMs, isOk) => {
    ackMs.push(tookMs);
    if (!isOk) badAcks += 1;
  });
  const zones: Fridays['zones'] = [];
  for (const [i, zone] of ZONES.entries()) {
    const dueAt = localTimeToInstant(FRIDAY, '15:00', zone);
    const wanted =
      Array.from({ length: workspaces }, (_, n) => n).filter(
        (n) => n % ZONES.length === i && workspaceId(n) !== dead && workspaceId(n) !== stormy,
      ).length * PROGRAMS;
    const beganMs = performance.now();
    for (const replica of replicas) replica.send(dueAt.getTime());
    const ofZone = () =>
      digests(slack).filter(({ key: k, atMs }) => k.includes(dueAt.toISOString()) && atMs >= beganMs);
    await until(async () => new Set(ofZone().map(({ key: k }) => k)).size >= wanted);
    const tookMs = ofZone().map(({ atMs }) => atMs - beganMs);
    zones.push({ zone, digests: tookMs.length, medianMs: quantile(tookMs, 0.5), lastMs: quantile(tookMs, 1) });
  }
  asking.abort();
  await asked;
  const waits = await Promise.all(replicas.map(askForWaits));
  for (const replica of replicas) replica.kill('SIGKILL');
  const keys = digests(slack).map(({ key: k }) => k);
  const all = (workspaces - 2) * PROGRAMS;
  return { zones, twice: keys.length - new Set(keys).size, missing: all - new Set(keys).size, ackMs, badAcks, waits };
}

const digests = (slack: ManyWorkspaces) =>
  slack.posted.filter(({ key }) => /^digest:\d+:[^:]+:\d\d:[\d.]+Z$/.test(key));

/** Messages that wait in the workspaces that are in trouble. */
async function leaveWaiting(db: Db, ids: readonly string[], count: number, runAt: Date): Promise<void> {
  await db.transaction(async (tx) => {
    for (const id of ids)
      for (let i = 0; i < count; i += 1) {
        const body = { text: `Message ${i}`, blocks: [] };
        await enqueuePost(tx, {
          workspaceId: id,
          dedupeKey: `waiting ${i}`,
          channel: channelOf(id, i % PROGRAMS),
          body,
          runAt,
        });
      }
  });
}

async function dueOf(db: Db, except: readonly string[]): Promise<number> {
  const [found] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from outbox
        where state = 'due' and not workspace_id = any(array(select jsonb_array_elements_text(${JSON.stringify(except)}::text::jsonb)))`,
  );
  return found?.count ?? 0;
}

async function askForForms(
  ports: readonly number[],
  workspaces: number,
  signal: AbortSignal,
  took: (ms: number, isOk: boolean) => void,
): Promise<void> {
  const asks: Promise<void>[] = [];
  for (let n = 2; !signal.aborted; n += 1) {
    const id = workspaceId(2 + (n % (workspaces - 2)));
    const body = new URLSearchParams({
      ...{ command: '/defect', text: '', team_id: id, user_id: leadOf(id), channel_id: channelOf(id, 0) },
      ...{ trigger_id: `1.${n}`, response_url: '', api_app_id: 'A1', token: 'x', team_domain: 'x', channel_name: 'x' },
    }).toString();
    const startedMs = performance.now();
    asks.push(
      fetch(`http://127.0.0.1:${ports[n % ports.length]}/slack/events`, signedRequest(SECRET, { body, isJson: false }))
        .then((response) => took(performance.now() - startedMs, response.ok))
        .catch(() => took(performance.now() - startedMs, false)),
    );
    await wait(1_000 / ASKS_A_SECOND);
  }
  await Promise.all(asks);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const beganMs = performance.now();
  while (!(await isSo()) && performance.now() - beganMs < MOST_WAIT_MS) await wait(250);
}
