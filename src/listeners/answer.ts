import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import { refusalNote } from '../blocks/help-message.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Deps } from './deps.ts';

export type Tell = (message: { text: string; blocks: KnownBlock[] }) => Promise<unknown>;

/**
 * Runs what a listener does after its ack. A Refusal is told in its own words; anything else is a bug, logged under a
 * reference that the person is given. Nothing is thrown further.
 */
export async function answer(deps: Deps, tell: Tell, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    deps.wake();
  } catch (error) {
    await tell(refusalNote(wordsFor(deps, error))).catch((failure: unknown) =>
      deps.log.warn({ error: failure }, 'an answer could not be delivered'),
    );
  }
}

/** The same for work that only reads or opens something: nothing has become due by it. */
export function show(deps: Deps, tell: Tell, work: () => Promise<void>): Promise<void> {
  return answer({ ...deps, wake: () => {} }, tell, work);
}

/** The words for whatever was thrown: a Refusal's own, or a reference to what the log says. */
export function wordsFor(deps: Deps, error: unknown): string {
  if (error instanceof Refusal) return error.message;
  const reference = randomUUID().slice(0, 8);
  deps.onFailure?.();
  deps.log.error({ error, reference }, 'a listener failed');
  return `Something went wrong on my side and nothing was changed. If it happens again, pass on the reference ${reference}.`;
}
