/** What a program sets for its own end; null is no criterion. */
export type ExitCriteria = {
  /** Fewer open defects than this. */
  openUnder: number | null;
  /** At least this share of fixes, in percent, holds for 60 days. */
  holdPercent: number | null;
  /** Every area with an objective met it in each of so many weeks, the last one included. */
  objectiveWeeks: number | null;
};

export type ExitField = keyof ExitCriteria;

type Bounds = { least: number; most: number; what: string };

export const EXIT_BOUNDS: Record<ExitField, Bounds> = {
  openUnder: { least: 1, most: 9_999, what: 'defects' },
  holdPercent: { least: 50, most: 100, what: 'percent' },
  objectiveWeeks: { least: 1, most: 12, what: 'weeks' },
};

/** What is wrong with each field, in words; nothing where all are within their bounds. */
export function exitErrors(wanted: ExitCriteria): Partial<Record<ExitField, string>> {
  const errors: Partial<Record<ExitField, string>> = {};
  for (const [field, { least, most, what }] of Object.entries(EXIT_BOUNDS) as [ExitField, Bounds][]) {
    const value = wanted[field];
    if (value === null || (Number.isInteger(value) && value >= least && value <= most)) continue;
    errors[field] = `Use a whole number of ${what}, ${least} to ${most.toLocaleString('en-GB')}.`;
  }
  return errors;
}

export function hasExitCriteria({ openUnder, holdPercent, objectiveWeeks }: ExitCriteria): boolean {
  return openUnder !== null || holdPercent !== null || objectiveWeeks !== null;
}
