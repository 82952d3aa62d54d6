import { describe, expect, it } from 'vitest';
import { type NeedyDefect, needsOf } from '../../../src/domain/digest/needs.ts';

const NOW = new Date('2026-11-27T14:00:00Z');
const AT = { leadId: 'ULEAD', todayOn: '2026-11-27', now: NOW };
const defect = (number: number, over: Partial<NeedyDefect> = {}): NeedyDefect => ({
  ...{ number, title: `title ${number}`, state: 'accepted', ownerId: 'UANA', dueOn: '2026-12-24' },
  ...{ windowEndsAt: null, comeback: null },
  ...over,
});
const named = (defects: NeedyDefect[], burners: Parameters<typeof needsOf>[1] = []) =>
  needsOf(defects, burners, AT).map(({ number, kind, personId }) => [number, kind, personId]);

describe('what a digest says needs somebody', () => {
  it('is nothing where everything has an owner and time', () => {
    expect(named([defect(1), defect(2, { state: 'claimed', windowEndsAt: new Date('2026-12-01T00:00:00Z') })])).toEqual(
      [],
    );
  });

  it('is at most three things, one of each kind before a second of any, failed fixes first', () => {
    const defects = [
      defect(1, { dueOn: '2026-11-01' }),
      defect(2, { dueOn: '2026-11-01' }),
      defect(3, { state: 'new', ownerId: null, dueOn: null }),
      defect(4, { comeback: 'failed' }),
    ];
    expect(named(defects)).toEqual([
      [4, 'failed', 'UANA'],
      [1, 'overdue', 'UANA'],
      [3, 'unowned', 'ULEAD'],
    ]);
    expect(named(defects.slice(0, 2))).toHaveLength(2);
  });

  it('names what used over a fifth of an error budget, and proofs that are over', () => {
    const burners = [
      { number: 1, area: 'billing', share: 0.64 },
      { number: 2, area: 'sync', share: 0.2 },
    ];
    const defects = [
      defect(1),
      defect(2),
      defect(3, { state: 'claimed', windowEndsAt: new Date('2026-11-20T00:00:00Z') }),
    ];
    expect(named(defects, burners)).toEqual([
      [1, 'over budget', 'UANA'],
      [3, 'stalled', 'UANA'],
    ]);
  });

  it('names nobody where there is neither an owner nor a lead', () => {
    const [need] = needsOf([defect(1, { ownerId: null })], [], { ...AT, leadId: null });
    expect(need?.personId).toBeNull();
  });
});
