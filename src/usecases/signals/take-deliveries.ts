import type { SignalOutcome } from '../../blocks/signals/signal-outcome.ts';
import { letOthersIn } from '../../db/engine/embedded/take-turns.ts';
import type { Signal } from '../../domain/signals/signal.ts';
import type { Db } from '../doing.ts';
import { asTheNext, loadBursts } from './burst-batch.ts';
import { openEarlyEnds } from './early-ends.ts';
import { collectLeftOut } from './left-out.ts';
import type { ReadDelivery } from './read-deliveries.ts';
import { loadRuns } from './run-batch.ts';
import { takeSignal } from './take-signal.ts';

/** What became of the parts of a delivery that were reached; none where it has to wait. */
export type TakenParts = { parts: number; outcomes: SignalOutcome[] };

/**
 * Lets the signals of these deliveries happen, each source's in their order, until so many have cost statements of their
 * own; the sources share that number. What was not reached is left for another transaction.
 */
export async function takeDeliveries(
  tx: Db,
  read: readonly ReadDelivery[],
  now: Date,
  mostCostly = Number.POSITIVE_INFINITY,
): Promise<TakenParts[]> {
  const reported = read.flatMap(({ program, source, parts }) =>
    parts.flat().flatMap((signal) => {
      const report = signal.kind === 'revision' ? signal.report : signal;
      if (report.kind !== 'report') return [];
      const told = { program, source, signal: report };
      return report.ifOver ? [told, asTheNext(told)] : [told];
    }),
  );
  const bursts = await loadBursts(tx, reported);
  const ran = read.flatMap(({ source, parts }) =>
    parts.flat().flatMap((signal) => (signal.kind === 'runs' ? [{ sourceId: source.id, signal }] : [])),
  );
  const ends = await openEarlyEnds(tx, reported);
  const work = { tx, now, bursts, ends, runs: await loadRuns(tx, ran), leftOut: collectLeftOut(tx, now) };
  const allowance = shareOut(mostCostly, new Set(read.map(({ source }) => source.id)).size);
  const taken: TakenParts[] = [];
  for (const { program, source, parts } of read) {
    const done: TakenParts = { parts: 0, outcomes: [] };
    taken.push(done);
    for (const signals of parts) {
      if (!allowance.isLeft(source.id)) break;
      for (const signal of signals) {
        const outcome = await takeSignal(work, program, source, signal);
        done.outcomes.push(outcome);
        if (isCostly(signal, outcome)) allowance.spend(source.id);
      }
      done.parts += 1;
      await letOthersIn();
    }
  }
  await work.bursts.flush();
  await work.runs.flush();
  await work.leftOut.flush();
  return taken;
}

function shareOut(most: number, sources: number) {
  const share = Math.max(1, Math.floor(most / sources));
  const spent = new Map<number, number>();
  let left = most;
  return {
    isLeft: (sourceId: number) => left > 0 && (spent.get(sourceId) ?? 0) < share,
    spend: (sourceId: number) => {
      left -= 1;
      spent.set(sourceId, (spent.get(sourceId) ?? 0) + 1);
    },
  };
}

/** What is counted into a burst, known or none of our business shares the statements of all that are taken with it. */
function isCostly({ kind }: Signal, { became }: SignalOutcome): boolean {
  return kind !== 'ignored' && became !== 'burst' && became !== 'repeated' && became !== 'ran';
}
