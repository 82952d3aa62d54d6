import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReplicaOfMany } from './replica.ts';

/** One more process of the bot, which is up; it is sent the time in milliseconds where that is to jump. */
export async function startReplica(settings: ReplicaOfMany): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./replica.ts', import.meta.url)), [JSON.stringify(settings)]);
  await once(child, 'message');
  return child;
}
