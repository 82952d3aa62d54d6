import { expect, it } from 'vitest';
import {
  daysOf,
  meantQuarter,
  parseQuarter,
  type Quarter,
  quarterAt,
  quarterBefore,
  spanOf,
  type TypedQuarter,
} from '../../../src/domain/office/quarter.ts';

const NOVEMBER = new Date('2026-11-23T09:00:00Z');

it.each<[string, TypedQuarter | undefined]>([
  ['Q3 2026', '2026-Q3'],
  ['2026-Q3', '2026-Q3'],
  ['2026 q3', '2026-Q3'],
  ['q3', 3],
  [' LAST ', 'last'],
  ['Q5 2026', undefined],
  ['2025 Q3 2026', undefined],
  ['third', undefined],
  ['', undefined],
])('%j is read as %j', (text, quarter) => expect(parseQuarter(text)).toBe(quarter));

it.each<[TypedQuarter | null, Quarter]>([
  [null, '2026-Q4'],
  ['last', '2026-Q3'],
  ['2024-Q1', '2024-Q1'],
  [4, '2026-Q4'],
  [1, '2026-Q1'],
])('%j means %s in November 2026', (typed, quarter) => {
  expect(meantQuarter(typed, NOVEMBER, 'Europe/Berlin')).toBe(quarter);
});

it('a quarter that has not begun this year is that of the last one', () => {
  expect(meantQuarter(4, new Date('2026-02-01T00:00:00Z'), 'UTC')).toBe('2025-Q4');
});

it('a quarter runs from midnight to midnight on the clock of its program', () => {
  expect(spanOf('2026-Q4', 'Europe/Berlin')).toEqual({
    after: new Date('2026-09-30T22:00:00Z'),
    upTo: new Date('2026-12-31T23:00:00Z'),
  });
  expect(quarterAt(new Date('2026-09-30T22:00:00Z'), 'Europe/Berlin')).toBe('2026-Q4');
  expect(quarterAt(new Date('2026-09-30T22:00:00Z'), 'America/New_York')).toBe('2026-Q3');
  expect(daysOf('2026-Q4')).toEqual(['2026-10-01', '2026-12-31']);
});

it('the quarters of any year follow each other without a gap', () => {
  for (let quarter: Quarter = '2027-Q4'; quarter !== '2023-Q4'; quarter = quarterBefore(quarter))
    expect(spanOf(quarterBefore(quarter), 'America/Sao_Paulo').upTo).toEqual(
      spanOf(quarter, 'America/Sao_Paulo').after,
    );
});
