import type { ExitCriteria } from '../../domain/exit/exit-criteria.ts';
import { type AreaWeeks, type ExitLine, FEWEST_FIXES, HOLD_DAYS } from '../../domain/exit/exit-scorecard.ts';
import { counted, listed } from '../kit/words.ts';
import { named } from '../reliability/budget-words.ts';

const GRADES = { met: 'Met', 'not met': 'Not met', unknown: 'Not known yet' } as const;

/** "Met: 4 are open, under 5 is the aim." */
export function exitLineWords(line: ExitLine): string {
  return `${GRADES[line.grade]}: ${factsOf(line)}`;
}

function factsOf(line: ExitLine): string {
  switch (line.kind) {
    case 'open':
      return `${line.open === 1 ? '1 is' : `${line.open.toLocaleString('en-GB')} are`} open, under ${line.under.toLocaleString('en-GB')} is the aim.`;
    case 'hold':
      return holdWords(line);
    case 'objectives':
      return objectiveWords(line);
  }
}

function holdWords({ grade, percent, known, share, interval }: ExitLine & { kind: 'hold' }): string {
  if (grade === 'unknown' || share === undefined) {
    const fixes = known === 0 ? 'no fix' : counted(known, 'fix', 'fixes');
    return `it is known of ${fixes} whether they held ${HOLD_DAYS} days, and under ${FEWEST_FIXES} are too few to tell.`;
  }
  const range = interval ? ` (${whole(interval.low)} to ${whole(interval.high)} %)` : '';
  return `${whole(share)} % of fixes hold ${HOLD_DAYS} days${range}, ${percent} % is the aim.`;
}

function objectiveWords({ grade, weeks, areas }: ExitLine & { kind: 'objectives' }): string {
  if (areas.length === 0) return 'no area has an objective.';
  const span = weeks === 1 ? 'the last week' : `the last ${weeks} weeks`;
  if (grade === 'met') return `${named(areas.map(({ area }) => area))} met every objective in ${span}.`;
  const missed = areas.filter((area) => area.missed > 0);
  if (missed.length > 0) return `${listed(missed.slice(0, NAMED).map((area) => missedWords(area, weeks)))}.`;
  const unread = areas.filter((area) => area.unread > 0).map(({ area }) => area);
  return `${named(unread)} ${unread.length === 1 ? 'was' : 'were'} not measured in all of ${span}.`;
}

const NAMED = 3;

function missedWords({ area, missed }: AreaWeeks, weeks: number): string {
  const span = weeks === 1 ? 'last week' : `in ${missed} of the last ${weeks} weeks`;
  return `${named([area])} missed its objective ${span}`;
}

/** Rounded down, as a share that is promised. */
function whole(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}

/** "under 5 open, 90 % of fixes hold 60 days, every objective met for 4 weeks"; undefined where nothing is set. */
export function criteriaWords({ openUnder, holdPercent, objectiveWeeks }: ExitCriteria): string | undefined {
  const parts = [
    ...(openUnder === null ? [] : [`under ${openUnder.toLocaleString('en-GB')} open`]),
    ...(holdPercent === null ? [] : [`${holdPercent} % of fixes hold ${HOLD_DAYS} days`]),
    ...(objectiveWeeks === null ? [] : [`every objective met for ${counted(objectiveWeeks, 'week')}`]),
  ];
  return parts.length === 0 ? undefined : listed(parts);
}
