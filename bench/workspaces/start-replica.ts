import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReplicaOfMany, Waits } from './replica.ts';

/** One more process of the bot, which is up; it is sent the time in milliseconds where that is to jump. */
export async function startReplica(settings: ReplicaOfMany): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./replica.ts', import.meta.url)), [JSON.stringify(settings)]);
  await once(child, 'message');
  return child;
}

export async function askForWaits(child: ChildProcess): Promise<Waits> {
  const answer = once(child, 'message');
  child.send('waits');
  const [waits] = (await answer) as [Waits];
  return waits;
}
