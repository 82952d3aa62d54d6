import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { mergeModal, splitModal } from '../../../src/blocks/grouping/regroup-modals.ts';
import { defectRefValue, parseDefectRef } from '../../../src/blocks/kit/defect-ref.ts';
import { mrkdwn } from '../../../src/blocks/kit/mrkdwn.ts';
import { claimModal } from '../../../src/blocks/proof/claim-modal.ts';
import { type ChoosableItem, decideSeveralModal } from '../../../src/blocks/triage/decide-several.ts';
import { answerModal, decidedModal, reasonModal } from '../../../src/blocks/triage/decision-modals.ts';
import { newDatesModal } from '../../../src/blocks/triage/overdue-item.ts';
import { acceptModal, recommitModal } from '../../../src/blocks/triage/promise-modals.ts';
import { DUE_SPANS, dueAfter } from '../../../src/domain/defects/default-due.ts';
import type { Criterion } from '../../../src/domain/proof/criteria.ts';
import { ESCAPES, FIX_KINDS } from '../../../src/domain/vocabulary.ts';
import { commandsIn, typed } from '../hostile.ts';

const person = fc.constantFrom('UANA', 'UBEN');
const whoever = fc.oneof(person, typed);
const defect = fc.record({
  ref: fc.record({ programId: fc.nat(), number: fc.nat(), triageId: fc.option(fc.nat(), { nil: undefined }) }),
  title: typed,
});
const criterion: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record({ kind: fc.constant('max_reports' as const), limit: fc.nat() }),
  fc.record({ kind: fc.constant('second_person' as const), userId: whoever }),
  fc.record({ kind: fc.constant('link' as const), what: typed }),
);
const promise = {
  defect,
  ownerId: fc.option(whoever),
  dueOn: fc.constantFrom('2026-12-04', '2199-12-31'),
  criteria: fc.array(criterion, { maxLength: 5 }),
  windowDays: fc.option(fc.nat(60)),
  escapedBy: fc.option(fc.constantFrom(...ESCAPES)),
  isWhole: fc.boolean(),
};
const places = fc.array(fc.record({ id: fc.nat(), place: typed, mayCreate: fc.boolean() }), { maxLength: 10 });
const CALENDAR = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: [] };
const LATER = Object.fromEntries(DUE_SPANS.map((span) => [span, dueAfter(span, '2026-11-23', CALENDAR)])) as Record<
  (typeof DUE_SPANS)[number],
  string
>;

const report = fc.record({ id: fc.nat(), title: typed, seen: typed });

const forms = {
  accept: fc.record({ ...promise, places }).map(acceptModal),
  recommit: fc.record(promise).map(recommitModal),
  reason: fc
    .tuple(defect, fc.constantFrom('accept_risk', 'dismiss', 'defer', 'need_info'))
    .map(([one, kind]) => reasonModal(one, kind)),
  merge: defect.map(mergeModal),
  split: fc
    .tuple(defect, fc.uniqueArray(report, { minLength: 2, maxLength: 140, selector: ({ id }) => id }))
    .map(([one, reports]) => splitModal(one, reports)),
  claim: fc
    .record({
      defect,
      now: fc.constant(new Date('2026-11-23T09:00:00Z')),
      keepingNote: fc.option(typed),
      fixKind: fc.option(fc.constantFrom(...FIX_KINDS)),
      failedFixes: fc.nat(5),
      missing: fc.record({ escape: fc.boolean(), proof: fc.boolean() }),
    })
    .map(claimModal),
  answer: fc.tuple(defect, person, typed).map(([one, askedBy, words]) => answerModal(one, { askedBy, words })),
  notice: fc
    .record({
      ...{ ref: fc.constant({ programId: 7, number: 42, triageId: 19 }), title: typed },
      by: person,
      at: fc.constant(new Date(0)),
      outcome: typed.map((text) => mrkdwn`${text}`),
    })
    .map((earlier) => decidedModal(earlier, new Date(0))),
  several: fc
    .uniqueArray(
      fc.record({
        ...{ number: fc.integer({ min: 1, max: 9_999 }), title: typed, dueOn: fc.constant('2026-12-04') },
        state: fc.constantFrom('new', 'accepted', 'claimed'),
        suggestion: fc.constantFrom('accept', 'recommit', 'defer'),
        owner: fc.option(fc.record({ id: person, name: typed })),
      }),
      { minLength: 1, maxLength: 30, selector: ({ number }) => number },
    )
    .map((items) => decideSeveralModal(items as ChoosableItem[], '7.19')),
  'new dates': fc
    .uniqueArray(
      fc.record({
        ...{ number: fc.integer({ min: 1, max: 9_999 }), title: typed, ownerId: fc.option(person) },
        dueOn: fc.constant('2026-11-20'),
        usual: fc.constantFrom(...DUE_SPANS),
        dueAfter: fc.constant(LATER),
      }),
      { minLength: 1, maxLength: 120, selector: ({ number }) => number },
    )
    .map((defects) => newDatesModal(defects, '7.19')),
};

describe.each(Object.entries(forms))('the form: %s', (_, any) => {
  it('fits Slack from empty to far too much', () => {
    const fits = fc.property(any, (view) => {
      expect(validateSurface('modal', view)).toEqual([]);
    });
    fc.assert(fits, { numRuns: 120 });
  });

  it('mentions only whom it means, whatever people typed', () => {
    const mentions = fc.property(any, (view) => {
      expect(commandsIn(view).filter((one) => one !== '<@UANA>' && one !== '<@UBEN>')).toEqual([]);
    });
    fc.assert(mentions, { numRuns: 120 });
  });
});

describe('the claim form', () => {
  const asked = (failedFixes: number) =>
    claimModal({
      defect: { ref: { number: 1 }, title: 'Webhook' },
      now: new Date(0),
      keepingNote: null,
      fixKind: null,
      failedFixes,
      missing: { escape: false, proof: false },
    }).blocks.map(({ block_id }) => block_id);

  it.each([
    [0, false],
    [1, false],
    [2, true],
  ])('asks after %i failed fixes for a root cause and a second person: %s', (failedFixes, isAsked) => {
    expect([asked(failedFixes).includes('root_cause'), asked(failedFixes).includes('approver')]).toEqual([
      isAsked,
      isAsked,
    ]);
  });
});

it('a form of a claim begins with what was said of the fix before, and empty where only a release or a ticket has claimed it', () => {
  const keeping = (fixKind: 'code' | null) => {
    const form = claimModal({
      ...{ defect: { ref: { number: 1 }, title: 'Webhook' }, now: new Date(0), failedFixes: 1 },
      ...{ keepingNote: 'A note', fixKind, missing: { escape: false, proof: false } },
    });
    return JSON.stringify(form).includes('A note');
  };
  expect([keeping('code'), keeping(null)]).toEqual([true, false]);
});

describe('the form of an acceptance', () => {
  const accept = {
    defect: { ref: { number: 1 }, title: 'Webhook' },
    ...{ ownerId: 'UANA', dueOn: '2026-12-04', criteria: [], windowDays: 9, escapedBy: null },
  };
  const inputsOf = (isWhole: boolean) =>
    acceptModal({ ...accept, isWhole, places: [] }).blocks.flatMap((block) =>
      block.type === 'input' ? [block.block_id] : [],
    );

  it('asks for a ticket only where the program has a tracker, and offers to make one only where one may be made', () => {
    const asked = (mayCreate: boolean) =>
      acceptModal({ ...accept, isWhole: false, places: [{ id: 1, place: 'acme/api', mayCreate }] }).blocks.flatMap(
        (block) => (block.type === 'input' ? [block.block_id] : []),
      );
    expect(asked(true)).toEqual(['owner', 'due', 'ticket', 'tracker']);
    expect(asked(false)).toEqual(['owner', 'due', 'ticket']);
  });

  it('asks who and until when, and says how a fix will be judged', () => {
    expect(inputsOf(false)).toEqual(['owner', 'due']);
    const words = JSON.stringify(acceptModal({ ...accept, isWhole: false, places: [] }));
    expect(words).toContain('*How a fix will be judged:* no report in about 9 days.');
    expect(words).toContain('judge_fix');
  });

  it('asks for the rest once somebody wants to change it', () => {
    expect(inputsOf(true)).toEqual(['owner', 'due', 'limit', 'metric', 'second_person', 'link', 'escape']);
  });
});

describe('the value of a button', () => {
  it('is read as it was written', () => {
    const ref = fc.oneof(
      fc.record({ number: fc.nat() }),
      fc.record({ programId: fc.nat(), number: fc.nat(), triageId: fc.option(fc.nat(), { nil: undefined }) }),
    );
    const isRead = fc.property(ref, (one) => {
      expect(parseDefectRef(defectRefValue(one))).toEqual(one);
    });
    fc.assert(isRead);
  });

  it.each(['', 'x', '1.2.3.4', '-1', '1.', '.1', '1e3', '1 2', '9'.repeat(16), '7.42;drop', '٤٢'])(
    'is refused as %j',
    (value) => {
      expect(parseDefectRef(value)).toBeNull();
    },
  );
});
