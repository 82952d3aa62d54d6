import { assembleBurndown } from '../../../src/domain/digest/burndown.ts';
import { assembleDigest, type Digest, type DigestFacts } from '../../../src/domain/digest/digest.ts';
import type { ProgramVerdicts } from '../../../src/domain/digest/program-verdicts.ts';
import { sinceWhen } from '../../../src/domain/digest/since-when.ts';
import { WEEK_MS } from '../../../src/domain/time/durations.ts';

/** A Friday, 15:00 in Berlin. */
export const FRIDAY = new Date('2026-11-27T14:00:00Z');
const EMPTY = assembleBurndown({ toDo: 3, claimed: 1 }, { toDo: 3, claimed: 1 }, []);

/** The facts of a week in which nothing happened. */
export function aWeek(over: Partial<DigestFacts> = {}): DigestFacts {
  return {
    window: { after: new Date(FRIDAY.getTime() - WEEK_MS), upTo: FRIDAY },
    thisWeek: EMPTY,
    lastWeek: EMPTY,
    week: { reports: 0, tickets: 0 },
    verdicts: null,
    needs: [],
    costs: [],
    movers: [],
    outcomes: [],
    relabels: [],
    unowned: { total: 0, top: [] },
    harms: [],
    open: { count: 0, harm: 0 },
    health: {
      triage: { held: false, late: false, items: 0, decided: 0, carriedOver: 0 },
      reminders: { sent: 0, acted: 0 },
      missed: [],
    },
    escapes: [],
    fixes: [],
    ledger: [],
    outlook: { forecast: undefined, survival: undefined, drifts: [] },
    nextTriageAt: new Date('2026-11-30T09:00:00Z'),
    tranche: null,
    ...over,
  };
}

export function aDigest(over: Partial<DigestFacts> = {}): Digest {
  return assembleDigest(aWeek({ week: { reports: 4, tickets: 0 }, ...over }));
}

/** The verdicts on weeks of reports that all came in one area, told in time. */
export function verdictsOf(...counts: number[]): ProgramVerdicts {
  const bounds = Array.from(
    { length: counts.length + 1 },
    (_, i) => new Date(FRIDAY.getTime() - (counts.length - i) * WEEK_MS),
  );
  const verdict = sinceWhen(bounds, counts);
  return {
    reports: verdict,
    tickets: verdict,
    areas: [{ area: 'billing', verdict }],
    weeks: counts.map((reports) => ({ reports, tickets: reports, late: 0 })),
  };
}
