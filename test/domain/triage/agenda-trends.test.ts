import { expect, test } from 'vitest';
import { mulberry32, sampleGamma, samplePoisson } from '../../../src/domain/stats/random.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { agendaTrends } from '../../../src/domain/triage/agenda-trends.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const ago = (...days: number[]) => days.map((day) => new Date(NOW.getTime() - day * DAY_MS));
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step + 0.5);
const old = new Date(NOW.getTime() - 90 * DAY_MS);
const words = (seenAts: Date[], firstSeenAt = old) => agendaTrends([{ id: 1, firstSeenAt, seenAts }], NOW).get(1);

test('an item says how its reports changed, with both counts', () => {
  expect(words(ago(...every(2, 0, 28), 30, 40))).toBe('14 reports in 4 weeks, 2 in the 4 before: more');
  expect(words(ago(...every(2, 28, 56), 5))).toBe('1 report in 4 weeks, 14 in the 4 before: fewer');
  expect(words(ago(1, 9, 20, 30, 44))).toBe('3 reports in 4 weeks, 2 in the 4 before: no clear change');
});

test('nothing is said of a young defect, nor of one that was quiet all along', () => {
  expect(words(ago(1, 2, 3), new Date(NOW.getTime() - 55 * DAY_MS))).toBeUndefined();
  expect(words(ago(70, 80))).toBeUndefined();
});

test('one day on which everybody reports it is no trend', () => {
  expect(words(ago(...Array.from({ length: 30 }, (_, i) => 3 + i / 100), 40))).toBe(
    '30 reports in 4 weeks, 1 in the 4 before: no clear change',
  );
});

test('of twenty items that only come in bursts, hardly any agenda names a direction', () => {
  const random = mulberry32(41);
  let named = 0;
  for (let run = 0; run < 60; run++) {
    const items = Array.from({ length: 20 }, (_, id) => ({
      id,
      firstSeenAt: old,
      seenAts: Array.from({ length: 56 }, (_, day) => day).flatMap((day) =>
        ago(...new Array<number>(samplePoisson(random, sampleGamma(random, 0.35))).fill(day + 0.5)),
      ),
    }));
    const said = [...agendaTrends(items, NOW).values()];
    if (said.some((one) => !one.endsWith('no clear change'))) named++;
  }
  expect(named / 60).toBeLessThan(0.1);
});
