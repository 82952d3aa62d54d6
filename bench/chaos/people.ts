import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { type ChaosProgram, ticketsOf } from './programs.ts';

/** A command that somebody typed, about a defect that nobody else types about. */
export type Typed = { program: ChaosProgram; number: number; isAcked: boolean };

/** People type `/defect tickets N 1`, one command for each defect, until there is none left or they are stopped. */
export function startTyping(sandbox: Sandbox, programs: readonly ChaosProgram[], pauseMs: number) {
  const typed: Typed[] = [];
  const over = new AbortController();
  const names = sandbox.people().map(({ name }) => name);
  const typing = (async () => {
    const most = Math.max(...programs.map(({ defects }) => defects));
    const asked: Promise<unknown>[] = [];
    for (let number = 1; number <= most; number += 1)
      for (const program of programs) {
        if (over.signal.aborted || number > program.defects) continue;
        const one: Typed = { program, number, isAcked: false };
        typed.push(one);
        const person = sandbox.person(names[typed.length % names.length] ?? '');
        const slash = person.slash(`/defect tickets ${number} 1`, { channel: `#${program.channelName}` });
        asked.push(
          slash.then(
            ({ outcome }) => {
              one.isAcked = outcome === 'acked';
            },
            () => {},
          ),
        );
        await wait(pauseMs, undefined, { signal: over.signal }).catch(() => {});
      }
    await Promise.all(asked);
  })();
  return {
    stop: async (): Promise<Typed[]> => {
      over.abort();
      await typing;
      return typed;
    },
  };
}

/** What became of the commands: each acked one must have counted once, and any other at most once. */
export async function judgeTyped(
  db: Db,
  typed: readonly Typed[],
): Promise<{ acked: number; lost: number; doubled: number }> {
  const verdict = { acked: 0, lost: 0, doubled: 0 };
  for (const [program, ofProgram] of Map.groupBy(typed, ({ program }) => program)) {
    const tickets = await ticketsOf(db, program.program.id);
    for (const { number, isAcked } of ofProgram) {
      const counted = tickets.get(number) ?? 0;
      if (isAcked) verdict.acked += 1;
      if (isAcked && counted === 0) verdict.lost += 1;
      if (counted > 1) verdict.doubled += 1;
    }
  }
  return verdict;
}
