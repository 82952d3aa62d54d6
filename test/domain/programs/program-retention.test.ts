import { expect, it } from 'vitest';
import {
  DEFAULT_RETENTION,
  RETENTION_BOUNDS,
  retentionErrors,
} from '../../../src/domain/programs/program-retention.ts';

it('what a program starts with is within its bounds, and so are the bounds', () => {
  expect(retentionErrors(DEFAULT_RETENTION)).toEqual({});
  const at = (end: 'least' | 'most') =>
    retentionErrors({
      reportWordsDays: RETENTION_BOUNDS.reportWordsDays[end],
      deliveryDays: RETENTION_BOUNDS.deliveryDays[end],
      auditDays: RETENTION_BOUNDS.auditDays[end],
    });
  expect([at('least'), at('most')]).toEqual([{}, {}]);
});

it.each([
  ['reportWordsDays', 364],
  ['reportWordsDays', 3651],
  ['deliveryDays', 6],
  ['deliveryDays', 30.5],
  ['auditDays', 364],
  ['auditDays', Number.NaN],
] as const)('%s of %d days is refused with its bounds and a reason', (field, days) => {
  const errors = retentionErrors({ ...DEFAULT_RETENTION, [field]: days });
  expect(Object.keys(errors)).toEqual([field]);
  const { least, most, why } = RETENTION_BOUNDS[field];
  expect(errors[field]).toBe(`Use a whole number of days, ${least} to ${most}. ${why}`);
});
