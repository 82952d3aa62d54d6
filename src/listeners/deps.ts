import type { AskMetrics } from '../domain/reliability/ask-metrics.ts';
import type { OpenTracker } from '../domain/trackers/tracker.ts';
import type { Door } from '../requests/door.ts';
import type { Asking } from '../requests/gate/who-reads.ts';
import type { KeyRing } from '../usecases/doing.ts';

/** What every listener is given. */
export type Deps = Door & {
  /** Seal the secrets that are stored. */
  keys: KeyRing;
  /** The client of a workspace; undefined where the app is not installed. */
  clientOf: Asking['clientOf'];
  /** Where the outside world reaches this bot, without a slash at its end; undefined where nobody has said. */
  publicUrl?: string | undefined;
  /** What answers PromQL; undefined where nobody has said where Prometheus is. */
  ask?: AskMetrics | undefined;
  openTracker: OpenTracker;
};
