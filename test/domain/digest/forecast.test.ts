// @module-tag slow
import { expect, test } from 'vitest';
import { type FlowWeek, forecastOpen } from '../../../src/domain/digest/forecast.ts';
import { mulberry32, type Random, samplePoisson } from '../../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../../src/domain/time/durations.ts';

const now = new Date('2026-09-05T09:00:00Z');
const weeks = (week: FlowWeek, count = 26) => Array.from({ length: count }, () => week);
const forecast = (openNow: number, past: FlowWeek[], seed = 1, target = 5) =>
  forecastOpen({ openNow, target, weeks: past, now, timeZone: 'UTC', random: mulberry32(seed) });

test('a list that shrinks by three a week gets a date that a person can plan with', () => {
  const result = forecast(20, weeks({ arrived: 1, closed: 4, relapsed: 0 }));
  expect(result.kind).toBe('by');
  expect(result.certainty).toBeGreaterThanOrEqual(0.8);
  expect(result.sentence).toMatch(/^80 % sure to be under 5 open by \d+ (Oct|Nov)\.$/);
});

test('the date is nearer the longer a list has shrunk, and there is one after eight weeks', () => {
  const week = { arrived: 1, closed: 4, relapsed: 0 };
  const dates = [8, 12, 26].map((count) => forecast(40, weeks(week, count), 1, 30).at?.getTime() ?? Infinity);
  expect(dates[0]).toBeLessThan(now.getTime() + 26 * WEEK_MS);
  expect(dates).toEqual(dates.toSorted((a, b) => b - a));
});

test('an incident of months ago makes the date later, and none yet does not rule one out', () => {
  const calm = weeks({ arrived: 1, closed: 4, relapsed: 0 });
  const withIncident = calm.map((week, i) => (i === 9 ? { ...week, arrived: 11 } : week));
  const certain = (past: FlowWeek[]) => forecast(20, past).at?.getTime() ?? Number.POSITIVE_INFINITY;
  expect(certain(withIncident)).toBeGreaterThan(certain(calm));
  expect(certain(calm)).toBeGreaterThan(now.getTime() + 6 * WEEK_MS);
});

test('what is told no date has a chance under 80 %', () => {
  const result = forecast(30, weeks({ arrived: 3, closed: 4, relapsed: 0 }), 1, 10);
  expect(result.kind).toBe('unclear');
  expect(result.certainty).toBeLessThan(0.8);
});

test('a list that grows is never done at this rate', () => {
  const result = forecast(20, weeks({ arrived: 5, closed: 3, relapsed: 0 }));
  expect(result.kind).toBe('never');
  expect(result.sentence).toBe('At this pace you will not get under 5 open within a year.');
});

test('a list that hardly moves gets no date and is not called hopeless', () => {
  const result = forecast(12, weeks({ arrived: 3, closed: 3, relapsed: 0 }));
  expect(result.kind).toBe('unclear');
  expect(result.at).toBeUndefined();
  expect(result.sentence).toMatch(/^Whether you get under 5 open within a year is open: the chance is about \d+ %\.$/);
});

test('a list from which nothing closes, and one to which nothing comes, get their answer', () => {
  expect(forecast(20, weeks({ arrived: 9, closed: 0, relapsed: 0 })).kind).toBe('never');
  expect(forecast(20, weeks({ arrived: 0, closed: 2, relapsed: 0 })).kind).toBe('by');
});

test('a date is further off where weeks vary more', () => {
  const even = weeks({ arrived: 1, closed: 4, relapsed: 0 });
  const uneven = even.map((week, i) => ({ ...week, closed: i % 4 === 0 ? 16 : 0 }));
  const [sooner, later] = [forecast(20, even).at, forecast(20, uneven).at];
  expect(later?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(sooner?.getTime() ?? Infinity);
});

test('relapses push the date out', () => {
  const clean = forecast(20, weeks({ arrived: 1, closed: 4, relapsed: 0 }));
  const leaky = forecast(20, weeks({ arrived: 1, closed: 4, relapsed: 1 }));
  expect(leaky.at?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(clean.at?.getTime() ?? 0);
});

test('the same seed gives the same answer', () => {
  const past = weeks({ arrived: 2, closed: 4, relapsed: 1 });
  expect(forecast(15, past, 7)).toEqual(forecast(15, past, 7));
});

test('already there, too short a past and a standstill are said as such', () => {
  expect(forecast(4, weeks({ arrived: 9, closed: 0, relapsed: 0 })).sentence).toBe('Already under 5 open: 4 now.');
  expect(forecast(9, weeks({ arrived: 1, closed: 4, relapsed: 0 }, 3)).sentence).toBe(
    'Too early to say when: 3 of the 4 weeks needed.',
  );
  expect(forecast(9, weeks({ arrived: 0, closed: 0, relapsed: 0 })).sentence).toBe(
    'Too early to say when: nothing moved.',
  );
});

test('of the lists that were promised a date at 80 %, about 80 % or more are there on it', () => {
  const random = mulberry32(99);
  let [promised, kept] = [0, 0];
  for (let run = 0; run < 60; run++) {
    const rates = { arrived: 1 + random() * 2, closed: 3 + random() * 3 };
    const past = Array.from({ length: 8 }, () => aWeek(random, rates));
    const { at } = forecast(20, past, run + 1);
    if (!at) continue;
    promised++;
    let open = 20;
    for (let week = 0; week < Math.round((at.getTime() - now.getTime()) / WEEK_MS); week++) {
      const { arrived, closed } = aWeek(random, rates);
      open = Math.max(0, open + arrived - closed);
    }
    if (open < 5) kept++;
  }
  expect(promised).toBeGreaterThan(20);
  expect(kept / promised).toBeGreaterThanOrEqual(0.8);
});

function aWeek(random: Random, rates: { arrived: number; closed: number }): FlowWeek {
  return { arrived: samplePoisson(random, rates.arrived), closed: samplePoisson(random, rates.closed), relapsed: 0 };
}
