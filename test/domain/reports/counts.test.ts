import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsSaid, MOST_ACCOUNTS, MOST_TICKETS, parseCount } from '../../../src/domain/reports/counts.ts';
import { hostileNumber, hostileNumeral } from '../../hostile-text.ts';

describe('a count that was typed', () => {
  it('is a whole number, and nothing is none', () => {
    expect(parseCount(' 12 ', 'accounts', MOST_ACCOUNTS)).toEqual({ ok: 12 });
    expect(parseCount('', 'accounts', MOST_ACCOUNTS)).toEqual({ ok: 0 });
    expect(parseCount(null, 'accounts', MOST_ACCOUNTS)).toEqual({ ok: 0 });
    expect(parseCount('10000000', 'accounts', MOST_ACCOUNTS)).toEqual({ ok: 10_000_000 });
  });

  it('of too many is refused with how many it may be', () => {
    expect(parseCount('10000001', 'accounts', MOST_ACCOUNTS)).toEqual({ bad: 'Write at most 10,000,000 accounts.' });
    expect(parseCount('100001', 'tickets', MOST_TICKETS)).toEqual({ bad: 'Write at most 100,000 tickets.' });
  });

  it('is within bounds or a sentence, whatever was typed', () => {
    fc.assert(
      fc.property(hostileNumeral, (typed) => {
        const parsed = parseCount(typed, 'tickets', MOST_TICKETS);
        if ('bad' in parsed) expect(parsed.bad).toMatch(/^Write .*\.$/);
        else expect(Number.isInteger(parsed.ok) && parsed.ok >= 0 && parsed.ok <= MOST_TICKETS).toBe(true);
      }),
    );
  });
});

describe('a count that was sent', () => {
  it.each([
    [3, 3, null],
    ['7', 7, null],
    [undefined, null, null],
    [25_000_000, 10_000_000, 'The sender said 25000000 accounts; 10,000,000 are counted.'],
    [-4, 0, 'The sender said -4 accounts; 0 are counted.'],
    [2.6, 3, 'The sender said 2.6 accounts; 3 are counted.'],
    ['1e999', 10_000_000, 'The sender said Infinity accounts; 10,000,000 are counted.'],
    ['many', null, 'The sender gave a number of accounts that is no number.'],
    [{}, null, 'The sender gave a number of accounts that is no number.'],
  ])('of %j is counted as %j, and a change is said', (said, affected, note) => {
    expect(accountsSaid(said)).toEqual({ affected, note });
  });

  it('can be stored, whatever was sent', () => {
    fc.assert(
      fc.property(fc.oneof(hostileNumber, hostileNumeral, fc.anything()), (said) => {
        const { affected } = accountsSaid(said);
        const isCount = affected === null || (Number.isInteger(affected) && affected >= 0 && affected <= MOST_ACCOUNTS);
        expect(isCount).toBe(true);
      }),
    );
  });
});
