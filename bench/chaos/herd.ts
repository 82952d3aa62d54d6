import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ReplicaSettings } from './settings.ts';

const REPLICA = fileURLToPath(new URL('./replica.ts', import.meta.url));
// A replica that ends at once, as Slack answers nothing, is not started a hundred times a second.
const RESTART_MS = 300;

export type Herd = ReturnType<typeof startHerd>;

/**
 * Replicas, each started again whenever it ends.
 *
 * @param onWorkLeft hears from whole bots how much is due
 */
export function startHerd(
  size: number,
  settings: (index: number, start: number) => ReplicaSettings,
  onWorkLeft: (left: number) => void = () => {},
) {
  let isOver = false;
  let starts = 0;
  const count = { kills: 0, pauses: 0 };
  const herd: ChildProcess[] = [];
  // Whoever is struck before they have begun never begins.
  const isUp = new WeakSet<ChildProcess>();
  const start = (index: number) => {
    starts += 1;
    const told = JSON.stringify(settings(index, starts));
    const isHeard = process.env.CHAOS_LOG_LEVEL !== undefined;
    const child = spawn(process.execPath, [REPLICA, told], {
      stdio: ['ignore', isHeard ? 'inherit' : 'ignore', isHeard ? 'inherit' : 'ignore', 'ipc'],
    });
    herd[index] = child;
    child.on('message', (left) => {
      isUp.add(child);
      if (typeof left === 'number') onWorkLeft(left);
    });
    child.once('exit', () => {
      if (!isOver) setTimeout(() => isOver || start(index), RESTART_MS);
    });
  };
  for (let index = 0; index < size; index += 1) start(index);

  const isRunning = (child: ChildProcess | undefined): child is ChildProcess =>
    child !== undefined && child.exitCode === null && child.signalCode === null;
  /** One of those that have begun; `random` is in [0, 1). */
  const anyone = (random: number): ChildProcess | undefined => {
    const up = herd.filter((child) => isRunning(child) && isUp.has(child));
    return up[Math.floor(random * up.length)];
  };
  return {
    kill(random: number): void {
      if (anyone(random)?.kill('SIGKILL')) count.kills += 1;
    },
    async pause(random: number, forMs: number): Promise<void> {
      const child = anyone(random);
      if (!child?.kill('SIGSTOP')) return;
      count.pauses += 1;
      await wait(forMs);
      child.kill('SIGCONT');
    },
    /** Ends them all and tells how often they were struck. */
    async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<typeof count> {
      isOver = true;
      await Promise.all(
        herd.map(async (child) => {
          if (!isRunning(child)) return;
          const ended = once(child, 'exit');
          child.kill('SIGCONT');
          child.kill(signal);
          await ended;
        }),
      );
      return count;
    },
  };
}
