import { describe, expect, it } from 'vitest';
import { limitBodyMemory } from '../../src/signals/body-memory.ts';

describe('the memory for bodies', () => {
  it('has as much as it has, and no byte more', () => {
    const memory = limitBodyMemory({ bytes: 10, bytesOfOne: 10 });
    const first = memory.open(1);
    expect(first.reserve(10)).toBe(true);
    expect(memory.open(2).reserve(1)).toBe(false);
    first.release();
    expect(memory.open(2).reserve(10)).toBe(true);
  });

  it('leaves some for others, whatever one source sends', () => {
    const memory = limitBodyMemory({ bytes: 10, bytesOfOne: 4 });
    const reservations = [memory.open(1), memory.open(1)];
    expect(reservations.map((one) => one.reserve(2))).toEqual([true, true]);
    expect(reservations[0]?.reserve(1)).toBe(false);
    expect(memory.open(1).reserve(1)).toBe(false);
    expect(memory.open(2).reserve(4)).toBe(true);
    reservations[0]?.release();
    expect(reservations[1]?.reserve(2)).toBe(true);
  });

  it('is given back once, however often somebody leaves', () => {
    const memory = limitBodyMemory({ bytes: 4, bytesOfOne: 4 });
    const [one, other] = [memory.open(1), memory.open(2)];
    one.reserve(2);
    other.reserve(2);
    one.release();
    one.release();
    expect(memory.open(3).reserve(3)).toBe(false);
    expect(memory.open(3).reserve(2)).toBe(true);
  });
});
