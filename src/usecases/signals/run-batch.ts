import { addRuns, listPathsOfDays, type SignalRuns } from '../../db/signals/signal-runs.ts';
import { MOST_PATHS_A_DAY } from '../../domain/signals/runs.ts';
import type { Signal } from '../../domain/signals/signal.ts';
import { startOfUtcDay } from '../../domain/time/utc-day.ts';
import type { Db } from '../doing.ts';

export type RunsSignal = Extract<Signal, { kind: 'runs' }>;
type ToldRuns = { sourceId: number; signal: RunsSignal };

/** What deliveries say has run, added up and written together. */
export type RunBatch = {
  /** Counts the runs; false where a day of the source has too many paths already. */
  count: (told: ToldRuns) => boolean;
  flush: () => Promise<void>;
};

export async function loadRuns(tx: Db, all: readonly ToldRuns[]): Promise<RunBatch> {
  const counted = new Map<string, SignalRuns>();
  const paths = new Map<string, Set<string>>();
  const pathsOf = (name: string) => {
    const known = paths.get(name) ?? new Set<string>();
    paths.set(name, known);
    return known;
  };
  const days = new Map(all.map((told) => [dayName(dayOf(told)), dayOf(told)]));
  for (const known of await listPathsOfDays(tx, [...days.values()], MOST_PATHS_A_DAY)) {
    pathsOf(dayName(known)).add(known.path);
  }
  return {
    count: (told) => {
      const { path, ran } = told.signal;
      const day = dayOf(told);
      const known = pathsOf(dayName(day));
      if (!known.has(path) && known.size >= MOST_PATHS_A_DAY) return false;
      known.add(path);
      const name = `${dayName(day)} ${path}`;
      counted.set(name, { ...day, path, ran: ran + (counted.get(name)?.ran ?? 0) });
      return true;
    },
    flush: async () => {
      // In one order, so that two that count the same rows wait for each other and not both.
      await addRuns(
        tx,
        [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, runs]) => runs),
      );
      counted.clear();
    },
  };
}

function dayOf({ sourceId, signal }: ToldRuns) {
  return { sourceId, startsAt: startOfUtcDay(signal.at) };
}

function dayName({ sourceId, startsAt }: ReturnType<typeof dayOf>): string {
  return `${sourceId} ${startsAt.getTime()}`;
}
