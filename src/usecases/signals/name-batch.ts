import { addReportFacts } from '../../db/reports/report-facts.ts';
import { listOccurrencesNamed, type NamedKnown, nameOccurrences } from '../../db/signals/signal-bursts.ts';
import { type Fact, factsOf } from '../../domain/reports/facts.ts';
import { joinNames, sameOccurrence } from '../../domain/signals/occurrence-names.ts';
import type { Db } from '../doing.ts';
import type { Told } from './burst-batch.ts';

/** The occurrences that several events of a sender tell of, read at once and written at once. */
export type NameBatch = {
  /** Whether this is one more event of an occurrence that is known; then its names and facts are kept with it. */
  recognise: (told: Told) => boolean;
  note: (told: Told, reportId: number) => void;
  /** Keeps what was told later with a report. */
  tell: (reportId: number, facts: readonly Fact[]) => void;
  flush: () => Promise<void>;
};

export async function loadNames(tx: Db, all: readonly Told[]): Promise<NameBatch> {
  const asked = all.flatMap(({ source, signal }) =>
    signal.names ? [{ sourceId: source.id, names: signal.names }] : [],
  );
  const known = await listOccurrencesNamed(tx, asked);
  const renamed = new Set<NamedKnown>();
  const added = new Map<number, Fact[]>();
  const tell = (reportId: number, facts: readonly Fact[]) => {
    added.set(reportId, [...(added.get(reportId) ?? []), ...facts]);
  };
  return {
    recognise: ({ source, signal }) => {
      if (!signal.names) return false;
      const event = { names: signal.names, startedAt: signal.seenAt };
      const same = sameOccurrence(
        event,
        known.filter(({ sourceId }) => sourceId === source.id),
      );
      if (!same) return false;
      same.names = joinNames(same.names, signal.names);
      same.account ??= signal.account;
      renamed.add(same);
      tell(same.reportId, [...signal.facts, ...factsOf([['Said', signal.description]])]);
      return true;
    },
    note: ({ source, signal }, reportId) => {
      const { key, account, names, seenAt: startedAt } = signal;
      if (names) known.push({ sourceId: source.id, key, reportId, account, names: [...names], startedAt });
    },
    tell,
    flush: async () => {
      await nameOccurrences(tx, [...renamed]);
      await addReportFacts(tx, added);
      renamed.clear();
      added.clear();
    },
  };
}
