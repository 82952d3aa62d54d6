import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { requests } from '../../src/db/schema/messages.ts';
import { startBotOfMany } from '../kit/bot-of-many.ts';
import { everyAttempt, everySwap, everyWayWith, placeOf } from './attempts.ts';
import { type Attempt, type Finding, judge } from './judge.ts';
import { openGate } from './no-gate.ts';
import type { Sender } from './payload.ts';
import { startPostman } from './postman.ts';
import { type Change, changesBetween, keepState } from './stored-state.ts';
import { swapTokens } from './swapped-tokens.ts';
import { swapped, TOKEN_SWAPS } from './swaps.ts';
import { homeOf, INSTALLERS, type Kind, leadOf, WORKSPACES } from './who-may.ts';
import { fillWorld, NOW, type World } from './world.ts';

export type Found = { finding: Finding; what: string };
export type Tried = { attempts: number; ways: number; findings: Found[] };

const SETTLED_MS = 5_000;

/** Tries what `choose` leaves of all attempts, on an empty database. */
export async function tryAll(
  db: Db,
  { choose, withoutGate = false }: { choose: (all: Attempt[]) => Attempt[]; withoutGate?: boolean },
): Promise<Tried> {
  const keys = keyRing([randomBytes(32)]);
  const running = await startBotOfMany({
    db,
    keys,
    startAt: NOW,
    logLevel: process.env.BENCH_LOG_LEVEL ?? 'silent',
    workspaces: WORKSPACES,
    gate: withoutGate ? openGate(db) : undefined,
  });
  const { sandbox, bot } = running;
  const postman = await startPostman(running);
  try {
    for (const who of INSTALLERS) await running.install(who);
    sandbox.workspace('quay').addAppFromOrganisation();
    await sandbox.settled();
    await bot.settled(SETTLED_MS);
    const world = await fillWorld(db, sandbox, keys);
    // What is due by itself is done before, since it would be taken for what a request has changed.
    await bot.beat();
    const state = await keepState(db);
    const ways = new Set<unknown>();
    const tried: Tried = { attempts: 0, ways: 0, findings: [] };
    const tryThem = async (attempts: readonly Attempt[]) => {
      const before = await state.read();
      for (const attempt of attempts) {
        const request = attempt.way.request(placeOf(attempt), attempt.kind);
        const answered = await postman.send(request, senderOf(attempt, world, sandbox));
        // What follows a change in threads and direct messages belongs to the request that made it.
        await bot.settled(SETTLED_MS);
        const changes = changesBetween(before, await state.read());
        // A form is acted on once, and each window here is sent many times.
        await db.delete(requests);
        if (changes.length > 0) await state.restore(changes);
        const found = judge(attempt, { ...answered, changes }, world);
        tried.findings.push(...found.map((finding) => ({ finding, what: wordsFor(attempt, finding, changes) })));
        ways.add(attempt.way);
      }
      tried.attempts += attempts.length;
    };
    await tryThem(choose([...everyAttempt(world), ...everySwap(world)]));
    for (const swap of TOKEN_SWAPS) {
      const swapBack = await swapTokens(db, keys, swap);
      await tryThem(choose(everyWayWith(swap, world)));
      await swapBack();
    }
    return { ...tried, ways: ways.size };
  } finally {
    await postman.close();
    await running.stop();
  }
}

function senderOf({ kind, place, swap }: Attempt, world: World, sandbox: Sandbox): Sender {
  const mine = personOf(kind, world, sandbox);
  const sender = swap ? swapped(swap, mine, personOf(leadOf(place.name), world, sandbox)) : mine;
  return { ...sender, messageTs: place.messageTs, ...(swap ? {} : { viewId: place.viewId }) };
}

/** A request of somebody as Slack would send it. */
function personOf(kind: Kind, { idOf, places }: World, sandbox: Sandbox): Sender {
  const home = sandbox.workspace(homeOf(kind));
  const userId = idOf(kind);
  const own = Object.values(places).find(({ name }) => leadOf(name) === kind) ?? places.open;
  return {
    userId,
    teamId: home.user(userId)?.team ?? home.team.id,
    ...{ installedIn: home.team.id, windowOf: home.team.id },
    organisationId: sandbox.organisation?.id ?? null,
    isOrganisation: homeOf(kind) === 'quay',
    ...{ viewId: own.viewId, messageTs: own.messageTs },
  };
}

function wordsFor({ way, kind, place, inner, swap }: Attempt, finding: Finding, changes: readonly Change[]): string {
  const where = `${place.name}${inner ? ` with ids of ${inner.name}` : ''}${swap ? `, swapped: ${swap}` : ''}`;
  const what = finding === 'forbidden change' ? `: ${changes.map(({ table }) => table).join(', ')}` : '';
  return `${way.name}, ${kind}, ${where}${what}`;
}
