import { describe, expect, it } from 'vitest';
import { dayWords, momentWords, weekdayTimeWords, weekdayWords } from '../../../src/blocks/kit/words.ts';

describe('a date in words', () => {
  it('has its year only where that is another one than today', () => {
    expect(dayWords('2026-11-04')).toBe('4 Nov');
    expect(dayWords('2026-11-04', '2026-12-31')).toBe('4 Nov');
    expect(dayWords('2025-12-31', '2026-01-01')).toBe('31 Dec');
    expect(dayWords('2026-01-04', '2025-12-29')).toBe('4 Jan');
    expect(dayWords('2025-12-31', '2026-07-02')).toBe('31 Dec 2025');
    expect(dayWords('2026-07-02', '2025-12-31')).toBe('2 Jul 2026');
  });

  it('has each month by its first three letters', () => {
    const months = Array.from({ length: 12 }, (_, i) => dayWords(`2026-${String(i + 1).padStart(2, '0')}-01`));
    expect(months.join()).toBe('1 Jan,1 Feb,1 Mar,1 Apr,1 May,1 Jun,1 Jul,1 Aug,1 Sep,1 Oct,1 Nov,1 Dec');
  });
});

describe('a moment in words', () => {
  it('is what the wall shows in the zone of the program', () => {
    const at = new Date('2026-11-01T23:05:00Z');
    expect(momentWords(at, 'UTC')).toBe('Sun 1 Nov, 23:05');
    expect(momentWords(at, 'Europe/Berlin')).toBe('Mon 2 Nov, 00:05');
    expect(weekdayWords(at, 'America/Los_Angeles')).toBe('Sun 1 Nov');
    expect(weekdayTimeWords(at, 'Asia/Kolkata')).toBe('Mon 04:35');
  });

  it('has each weekday by its first three letters', () => {
    const days = [2, 3, 4, 5, 6, 7, 8].map((day) => weekdayWords(new Date(Date.UTC(2026, 10, day)), 'UTC').slice(0, 3));
    expect(days.join()).toBe('Mon,Tue,Wed,Thu,Fri,Sat,Sun');
  });
});
