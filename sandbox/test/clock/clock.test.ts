import { describe, expect, test } from 'vitest';
import { liveClock, manualClock } from '../../clock/clock.ts';

const START = Date.UTC(2026, 10, 23, 9);

describe('a clock that stands still', () => {
  test('fires what became due in order, each at its own instant', async () => {
    const clock = manualClock(START);
    const fired: [string, number][] = [];
    clock.after(200, () => fired.push(['later', clock.now() - START]));
    clock.after(100, () => {
      fired.push(['sooner', clock.now() - START]);
      clock.after(50, () => fired.push(['set by the first', clock.now() - START]));
    });
    clock.after(100, () => fired.push(['same instant, set second', clock.now() - START]));
    await clock.step(200);
    expect(fired).toEqual([
      ['sooner', 100],
      ['same instant, set second', 100],
      ['set by the first', 150],
      ['later', 200],
    ]);
    expect(clock.now()).toBe(START + 200);
  });

  test('does not fire what was cancelled or is not due', async () => {
    const clock = manualClock(START);
    const fired: string[] = [];
    clock.after(10, () => fired.push('cancelled')).cancel();
    clock.after(11, () => fired.push('not due'));
    await clock.step(10);
    expect(fired).toEqual([]);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to move by %s', async (ms) => {
    await expect(manualClock(START).step(ms)).rejects.toThrow('only moves forward');
  });

  test('never goes back', async () => {
    await expect(manualClock(START).set(START - 1)).rejects.toThrow('only moves forward');
  });

  test('tells listeners of each step until they stop listening', async () => {
    const clock = manualClock(START);
    const seen: number[] = [];
    const stop = clock.onChange(() => seen.push(clock.now() - START));
    await clock.step(5);
    await clock.set(new Date(START + 7));
    stop();
    await clock.step(1);
    expect(seen).toEqual([5, 7]);
  });
});

describe('a live clock', () => {
  test('runs with real time from its offset on, and a step fires what became due', async () => {
    const clock = liveClock({ offsetMs: 86_400_000 });
    const before = Date.now() + 86_400_000;
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    expect(clock.now()).toBeLessThan(before + 5_000);
    const fired: number[] = [];
    clock.after(3_600_000, () => fired.push(clock.now()));
    await clock.step(3_600_000);
    expect(fired).toHaveLength(1);
    clock.close();
  });

  test('fires by itself when time passes', async () => {
    const clock = liveClock();
    await new Promise<void>((resolve) => {
      const keepAlive = setInterval(() => {}, 1000);
      clock.after(5, () => {
        clearInterval(keepAlive);
        resolve();
      });
    });
    clock.close();
  });
});
