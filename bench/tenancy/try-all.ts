import { randomBytes } from 'node:crypto';
import type { Db } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { startBotInSandbox } from '../bot-in-sandbox.ts';
import { everyAttempt, placeOf } from './attempts.ts';
import { type Attempt, type Finding, judge } from './judge.ts';
import { openGate } from './no-gate.ts';
import { startPostman } from './postman.ts';
import { type Change, changesBetween, keepState } from './stored-state.ts';
import { WORKSPACE } from './who-may.ts';
import { fillWorld, NOW, OTHER_WORKSPACE } from './world.ts';

export type Tried = { attempts: number; ways: number; findings: { finding: Finding; what: string }[] };

const SETTLED_MS = 5_000;

/** Tries what `choose` leaves of all attempts, on an empty database. */
export async function tryAll(
  db: Db,
  { choose, withoutGate = false }: { choose: (all: Attempt[]) => Attempt[]; withoutGate?: boolean },
): Promise<Tried> {
  const keys = keyRing([randomBytes(32)]);
  const running = await startBotInSandbox({
    db,
    keys,
    transport: 'http',
    startAt: NOW,
    logLevel: process.env.BENCH_LOG_LEVEL ?? 'silent',
    followsClock: false,
    workspace: WORKSPACE,
    gate: withoutGate ? openGate(db) : undefined,
  });
  const postman = await startPostman(running);
  try {
    const { sandbox } = running;
    const world = await fillWorld(db, sandbox, keys);
    // What is due by itself is done before, since it would be taken for what a request has changed.
    await running.bot.beat();
    const state = await keepState(db);
    const before = await state.read();
    const attempts = choose(everyAttempt(world));
    const findings: Tried['findings'] = [];
    for (const attempt of attempts) {
      const { way, kind } = attempt;
      const userId = world.idOf(kind);
      const isElsewhere = kind === 'somebody of another workspace';
      const told = await postman.send(way.request(placeOf(attempt), kind), {
        userId,
        teamId: sandbox.user(userId)?.team ?? OTHER_WORKSPACE,
        installedIn: isElsewhere ? OTHER_WORKSPACE : sandbox.team.id,
      });
      // What follows a change in threads and direct messages belongs to the request that made it.
      await running.bot.settled(SETTLED_MS);
      const changes = changesBetween(before, await state.read());
      if (changes.length > 0) await state.restore(changes);
      const found = judge(attempt, { told, changes }, world);
      findings.push(...found.map((finding) => ({ finding, what: wordsFor(attempt, finding, changes) })));
    }
    return { attempts: attempts.length, ways: new Set(attempts.map(({ way }) => way)).size, findings };
  } finally {
    await postman.close();
    await running.stop();
  }
}

function wordsFor({ way, kind, place, inner }: Attempt, finding: Finding, changes: readonly Change[]): string {
  const where = `${place.name}${inner ? ` with ids of ${inner.name}` : ''}`;
  const what = finding === 'forbidden change' ? `: ${changes.map(({ table }) => table).join(', ')}` : '';
  return `${way.name}, ${kind}, ${where}${what}`;
}
