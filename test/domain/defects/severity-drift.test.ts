import { expect, test } from 'vitest';
import { measuredPoints, severityDrifts, shortensList } from '../../../src/domain/defects/severity-drift.ts';
import type { Severity } from '../../../src/domain/vocabulary.ts';

const a = (key: string, severity: Severity, reports: number, affected = 0, supportTickets = 0) => ({
  key,
  severity,
  reports,
  affected,
  supportTickets,
});

const peers = [
  a('D-1', 'S1', 40, 200, 20),
  a('D-2', 'S1', 50, 300, 20),
  a('D-3', 'S1', 60, 300, 20),
  a('D-4', 'S3', 5, 5),
  a('D-5', 'S3', 6, 5),
  a('D-6', 'S3', 7, 5),
];

test('a defect labelled S3 that does as much harm as an S1 is asked about', () => {
  expect(severityDrifts([...peers, a('D-7', 'S3', 70, 400, 31)])).toEqual([
    {
      key: 'D-7',
      labelled: 'S3',
      measured: 'S1',
      direction: 'understated',
      sentence: 'D-7 is S3 but does as much harm as a typical S1. Raise it?',
    },
  ]);
});

test('a defect labelled S1 that does no more harm than an S3 is overstated', () => {
  const drifts = severityDrifts([...peers, a('D-8', 'S1', 4, 1)]);
  expect(drifts.map(({ key, measured, direction }) => [key, measured, direction])).toEqual([
    ['D-8', 'S3', 'overstated'],
  ]);
});

test('labels that fit, few reports and too few peers say nothing', () => {
  expect(severityDrifts(peers)).toEqual([]);
  expect(severityDrifts([...peers, a('D-9', 'S4', 3, 900, 90)])).toEqual([]);
  expect(severityDrifts([a('D-1', 'S1', 5), a('D-7', 'S3', 70, 400, 31)])).toEqual([]);
  expect(measuredPoints(a('D-9', 'S1', 0, 0, 4))).toBe(0);
});

test('only a lower severity or another area shortens a list', () => {
  const relabel = (field: 'severity' | 'area', from: string, to: string) =>
    shortensList({ key: 'D-1', field, from, to, by: 'Ana', at: new Date(Date.UTC(2026, 10, 4)), why: null });
  expect(relabel('severity', 'S2', 'S3')).toBe(true);
  expect(relabel('severity', 'S3', 'S1')).toBe(false);
  expect(relabel('area', 'billing', 'deployment')).toBe(true);
  expect(relabel('area', 'billing', 'billing')).toBe(false);
});
