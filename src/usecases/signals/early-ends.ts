import { keepEnd, listEnds } from '../../db/signals/signal-occurrences.ts';
import type { ReportSignal } from '../../domain/signals/signal.ts';
import type { Db } from '../doing.ts';
import type { Told } from './burst-batch.ts';

/** What was over before it was told that it began: senders promise no order, and try again for days. */
export type EarlyEnds = {
  /** When this occurrence was over, as far as that is known already. */
  of: (told: Told) => Date | null;
  /** Keeps the end of what may still be told. */
  keep: (sourceId: number, key: string, endedAt: Date, now: Date) => Promise<void>;
};

export async function openEarlyEnds(tx: Db, all: readonly Told[]): Promise<EarlyEnds> {
  const asked = all.map(({ source, signal }) => ({ sourceId: source.id, keys: keysThatName(signal) }));
  const ends = new Map<string, Date>();
  for (const { sourceId, key, endedAt } of await listEnds(tx, asked)) ends.set(`${sourceId} ${key}`, endedAt);
  return {
    of: ({ source, signal }) =>
      keysThatName(signal)
        .flatMap((key) => ends.get(`${source.id} ${key}`) ?? [])
        .find((endedAt) => endedAt >= signal.seenAt) ?? null,
    keep: async (sourceId, key, endedAt, now) => {
      await keepEnd(tx, { sourceId, key, endedAt }, now);
      const name = `${sourceId} ${key}`;
      const known = ends.get(name);
      ends.set(name, known && known > endedAt ? known : endedAt);
    },
  };
}

// What names all occurrences of a thing is a word and its id, which may hold a few colons of its own.
const MOST_COLONS = 8;

/** The key itself, every `part:*` that it starts like, and all of every further name. */
function keysThatName({ key, names = [] }: ReportSignal): string[] {
  const parts = key.split(':', MOST_COLONS + 1);
  const starts = parts.slice(1).map((_, i) => `${parts.slice(0, i + 1).join(':')}:*`);
  return [key, ...starts, ...names.map((name) => `${name}:*`)];
}
