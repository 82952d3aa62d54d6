import { describe, expect, test } from 'vitest';
import { dayTitle, formatDate, localDay } from '../../page/text/format-date.ts';

const at = new Date('2026-11-23T23:30:00Z');
const now = new Date('2026-11-24T12:00:00Z');
const berlin = { tz: 'Europe/Berlin', locale: 'en-GB' };
const newYork = { tz: 'America/New_York', locale: 'en-US' };

describe('dateSyntax: a date in a message', () => {
  test('reads as the reader’s own day and clock', () => {
    expect(formatDate('{date_num} {time}', at, now, berlin)).toBe('2026-11-24 00:30');
    expect(formatDate('{date_num} {time}', at, now, newYork)).toMatch(/^2026-11-23 6:30\sPM$/);
  });

  test('is today for one reader and yesterday for another', () => {
    expect(formatDate('{date_short_pretty}', at, now, berlin)).toBe('today');
    expect(formatDate('{date_short_pretty}', at, now, newYork)).toBe('yesterday');
  });

  test('shows its fallback when a token is unknown or the instant is out of range', () => {
    expect(formatDate('{year}', at, now, berlin)).toBeUndefined();
    expect(formatDate('{date}', new Date(Number.NaN), now, berlin)).toBeUndefined();
  });

  test('keeps the words around its tokens', () => {
    expect(formatDate('due {date_short}!', at, now, berlin)).toBe('due 24 Nov 2026!');
    expect(formatDate('{ago}', at, now, berlin)).toBe('12 hours ago');
  });
});

test('a day divider names the year only when it is another one', () => {
  expect(dayTitle(new Date('2026-11-02T12:00:00Z'), now, berlin)).toBe('Monday 2 November');
  expect(dayTitle(new Date('2025-11-02T12:00:00Z'), now, berlin)).toBe('Sunday, 2 November 2025');
  expect(dayTitle(now, now, berlin)).toBe('Today');
  expect(localDay(at, 'Asia/Tokyo')).toBe('2026-11-24');
});
