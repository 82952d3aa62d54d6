import type { Logger } from '../log.ts';
import type { Refused } from '../usecases/signals/admit-delivery.ts';

export type RefusalCount = {
  note: (refused: Omit<Refused, 'count'>) => void;
  /** Writes what was noted and not written yet. */
  settled: () => Promise<void>;
};

/**
 * Counts refusals in memory and writes them together: the first at once, and what comes within the rest after it when the
 * rest is over. A flood that is refused costs a statement every few seconds.
 */
export function countRefusals({
  write,
  log,
  restMs = 5_000,
}: {
  write: (all: readonly Refused[]) => Promise<void>;
  log: Logger;
  restMs?: number;
}): RefusalCount {
  const noted = new Map<number, Refused>();
  let resting: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const add = (refused: Refused) => {
    const before = noted.get(refused.sourceId);
    noted.set(refused.sourceId, { ...refused, count: refused.count + (before?.count ?? 0) });
  };

  async function writeAll(): Promise<void> {
    const all = [...noted.values()];
    noted.clear();
    if (all.length === 0) return;
    try {
      await write(all);
      for (const { sourceId, count, words } of all)
        log.warn({ source: sourceId, count, words }, 'deliveries were refused');
    } catch (error) {
      log.error({ error }, 'refused deliveries could not be counted');
      for (const refused of all) add({ ...(noted.get(refused.sourceId) ?? refused), count: refused.count });
    }
  }

  const flush = (): Promise<void> => {
    writing = writing.then(writeAll);
    return writing;
  };

  return {
    note: (refused) => {
      add({ ...refused, count: 1 });
      if (resting) return;
      resting = setTimeout(() => {
        resting = undefined;
        void flush();
      }, restMs);
      resting.unref();
      void flush();
    },
    settled: flush,
  };
}
