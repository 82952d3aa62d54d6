import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/time/durations.ts';
import { createShownUpTo } from '../../src/process/refresher.ts';

describe('what everything shows already', () => {
  function aStart() {
    let nowMs = 0;
    const shown = createShownUpTo(() => nowMs);
    /** A look after some minutes, when the newest event has this id. */
    const look = (minutes: number, lastId: number, isWhole = true) => {
      nowMs += minutes * MINUTE_MS;
      const after = shown.begin(lastId);
      if (isWhole) shown.end();
      return after;
    };
    return { look };
  }

  it('is nothing at first', () => {
    expect(aStart().look(0, 70)).toBe(0);
  });

  it('is what was the newest two minutes before, since what was written then may be committed late', () => {
    const { look } = aStart();
    look(0, 70);
    look(1, 80);
    look(1, 90);
    expect(look(0, 90)).toBe(70);
    look(1, 95);
    expect(look(0, 95)).toBe(80);
  });

  it('does not move while looks fail', () => {
    const { look } = aStart();
    look(0, 70);
    look(2, 80);
    expect(look(1, 90, false)).toBe(70);
    expect(look(30, 95, false)).toBe(70);
    expect(look(1, 96)).toBe(70);
  });

  it('is looked at from the beginning once an hour', () => {
    const { look } = aStart();
    look(0, 70);
    look(2, 70);
    expect(look(3, 70)).toBe(70);
    expect(look(HOUR_MS / MINUTE_MS, 70)).toBe(0);
    expect(look(1, 70)).not.toBe(0);
  });
});
