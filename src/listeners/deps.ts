import type { Clock } from '../clock.ts';
import type { AskMetrics } from '../domain/metrics/ask-metrics.ts';
import type { Logger } from '../log.ts';
import type { Db } from '../usecases/doing.ts';
import type { KnownPrograms } from './known-programs.ts';

/** What every listener is given. `wake` sends at once what a use case has just made due. */
export type Deps = {
  db: Db;
  clock: Clock;
  log: Logger;
  wake: () => void;
  /** For forms, which Slack gives three seconds to open. */
  programs: KnownPrograms;
  /** Where the outside world reaches this bot, without a slash at its end; undefined where nobody has said. */
  publicUrl?: string | undefined;
  /** What answers PromQL; undefined where nobody has said where Prometheus is. */
  ask?: AskMetrics | undefined;
  /** Counts what a listener could not do. */
  onFailure?: () => void;
};
