import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batched } from '../../src/signals/batched.ts';

describe('a batch', () => {
  it('is answered one for one, in order, each in one run, and no run is larger than it may be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (pauses, most) => {
        const runs: number[][] = [];
        const ask = batched(
          async (items: readonly number[]) => {
            runs.push([...items]);
            await turns(items.length % 3);
            return items.map((item) => `answer ${item}`);
          },
          { items: most },
        );
        const answers: Promise<string>[] = [];
        for (const [i, pause] of pauses.entries()) {
          answers.push(ask(i));
          await turns(pause);
        }
        expect(await Promise.all(answers)).toEqual(pauses.map((_, i) => `answer ${i}`));
        expect(runs.flat()).toEqual(pauses.map((_, i) => i));
        expect(runs.every((run) => run.length <= most)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('shares a run with all that came while the one before was under way', async () => {
    const sizes: number[] = [];
    const ask = batched(
      async (items: readonly number[]) => {
        sizes.push(items.length);
        await turns(3);
        return items;
      },
      { items: 50 },
    );
    await Promise.all(Array.from({ length: 120 }, (_, i) => ask(i)));
    expect(sizes).toEqual([50, 50, 20]);
  });

  it('shares a run only as far as its weight allows, and one alone may weigh anything', async () => {
    const runs: (readonly number[])[] = [];
    const ask = batched(
      async (weights: readonly number[]) => {
        runs.push(weights);
        return weights;
      },
      { items: 3, weight: 10, weigh: (weight) => weight },
    );
    await Promise.all([4, 6, 1, 99, 10, 1, 1, 1, 1].map((weight) => ask(weight)));
    expect(runs).toEqual([[4, 6], [1], [99], [10], [1, 1, 1], [1]]);
  });

  it('takes none along when one of them fails', async () => {
    const ask = batched(
      async (items: readonly string[]) => {
        if (items.includes('bad')) throw new Error('This one cannot be kept.');
        return items.map((item) => item.length);
      },
      { items: 50 },
    );
    const answered = await Promise.allSettled(['one', 'bad', 'three'].map((item) => ask(item)));
    expect(answered.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      3,
      'Error: This one cannot be kept.',
      5,
    ]);
    expect(await ask('later')).toBe(5);
  });
});

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
}
