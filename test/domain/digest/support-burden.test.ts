import { describe, expect, it } from 'vitest';
import { supportWords } from '../../../src/blocks/digest/digest-words.ts';
import { supportBurden, ticketsLately } from '../../../src/domain/digest/support-burden.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const cost = (number: number, area: string, tickets: number, ticketsBefore = 0) => ({
  number,
  area,
  tickets,
  ticketsBefore,
});

describe('the support burden', () => {
  it('names the areas and the defects that cost the most', () => {
    const costs = [
      cost(3, 'billing', 4, 6),
      cost(1, 'deployment', 5, 2),
      cost(7, 'billing', 4),
      cost(2, 'connectivity', 1),
      cost(9, 'billing', 0, 7),
    ];
    expect(supportWords(supportBurden(costs))).toBe(
      'Most by area: billing 8 (was 13) and deployment 5 (was 2). Most by defect: D-1 5 (was 2), D-3 4 (was 6) and D-7 4 (was 0).',
    );
  });

  it('is not spoken of where there is none', () => {
    expect(supportWords(supportBurden([]))).toBeUndefined();
    expect(supportWords(supportBurden([cost(9, 'billing', 0, 7)]))).toBeUndefined();
  });
});

describe('the tickets of a defect', () => {
  it('are counted of both spans as they were known at their ends', () => {
    const now = new Date('2026-11-27T14:00:00Z');
    const told = (days: number, lateDays: number) => ({
      supportTickets: 1,
      seenAt: new Date(now.getTime() - days * DAY_MS),
      filedAt: new Date(now.getTime() - (days - lateDays) * DAY_MS),
    });
    expect(ticketsLately([told(3, 0), told(10, 9), told(31, 0), told(33, 9)], now)).toEqual({ now: 2, before: 1 });
    expect(ticketsLately([], now)).toBeUndefined();
  });
});
