import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { AskMetrics } from '../domain/reliability/ask-metrics.ts';
import type { Logger } from '../log.ts';
import type { Db } from '../usecases/doing.ts';
import { readMetrics } from '../usecases/reliability/read-metrics.ts';

export type MetricsReader = {
  /** Reads what is due, never twice at a time. Resolves when that is done, and soon in any case: a digest waits for nobody. */
  look: () => Promise<void>;
  /** Begins nothing more, and gives what is under way a moment. */
  stop: () => Promise<void>;
};

const PATIENCE_MS = 2_000;

export function startMetricsReader(options: {
  db: Db;
  ask: AskMetrics;
  clock: Pick<Clock, 'now'>;
  log: Logger;
  onFailure: () => void;
  patienceMs?: number;
}): MetricsReader {
  const { db, ask, clock, log, patienceMs = PATIENCE_MS } = options;
  let reading: Promise<void> | undefined;
  let isStopped = false;
  const read = async () => {
    try {
      while (!isStopped && (await readMetrics(db, ask, clock.now())));
    } catch (error) {
      options.onFailure();
      log.error({ error }, 'the metrics could not be read');
    }
    reading = undefined;
  };
  const soon = async () => {
    const waiting = new AbortController();
    const patience = wait(patienceMs, undefined, { signal: waiting.signal }).catch(() => {});
    await Promise.race([reading, patience]);
    waiting.abort();
  };
  return {
    look: async () => {
      if (isStopped) return;
      reading ??= read();
      await soon();
    },
    stop: async () => {
      isStopped = true;
      await soon();
    },
  };
}
