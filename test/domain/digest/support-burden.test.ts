import { describe, expect, it } from 'vitest';
import { supportWords } from '../../../src/blocks/digest/digest-words.ts';
import { supportBurden } from '../../../src/domain/digest/support-burden.ts';

const weeks = (...tickets: number[]) => tickets.map((count) => ({ tickets: count }));
const cost = (number: number, area: string, tickets: number, ticketsBefore = 0) => ({
  number,
  area,
  tickets,
  ticketsBefore,
});

describe('the support burden', () => {
  it('is a direction only where the tickets bear it out, however uneven they come', () => {
    expect(supportBurden(weeks(40, 12), [], false).verdict.grade).toBe('fewer');
    expect(supportBurden(weeks(1, 90, 3, 60, 2, 80, 40, 12), [], false).verdict.grade).toBe('no clear change');
  });

  it('names the areas and the defects that cost the most', () => {
    const costs = [
      cost(3, 'billing', 4, 6),
      cost(1, 'deployment', 5, 2),
      cost(7, 'billing', 4),
      cost(2, 'connectivity', 1),
      cost(9, 'billing', 0, 7),
    ];
    expect(supportWords(supportBurden(weeks(15, 14), costs, false))).toEqual([
      'No clear change in support tickets: 14 support tickets this week, 15 last week (0.42 to 2.07 times as many, 95 % interval).',
      'Most by area: billing 8 (was 13) and deployment 5 (was 2). Most by defect: D-1 5 (was 2), D-3 4 (was 6) and D-7 4 (was 0).',
    ]);
  });

  it('is not spoken of where there is none', () => {
    expect(supportWords(supportBurden(weeks(0, 0), [], false))).toEqual([]);
    expect(supportWords(supportBurden([], [], true))).toEqual([]);
    expect(supportWords(supportBurden(weeks(4, 0), [], false))).toHaveLength(1);
  });
});
