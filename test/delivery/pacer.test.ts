import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacer, POSTS } from '../../src/delivery/pacer.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';

describe('pacing', () => {
  it('lets a short burst into a quiet channel, then one message a second', () => {
    const pacer = createPacer(POSTS);
    const taken = [0, 0, 0, 0, 999, 1_000, 1_001, 1_999, 2_000].map((at) => pacer.take('C1', at));
    expect(taken).toEqual([true, true, true, false, false, true, false, false, true]);
  });

  it('does not make one channel wait for another', () => {
    const pacer = createPacer({ perSecond: 1, burst: 1 });
    expect([pacer.take('C1', 0), pacer.take('C2', 0), pacer.take('C1', 0)]).toEqual([true, true, false]);
    expect(pacer.busy(0)).toEqual(['C1', 'C2']);
    expect(pacer.nextFreeAtMs(0)).toBe(1_000);
  });

  it('sends nothing into a channel before the end of the wait that Slack asked for, and then no burst', () => {
    const pacer = createPacer(POSTS);
    pacer.block('C1', 0, 30_000);
    expect([29_999, 30_000, 30_000, 31_000].map((at) => pacer.take('C1', at))).toEqual([false, true, false, true]);
  });

  it('keeps the longer of two waits', () => {
    const pacer = createPacer(POSTS);
    pacer.block('C1', 0, 30_000);
    pacer.block('C1', 0, 1_000);
    expect(pacer.short(29_000)).toEqual({ C1: 0 });
  });

  it('tells of whoever may not make all of a burst how much they may', () => {
    const pacer = createPacer(POSTS);
    pacer.take('C1', 0);
    pacer.take('C2', 0);
    pacer.take('C2', 0);
    expect(pacer.short(0)).toEqual({ C1: 2, C2: 1 });
    expect(pacer.short(1_000)).toEqual({ C2: 2 });
  });

  it('never lets more through in any window than the burst and a message a second, however callers come', () => {
    const calls = fc.array(fc.tuple(fc.constantFrom('C1', 'C2'), fc.nat({ max: 3_000 })), { maxLength: 200 });
    const paces = fc.record({
      perSecond: fc.double({ min: 0.1, max: 5, noNaN: true }),
      burst: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(calls, paces, (gaps, pace) => {
        const pacer = createPacer(pace);
        let now = 0;
        const passed: Record<string, number[]> = { C1: [], C2: [] };
        for (const [key, gap] of gaps) {
          now += gap;
          if (pacer.take(key, now)) passed[key]?.push(now);
        }
        for (const times of Object.values(passed))
          for (const [first, from] of times.entries())
            for (const [last, to] of times.entries())
              if (last >= first)
                expect(last - first + 1).toBeLessThanOrEqual(
                  pace.burst + ((to - from) / 1_000) * pace.perSecond + 1e-6,
                );
      }),
    );
  });

  it('is free at the instant that it names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 1_500 }), { minLength: 1, maxLength: 30 }),
        fc.nat({ max: DAY_MS }),
        (gaps, wait) => {
          const pacer = createPacer(POSTS);
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            pacer.take('C1', now);
          }
          pacer.block('C1', now, wait);
          const free = pacer.nextFreeAtMs(now) ?? now;
          expect(free).toBeGreaterThanOrEqual(now + wait);
          expect(pacer.take('C1', free)).toBe(true);
        },
      ),
    );
  });

  it('forgets channels that are quiet again', () => {
    const pacer = createPacer(POSTS);
    for (let i = 0; i < 1_000; i += 1) pacer.take(`C${i}`, 0);
    expect(pacer.busy(DAY_MS)).toEqual([]);
    expect(pacer.nextFreeAtMs(0)).toBeUndefined();
  });
});
