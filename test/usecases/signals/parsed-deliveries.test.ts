import { describe, expect, it } from 'vitest';
import { rememberParsed } from '../../../src/usecases/signals/parsed-deliveries.ts';

const parsed = () => ({ parts: [{}, {}], leftOut: 0, signals: [] });

describe('parsed deliveries', () => {
  it('are remembered until they are forgotten', () => {
    const known = rememberParsed();
    const one = parsed();
    known.remember(1, one, 10);
    expect(known.find(1)).toBe(one);
    known.forget(1);
    expect(known.find(1)).toBeUndefined();
  });

  it('that came first are forgotten where all have more bytes than there is room for', () => {
    const known = rememberParsed(100);
    for (const id of [1, 2, 3]) known.remember(id, parsed(), 40);
    expect([1, 2, 3].map((id) => known.find(id) !== undefined)).toEqual([false, true, true]);
    known.remember(4, parsed(), 101);
    expect([2, 3, 4].map((id) => known.find(id) !== undefined)).toEqual([false, false, false]);
    known.remember(5, parsed(), 100);
    expect(known.find(5)).toBeDefined();
  });

  it('that are remembered again count once', () => {
    const known = rememberParsed(100);
    for (let i = 0; i < 3; i += 1) known.remember(1, parsed(), 60);
    expect(known.find(1)).toBeDefined();
  });
});
