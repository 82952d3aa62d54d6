import { describe, expect, it } from 'vitest';
import { assembleBurndown } from '../../../src/domain/digest/burndown.ts';
import { assembleDigest, type DigestFacts, type Mover } from '../../../src/domain/digest/digest.ts';

const EMPTY = assembleBurndown({ toDo: 3, claimed: 1 }, { toDo: 3, claimed: 1 }, []);

function aWeek(over: Partial<DigestFacts> = {}): DigestFacts {
  return {
    window: { after: new Date('2026-11-20T14:00:00Z'), upTo: new Date('2026-11-27T14:00:00Z') },
    isFirstWeek: false,
    thisWeek: EMPTY,
    lastWeek: EMPTY,
    weeks: [],
    costs: [],
    movers: [],
    outcomes: [],
    relabels: [],
    unowned: { total: 0, top: [] },
    harms: [],
    health: {
      triage: { onTime: 1, late: 0, missed: 0, items: 0, decided: 0, carriedOver: 0 },
      reminders: { sent: 0, acted: 0 },
    },
    escapes: [],
    fixes: [],
    outlook: { growth: [], forecast: undefined, survival: undefined, drifts: [] },
    nextTriageAt: null,
    tranche: null,
    ...over,
  };
}

const reports = (...counts: number[]) => counts.map((count) => ({ reports: count, tickets: 0 }));

function aMover(number: number, harmThen: number, harmNow: number): Mover {
  return { number, title: 'x', reports: 1, harmThen, harmNow };
}

describe('the verdict of a digest', () => {
  it.each<[string, number[], string]>([
    ['five reports then none', [5, 0], 'no clear change'],
    ['thirty reports then twelve', [30, 12], 'fewer'],
    ['four reports then eighteen', [4, 18], 'more'],
    ['the same drop where weeks always differ that much', [2, 60, 4, 55, 1, 70, 30, 12], 'no clear change'],
    ['nothing at all', [0, 0], 'no clear change'],
    ['no week', [], 'no clear change'],
  ])('of %s is "%s"', (_, counts, grade) => {
    expect(assembleDigest(aWeek({ weeks: reports(...counts) })).verdict.grade).toBe(grade);
  });

  it('has no interval where there is nothing to compare', () => {
    expect(assembleDigest(aWeek({ weeks: reports(0, 0) })).verdict.interval).toBeNull();
    expect(assembleDigest(aWeek({ isFirstWeek: true, weeks: reports(0, 9) })).verdict).toMatchObject({
      grade: 'no clear change',
      interval: null,
    });
  });
});

describe('what a digest picks', () => {
  it('are the three defects whose harm rose the most, and none that cooled down', () => {
    const movers = [aMover(1, 5, 6), aMover(2, 9, 3), aMover(3, 0, 4), aMover(4, 1, 3), aMover(5, 1, 1.5)];
    expect(assembleDigest(aWeek({ movers })).movers.map(({ number }) => number)).toEqual([3, 4, 1]);
  });

  it('is quiet only when nothing was reported, changed, relabelled or missed', () => {
    const { health } = aWeek();
    const missed = { ...health, triage: { ...health.triage, missed: 1 } };
    const merged = assembleBurndown({ toDo: 3, claimed: 0 }, { toDo: 2, claimed: 0 }, [
      { kind: 'merged', from: 'new', to: 'merged', count: 1 },
    ]);
    expect(assembleDigest(aWeek()).isQuiet).toBe(true);
    expect(assembleDigest(aWeek({ weeks: reports(4, 0) })).isQuiet).toBe(true);
    expect(assembleDigest(aWeek({ weeks: reports(0, 1) })).isQuiet).toBe(false);
    expect(assembleDigest(aWeek({ thisWeek: merged })).isQuiet).toBe(false);
    expect(assembleDigest(aWeek({ health: missed })).isQuiet).toBe(false);
  });

  it('says which column of which week does not add up', () => {
    const lastWeek = assembleBurndown({ toDo: 1, claimed: 0 }, { toDo: 3, claimed: 0 }, []);
    expect(assembleDigest(aWeek({ lastWeek })).gaps).toEqual([
      'toDo: 1 then and the flows give 1, but 3 are there now',
    ]);
  });
});
