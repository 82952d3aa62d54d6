import { describe, expect, test } from 'vitest';
import type { GuardedReport } from '../../../src/domain/proof/regression-guard.ts';
import { shareToldOn } from '../../../src/domain/proof/reporter-check.ts';

const from = (reporterId: string, over: Partial<GuardedReport> = {}): GuardedReport => ({
  ...{ seenAt: new Date(0), environment: null, reporterId, affected: 0, vendor: null },
  ...over,
});

describe('the share of failures that is told on after a claim', () => {
  test('is nine in ten of people while nobody was asked, and all of what machines see', () => {
    expect(shareToldOn([], null)).toBe(0.9);
    expect(shareToldOn([from('U1'), from('U2')], null)).toBe(0.9);
    expect(shareToldOn([from('alerts', { starts: 1 })], null)).toBe(1);
    expect(shareToldOn([from('alerts', { starts: 1 }), from('U1')], null)).toBe(0.95);
  });

  test('grows by whoever answers and falls by who says nothing, as much as they told before', () => {
    const before = [from('U1'), from('U1'), from('U1'), from('U2')];
    const asked = ['U1', 'U2'];
    expect(shareToldOn(before, { asked, answered: asked })).toBe(0.95);
    expect(shareToldOn(before, { asked, answered: [] })).toBe(0.5);
    expect(shareToldOn(before, { asked, answered: ['U1'] })).toBeCloseTo((3 * 0.95 + 0.5) / 4, 9);
  });

  test('takes those who were not asked to be as those who were', () => {
    const silent = shareToldOn([from('U9')], { asked: ['U1', 'U2', 'U3'], answered: [] });
    const heard = shareToldOn([from('U9')], { asked: ['U1', 'U2', 'U3'], answered: ['U1', 'U2', 'U3'] });
    expect(silent).toBeCloseTo((2 * 0.9 + 3 * 0.5) / 5, 9);
    expect(heard).toBeGreaterThan(0.9);
  });
});
