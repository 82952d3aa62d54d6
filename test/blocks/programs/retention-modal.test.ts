import { expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { parseRetention, RETENTION_INPUTS, retentionModal } from '../../../src/blocks/programs/retention-modal.ts';
import { DEFAULT_RETENTION, retentionErrors } from '../../../src/domain/programs/program-retention.ts';

const filled = (values: Record<string, string>) => parseRetention((id) => values[id]);
const form = (over: Record<string, string> = {}) =>
  filled({
    [RETENTION_INPUTS.deliveryDays]: '30',
    [RETENTION_INPUTS.auditDays]: '730',
    ...over,
  });

it('the form of retention fits Slack and shows what is set', () => {
  expect(validateSurface('modal', retentionModal(DEFAULT_RETENTION, '1'))).toEqual([]);
  const shown = JSON.stringify(retentionModal({ ...DEFAULT_RETENTION, reportWordsDays: 400 }, '1'));
  for (const days of ['400', '30', '730']) expect(shown).toContain(`"initial_value":"${days}"`);
});

it('the form is read as it was filled in, where an empty field of words is for ever', () => {
  expect(form()).toEqual(DEFAULT_RETENTION);
  expect(form({ [RETENTION_INPUTS.reportWordsDays]: ' 365 ' })).toEqual({ ...DEFAULT_RETENTION, reportWordsDays: 365 });
});

it.each(['-1', '1e3', 'a year', '365 days', ''])('%j for the audit is an error at its field', (typed) => {
  expect(Object.keys(retentionErrors(form({ [RETENTION_INPUTS.auditDays]: typed })))).toEqual(['auditDays']);
});
