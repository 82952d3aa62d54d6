// @module-tag slow
import { expect, test } from 'vitest';
import { detectCreep, freezeBaseline } from '../../../src/domain/digest/creep.ts';
import { mulberry32, type Random, sampleGamma, samplePoisson } from '../../../src/domain/stats/random.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { sampleExponential } from '../stats/sample-exponential.ts';

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * DAY_MS);
const triagedAt = day(28);

test('nine reports in 14 days against two in the 28 before triage is creep', () => {
  const seenAts = [0.5, 20, ...Array.from({ length: 9 }, (_, i) => 41 - 1.5 * i)].map(day);
  const creep = detectCreep(seenAts, freezeBaseline(seenAts, triagedAt), day(42));
  expect(creep.creeping).toBe(true);
  expect(creep.sentence).toBe('Creeping up: 9 reports in the last 14 days, 2 reports in the 28 days before triage.');
});

test('three reports are never creep, even after silence', () => {
  const seenAts = [day(40), day(41), day(41.5)];
  const creep = detectCreep(seenAts, freezeBaseline(seenAts, triagedAt), day(42));
  expect(creep).toMatchObject({ creeping: false, recent: { count: 3, days: 14 } });
  expect(creep.sentence).toBe('No clear creep: 3 reports in the last 14 days, 0 reports in the 28 days before triage.');
});

test('a defect never seen before triage has 28 silent days, a young one only its own age', () => {
  expect(freezeBaseline([], triagedAt)).toEqual({ count: 0, days: 28, frozenAt: triagedAt });
  expect(freezeBaseline([day(22), day(25)], triagedAt)).toEqual({ count: 2, days: 6, frozenAt: triagedAt });
  expect(freezeBaseline([day(-40), day(25), day(30)], triagedAt)).toEqual({ count: 1, days: 28, frozenAt: triagedAt });
});

test('just after triage no report stands on both sides', () => {
  const seenAts = Array.from({ length: 28 }, (_, i) => day(i + 0.5));
  const creep = detectCreep(seenAts, freezeBaseline(seenAts, triagedAt), day(31));
  expect(creep).toMatchObject({ creeping: false, recent: { count: 0, days: 3 } });
  expect(detectCreep(seenAts, freezeBaseline(seenAts, triagedAt), triagedAt)).toMatchObject({ creeping: false, p: 1 });
});

test('flat weeks raise a false alarm for under 3 % of defects in eight weeks of daily looks', () => {
  for (const rate of [0.1, 0.4, 1.5]) {
    const random = mulberry32(rate * 1000);
    let alarms = 0;
    for (let run = 0; run < 300; run++) {
      if (firstAlarm(arrivals(random, () => rate, 84)) !== undefined) alarms++;
    }
    expect(alarms / 300).toBeLessThan(0.03);
  }
});

test('bursts that do not grow raise a false alarm for under 3 % of defects in eight weekly triages', () => {
  for (const rate of [0.2, 0.4, 0.8]) {
    const random = mulberry32(rate * 1000);
    let alarms = 0;
    for (let run = 0; run < 300; run++) {
      const seenAts = burstsOf(random, rate, 84);
      const baseline = freezeBaseline(seenAts, triagedAt);
      if ([1, 2, 3, 4, 5, 6, 7, 8].some((week) => detectCreep(seenAts, baseline, day(28 + 7 * week)).creeping))
        alarms++;
    }
    expect(alarms / 300).toBeLessThan(0.03);
  }
});

test('one failure told by ten people is no creep, ten failures are', () => {
  const told = [3, 17, ...Array.from({ length: 10 }, (_, i) => 38 + i / 100)].map(day);
  expect(detectCreep(told, freezeBaseline(told, triagedAt), day(42)).creeping).toBe(false);
  const met = [3, 17, ...Array.from({ length: 10 }, (_, i) => 29 + 1.2 * i)].map(day);
  expect(detectCreep(met, freezeBaseline(met, triagedAt), day(42)).creeping).toBe(true);
});

test.each([2, 7, 21])(
  'growth of 1.5 times a week from %d a week is flagged in every run, on average within five weeks',
  (base) => {
    const random = mulberry32(6);
    const rate = (t: number) => (base / 7) * (t < 28 ? 1 : 1.5 ** (Math.floor((t - 28) / 7) + 1));
    const alarms = Array.from({ length: 200 }, () => firstAlarm(arrivals(random, rate, 84)));
    expect(alarms.filter((alarm) => alarm === undefined)).toEqual([]);
    expect(alarms.reduce<number>((sum, alarm) => sum + (alarm ?? 0), 0) / 200).toBeLessThan(35);
  },
);

/** Bursts: the mean of each day is drawn from a gamma distribution of shape 0.35, and some failures are told twice. */
function burstsOf(random: Random, rate: number, end: number): Date[] {
  return Array.from({ length: end }, (_, from) => from).flatMap((from) => {
    const failures = samplePoisson(random, sampleGamma(random, 0.35) * (rate / 0.35));
    return Array.from({ length: failures }, () => from + random()).flatMap((at) =>
      random() < 0.25 ? [day(at), day(at + 0.02)] : [day(at)],
    );
  });
}

/** Arrivals at a rate a day that changes with time, by thinning. */
function arrivals(random: Random, rate: number | ((t: number) => number), end: number): Date[] {
  const rateAt = typeof rate === 'number' ? () => rate : rate;
  const most = Math.max(rateAt(0), rateAt(end - 1));
  const times: number[] = [];
  for (let t = sampleExponential(random, most); t < end; t += sampleExponential(random, most)) {
    if (random() < rateAt(t) / most) times.push(t);
  }
  return times.map(day);
}

/** The first day after triage, of 56 daily looks, on which creep is seen. */
function firstAlarm(seenAts: readonly Date[]): number | undefined {
  const baseline = freezeBaseline(seenAts, triagedAt);
  for (let look = 1; look <= 56; look++) {
    if (detectCreep(seenAts, baseline, day(28 + look)).creeping) return look;
  }
  return undefined;
}
