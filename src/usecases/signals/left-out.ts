import { addLeftOut, type LeftOut } from '../../db/signals/left-out.ts';
import type { SignalSource } from '../../db/signals/signal-sources.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { Db, Program } from '../doing.ts';

/** What deliveries brought that became nothing, counted and written together. */
export type LeftOutBatch = {
  note: (program: Program, source: SignalSource, event: string, why: string, count: number) => void;
  flush: () => Promise<void>;
};

export function collectLeftOut(tx: Db, now: Date): LeftOutBatch {
  const noted = new Map<string, LeftOut>();
  return {
    note: (program, source, event, why, count) => {
      const one = {
        sourceId: source.id,
        seenOn: localDateOn(now, program.timeZone),
        event: cleanLine(event, 200) || 'something',
        why: cleanLine(why, 300),
        count,
        lastAt: now,
      };
      const name = `${one.sourceId} ${one.event} ${one.why}`;
      noted.set(name, { ...one, count: one.count + (noted.get(name)?.count ?? 0) });
    },
    flush: async () => {
      await addLeftOut(tx, [...noted.values()]);
      noted.clear();
    },
  };
}
