import { ZodError } from 'zod';
import type { Db } from '../db/engine/client.ts';
import { Refusal } from '../domain/errors/refusal.ts';
import type { Right } from '../domain/people/roles.ts';
import type { Clock } from '../domain/time/clock.ts';
import type { Logger } from '../log.ts';
import type { Doing } from '../usecases/doing.ts';
import type { Directory } from './gate/directory.ts';
import type { Admitted, Gate } from './gate/gate.ts';
import type { RememberedPrograms } from './gate/remembered-programs.ts';
import type { Received } from './once/received.ts';
import type { SlackApp } from './slack-app.ts';

/** What every request of Slack comes through. */
export type Door = {
  app: SlackApp;
  db: Db;
  clock: Clock;
  log: Logger;
  gate: Gate;
  directory: Directory;
  /** For forms, which Slack gives three seconds to open. */
  programs: RememberedPrograms;
  /** Sends at once what a use case has just made due. */
  wake: () => void;
  /** Counts what a listener could not do. */
  onFailure: () => void;
};

/** What a request names besides who asks, e.g. a defect; its program is looked up among those that the person may use. */
export type Naming<N> = (received: Received) => N & { programId?: number | undefined };

/** What somebody needs to be let through, and what they name. */
export type Entry<N> = { right: Right; names: Naming<N> };

/** A request that was let through. */
export type Asked<N = object> = Received & Admitted & { named: N; doing: Doing; now: Date };

export const namesNothing: Naming<object> = () => ({});

/** For what no button or window of ours carries, or none does any more. */
export const TOO_OLD = 'This button or form is too old to be used. Find the defect with `/defect list`.';

/** What a request names is what its client has written: what cannot be read, or is a number that no id can be, names nothing. */
function namedIn<N>(received: Received, names: Naming<N>): ReturnType<Naming<N>> {
  try {
    const named = names(received);
    if (Object.values(named).every((value) => typeof value !== 'number' || Number.isSafeInteger(value))) return named;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof ZodError)) throw error;
  }
  throw new Refusal(TOO_OLD);
}

/** Lets a request through to its listener, or throws the Refusal that says why not. */
export async function admit<N, R extends Received>(
  door: Door,
  received: R,
  { right, names }: Entry<N>,
): Promise<R & Asked<N>> {
  const named = namedIn(received, names);
  const admitted = await door.gate.admit({ ...received, right, programId: named.programId });
  const now = door.clock.now();
  return { ...received, ...admitted, named, now, doing: { by: received.userId, now } };
}
