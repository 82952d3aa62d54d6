import { describe, expect, it } from 'vitest';
import { countBodies } from '../../src/signals/body-room.ts';

describe('the room for bodies', () => {
  it('has as much as it has, and no byte more', () => {
    const room = countBodies({ bytes: 10, bytesOfOne: 10 });
    const first = room.open(1);
    expect(first.take(10)).toBe(true);
    expect(room.open(2).take(1)).toBe(false);
    first.leave();
    expect(room.open(2).take(10)).toBe(true);
  });

  it('leaves some for others, whatever one source sends', () => {
    const room = countBodies({ bytes: 10, bytesOfOne: 4 });
    const shares = [room.open(1), room.open(1)];
    expect(shares.map((share) => share.take(2))).toEqual([true, true]);
    expect(shares[0]?.take(1)).toBe(false);
    expect(room.open(1).take(1)).toBe(false);
    expect(room.open(2).take(4)).toBe(true);
    shares[0]?.leave();
    expect(shares[1]?.take(2)).toBe(true);
  });

  it('is given back once, however often somebody leaves', () => {
    const room = countBodies({ bytes: 4, bytesOfOne: 4 });
    const [one, other] = [room.open(1), room.open(2)];
    one.take(2);
    other.take(2);
    one.leave();
    one.leave();
    expect(room.open(3).take(3)).toBe(false);
    expect(room.open(3).take(2)).toBe(true);
  });
});
