import type { App } from '@slack/bolt';
import type { Db } from '../db/client.ts';
import type { Clock } from '../domain/clock.ts';
import type { Right } from '../domain/people/roles.ts';
import type { Logger } from '../log.ts';
import type { Doing } from '../usecases/doing.ts';
import type { Directory } from './directory.ts';
import type { Admitted, Gate } from './gate.ts';
import type { Received } from './received.ts';
import type { RememberedPrograms } from './remembered-programs.ts';

/** What every request of Slack comes through. */
export type Door = {
  app: App;
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

/** Lets a request through to its listener, or throws the Refusal that says why not. */
export async function admit<N, R extends Received>(
  door: Door,
  received: R,
  { right, names }: Entry<N>,
): Promise<R & Asked<N>> {
  const named = names(received);
  const admitted = await door.gate.admit({ ...received, right, programId: named.programId });
  const now = door.clock.now();
  return { ...received, ...admitted, named, now, doing: { by: received.userId, now } };
}
