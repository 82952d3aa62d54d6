import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { parsePromise } from '../../../src/domain/proof/promise.ts';

const whole = { ownerId: 'UANA', dueOn: '2026-12-04', limit: '0', secondPersonId: null, link: '' };

function fieldRefused(over: Partial<typeof whole> | Record<string, unknown>): string | undefined {
  try {
    parsePromise({ ...whole, ...over });
  } catch (error) {
    if (error instanceof Refusal) return error.field;
    throw error;
  }
  return 'nothing';
}

describe('a promise', () => {
  it('tolerates no report where nothing else is said', () => {
    expect(parsePromise({ ownerId: 'UANA', dueOn: '2026-12-04' }).criteria).toEqual([
      { kind: 'max_reports', limit: 0 },
    ]);
  });

  it('takes a second person and a test as criteria of their own', () => {
    expect(
      parsePromise({ ...whole, limit: ' 2 ', secondPersonId: 'UBEN', link: ' webhook.spec.ts ' }).criteria,
    ).toEqual([
      { kind: 'max_reports', limit: 2 },
      { kind: 'second_person', userId: 'UBEN' },
      { kind: 'link', what: 'webhook.spec.ts' },
    ]);
  });

  it.each([
    ['no owner', { ownerId: null }, 'owner'],
    ['no due date', { dueOn: null }, 'due'],
    ['a due date that is in no calendar', { dueOn: '2026-02-30' }, 'due'],
    ['a due date in words', { dueOn: 'tomorrow' }, 'due'],
    ['a negative limit', { limit: '-1' }, 'limit'],
    ['half a report', { limit: '0.5' }, 'limit'],
    ['a limit that proves nothing', { limit: '100' }, 'limit'],
    ['a limit in another notation', { limit: '1e1' }, 'limit'],
    ['the owner as second person', { secondPersonId: 'UANA' }, 'second_person'],
  ])('is refused with %s', (_, over, field) => {
    expect(fieldRefused(over)).toBe(field);
  });
});
