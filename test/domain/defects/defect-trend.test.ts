import { describe, expect, it } from 'vitest';
import { trendOfDefect } from '../../../src/domain/defects/defect-trend.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const ago = (...days: number[]) => days.map((day) => new Date(NOW.getTime() - day * 86_400_000));
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step + 0.5);

describe('the trend of one defect', () => {
  it('is not told before there are eight weeks to compare', () => {
    expect(trendOfDefect([], NOW)).toBeUndefined();
    expect(trendOfDefect(ago(...every(1, 0, 55)), NOW)).toBeUndefined();
  });

  it('names a direction only where the interval leaves out no change', () => {
    const few = trendOfDefect(ago(60, 50, 45, 40, 35, 30), NOW);
    expect(few?.grade).toBe('no clear change');
    expect(few?.sentence).toMatch(/^No clear change yet: 5 then 0 reports, in 4 weeks each/);
    const grown = trendOfDefect(ago(60, ...every(7, 28, 56), ...every(1, 0, 28)), NOW);
    expect(grown?.sentence).toMatch(/^More reports: 4 then 28 reports, in 4 weeks each \(ratio 7\.00, 95 % interval 2/);
    const quieter = trendOfDefect(ago(60, ...every(1, 28, 56), ...every(7, 0, 28)), NOW);
    expect(quieter?.grade).toBe('fewer');
  });

  it('counts nothing from after the instant that it is asked for', () => {
    const later = ago(60, ...every(1, -20, 0));
    expect(trendOfDefect(later, NOW)?.sentence).toBe('No clear change: no report in either period.');
  });
});
