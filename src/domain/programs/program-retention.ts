/** What a program's lead may limit, in days; `reportWordsDays` is null where words stay for ever. */
export type ProgramRetention = { reportWordsDays: number | null; deliveryDays: number; auditDays: number };

export type Limited = keyof ProgramRetention;

export const DEFAULT_RETENTION = { reportWordsDays: null, deliveryDays: 30, auditDays: 730 } as const;

type Bounds = { least: number; most: number; why: string };

export const RETENTION_BOUNDS: Record<Limited, Bounds> = {
  reportWordsDays: {
    least: 365,
    most: 3650,
    why: 'Repeats are recognised by their words, and some failures come back once a year.',
  },
  deliveryDays: { least: 7, most: 365, why: 'A delivery that failed is looked into within days.' },
  auditDays: { least: 365, most: 3650, why: 'An audit looks back a year at least.' },
};

/** What is wrong with each field, in words; nothing where all are within their bounds. */
export function retentionErrors(wanted: ProgramRetention): Partial<Record<Limited, string>> {
  const errors: Partial<Record<Limited, string>> = {};
  for (const [field, { least, most, why }] of Object.entries(RETENTION_BOUNDS) as [Limited, Bounds][]) {
    const days = wanted[field];
    if (days === null || (Number.isInteger(days) && days >= least && days <= most)) continue;
    errors[field] = `Use a whole number of days, ${least} to ${most}. ${why}`;
  }
  return errors;
}
