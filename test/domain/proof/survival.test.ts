import { expect, test } from 'vitest';
import { survivalByArea, survivalLedger } from '../../../src/domain/proof/survival.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const now = new Date('2026-11-20T09:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
const held = (age: number, area = 'billing') => ({ area, deployedAt: daysAgo(age), brokeAt: null });
const broke = (age: number, after: number, area = 'billing') => ({
  area,
  deployedAt: daysAgo(age),
  brokeAt: daysAgo(age - after),
});

test('fixes that still hold are censored at their age, not left out', () => {
  const ledger = survivalLedger([held(120), held(100), held(45), broke(80, 10), broke(110, 50)], now);
  expect(ledger).toMatchObject({ fixes: 5, broken: 2 });
  expect(ledger.shares.map(({ share }) => share?.toFixed(4))).toEqual(['0.8000', '0.5333', '0.5333']);
  expect(ledger.sentence).toMatch(
    /^3 of 5 fixes still hold\. About 80 % last 30 days \(\d+ to \d+ %\), 53 % last 60 \(\d+ to \d+ %\), 53 % /,
  );
});

test('young fixes make no claim about days nobody has lived through', () => {
  const ledger = survivalLedger([held(10), held(20)], now);
  expect(ledger.shares.map(({ share }) => share)).toEqual([undefined, undefined, undefined]);
  expect(ledger.sentence).toBe('2 of 2 fixes still hold. None is 30 days old yet.');
  expect(survivalLedger([], now).sentence).toBe('No fix to follow yet.');
});

test('without a failure all hold, with no made-up interval', () => {
  expect(survivalLedger([held(40)], now).sentence).toBe('The one fix still holds. So far 100 % last 30 days.');
});

test('a past day is recomputed without what came later', () => {
  const fixes = [broke(80, 70), held(5)];
  expect(survivalLedger(fixes, daysAgo(40))).toMatchObject({ fixes: 1, broken: 0 });
});

test('areas are told apart', () => {
  const areas = survivalByArea([held(40), broke(40, 3, 'connectivity')], now);
  expect(areas.map(({ area, ledger }) => [area, ledger.shares[0]?.share])).toEqual([
    ['billing', 1],
    ['connectivity', 0],
  ]);
});
