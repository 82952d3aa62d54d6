import { describe, expect, it } from 'vitest';
import { supportWords } from '../../../src/blocks/digest/digest-words.ts';
import { supportBurden } from '../../../src/domain/digest/support-burden.ts';

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
