import { describe, expect, it } from 'vitest';
import { afterTrouble } from '../../../src/domain/trackers/after-trouble.ts';
import { defectInLabels } from '../../../src/domain/trackers/defect-in-labels.ts';
import { planReopening, REOPENINGS } from '../../../src/domain/trackers/reopening.ts';
import { planTaking } from '../../../src/domain/trackers/take-status.ts';
import { statusOf, TICKET_STATUSES } from '../../../src/domain/trackers/ticket-status.ts';
import { DEFECT_STATES, type DefectState } from '../../../src/domain/vocabulary.ts';

const DAY_MS = 86_400_000;
const defect = (state: DefectState, failedFixes = 0, criteriaCount = 1) => ({ state, failedFixes, criteriaCount });

describe('what a changed ticket means for its defect', () => {
  /** Written out, so that nothing is decided that nobody has thought of. */
  const MEANS: Record<DefectState, readonly string[]> = {
    new: ['nothing', 'accept_first', 'set_aside', 'merge'],
    accepted: ['nothing', 'claim', 'set_aside', 'merge'],
    claimed: ['take_claim_back', 'nothing', 'set_aside', 'merge'],
    proven: ['seen_again', 'nothing', 'nothing', 'nothing'],
    risk_accepted: ['reopen', 'nothing', 'nothing', 'nothing'],
    dismissed: ['reopen', 'nothing', 'nothing', 'nothing'],
    merged: ['nothing', 'nothing', 'nothing', 'nothing'],
  };
  it.each(DEFECT_STATES)('for one that is %s', (state) => {
    const taken = TICKET_STATUSES.map((status) => planTaking(status, defect(state)));
    expect(taken.map((one) => (one.kind === 'ask' ? one.question : one.kind))).toEqual(MEANS[state]);
  });

  it('is asked of the owner after two failed fixes, or where nothing says what must hold', () => {
    expect(planTaking('done', defect('accepted', 1))).toEqual({ kind: 'claim' });
    expect(planTaking('done', defect('accepted', 2))).toEqual({ kind: 'ask', question: 'claim' });
    expect(planTaking('done', defect('accepted', 0, 0))).toEqual({ kind: 'ask', question: 'claim' });
  });
});

it('claimed and proven are both done to a tracker, and only what is open is open', () => {
  expect(DEFECT_STATES.filter((state) => statusOf(state) === 'done')).toEqual(['claimed', 'proven']);
  expect(DEFECT_STATES.filter((state) => statusOf(state) === 'open')).toEqual(['new', 'accepted']);
});

describe('the ticket of a defect that came back', () => {
  const at = new Date('2026-11-01T00:00:00Z');
  const later = (days: number) => new Date(at.getTime() + days * DAY_MS);
  const done = { status: 'done', statusAt: at, by: 'data' } as const;

  it('is opened again while it is young, and left alone after that', () => {
    const policy = { reopening: 'reopen', reopenDays: 14 } as const;
    expect(planReopening(policy, done, later(13.9))).toBe('reopen');
    expect(planReopening(policy, done, later(14))).toBe('leave');
  });

  it.each(REOPENINGS)(
    'is never opened again where a person closed it as not planned, with the policy %s',
    (reopening) => {
      const policy = { reopening, reopenDays: 14 };
      expect(planReopening(policy, { status: 'not_planned', statusAt: at, by: 'data' }, later(1))).toBe('leave');
    },
  );

  it('is opened again where a person accepted the defect since, however it was closed, as the program wants it', () => {
    const closed = { status: 'not_planned', statusAt: at, by: 'person' } as const;
    const policy = { reopening: 'reopen', reopenDays: 14 } as const;
    expect(planReopening(policy, closed, later(1))).toBe('reopen');
    expect(planReopening({ ...policy, reopening: 'comment' }, closed, later(1))).toBe('leave');
  });

  it('is left or followed by a new one where the program wants that, whatever its age', () => {
    expect(planReopening({ reopening: 'comment', reopenDays: 14 }, done, later(1))).toBe('leave');
    expect(planReopening({ reopening: 'new_ticket', reopenDays: 14 }, done, later(99))).toBe('new_ticket');
  });
});

describe('after a tracker did not do something', () => {
  it('a limit holds the whole tracker as long as it asked, or a minute', () => {
    expect(afterTrouble({ kind: 'limited', afterMs: 4_000 }, 1, 0)).toMatchObject({ holdMs: 4_000, words: null });
    expect(afterTrouble({ kind: 'limited', afterMs: 4_000 }, 1, 1)).toMatchObject({ holdMs: 5_000 });
    expect(afterTrouble({ kind: 'limited', afterMs: null }, 1, 0)).toMatchObject({ holdMs: 60_000 });
  });

  it('what was lost is tried again, later each time, and at last every half a minute', () => {
    const after = [0, 1, 2, 29].map((before) => afterTrouble({ kind: 'lost' }, before, 1));
    expect(after.map(({ waitMs }) => waitMs)).toEqual([1_000, 2_000, 4_000, 30_000]);
    expect(after.map(({ attempts }) => attempts)).toEqual([1, 2, 3, 30]);
  });

  it('neither a limit nor what is known to take its time counts as one more failure', () => {
    expect(afterTrouble({ kind: 'limited', afterMs: 0 }, 5, 0)).toMatchObject({ attempts: 5 });
    expect(afterTrouble({ kind: 'later', afterMs: 40_000 }, 5, 0)).toMatchObject({ attempts: 5, waitMs: 40_000 });
    expect(afterTrouble({ kind: 'later' }, 5, 0)).toMatchObject({ attempts: 6 });
  });

  it('what was refused or is gone waits a day, and a person is told', () => {
    expect(afterTrouble({ kind: 'refused', words: 'Do this.' }, 1, 0)).toMatchObject({
      waitMs: DAY_MS,
      words: 'Do this.',
    });
    expect(afterTrouble({ kind: 'missing' }, 1, 0).words).toContain('deleted or moved');
  });
});

it.each([
  [['D-42'], 42],
  [['bug', ' d-7 '], 7],
  [['D-42', 'd-42'], 42],
  [['D-42', 'D-43'], null],
  [['D-0', 'D42', 'xD-1', 'D-99999999999'], null],
  [[], null],
])('the labels %j name the defect %s', (labels, number) => {
  expect(defectInLabels(labels)).toBe(number);
});
