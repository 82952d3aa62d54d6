import { describe, expect, it } from 'vitest';
import { makeLog } from '../../src/log.ts';
import { countRefusals } from '../../src/signals/refusal-count.ts';
import type { Refused } from '../../src/usecases/signals/admit-delivery.ts';
import { later, MONDAY } from '../builders.ts';

const log = makeLog('silent');

describe('refused deliveries', () => {
  it('are written together after the first, with the reason of the latest', async () => {
    const written: (readonly Refused[])[] = [];
    const refusals = countRefusals({ write: async (all) => void written.push(all), log, restMs: 3_600_000 });
    refusals.note({ sourceId: 1, words: 'first', at: MONDAY });
    await Promise.resolve();
    for (let i = 0; i < 500; i += 1)
      refusals.note({ sourceId: 1 + (i % 2), words: `number ${i}`, at: later(MONDAY, i) });
    expect(written).toHaveLength(1);
    await refusals.settled();
    await refusals.settled();
    expect(written).toEqual([
      [{ sourceId: 1, words: 'first', at: MONDAY, count: 1 }],
      [
        { sourceId: 1, words: 'number 498', at: later(MONDAY, 498), count: 250 },
        { sourceId: 2, words: 'number 499', at: later(MONDAY, 499), count: 250 },
      ],
    ]);
  });

  it('are written once the rest is over, without anybody asking for it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let count = 0;
    const write = async (all: readonly Refused[]) => {
      for (const one of all) count += one.count;
      if (count === 3) resolve();
    };
    const refusals = countRefusals({ write, log, restMs: 1 });
    refusals.note({ sourceId: 1, words: 'no', at: MONDAY });
    await Promise.resolve();
    refusals.note({ sourceId: 1, words: 'no', at: MONDAY });
    refusals.note({ sourceId: 1, words: 'no', at: MONDAY });
    await promise;
    expect(count).toBe(3);
  });

  it('that could not be written are counted the next time', async () => {
    const written: (readonly Refused[])[] = [];
    let isAway = true;
    const write = async (all: readonly Refused[]) => {
      if (isAway) throw new Error('The database is away.');
      written.push(all);
    };
    const refusals = countRefusals({ write, log, restMs: 3_600_000 });
    refusals.note({ sourceId: 1, words: 'old', at: MONDAY });
    await refusals.settled();
    isAway = false;
    refusals.note({ sourceId: 1, words: 'new', at: later(MONDAY, 1) });
    await refusals.settled();
    expect(written).toEqual([[{ sourceId: 1, words: 'new', at: later(MONDAY, 1), count: 2 }]]);
  });
});
