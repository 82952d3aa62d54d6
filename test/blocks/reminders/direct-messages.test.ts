import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { mrkdwn } from '../../../src/blocks/kit/mrkdwn.ts';
import type { Message } from '../../../src/blocks/kit/parts.ts';
import { comebackMessage } from '../../../src/blocks/proof/comeback-message.ts';
import type { DirectItem } from '../../../src/blocks/reminders/direct-item.ts';
import { assignedNote, formerOwnerMessage, ownershipMessage } from '../../../src/blocks/reminders/ownership-message.ts';
import { reminderMessage } from '../../../src/blocks/reminders/reminder-message.ts';
import { DEFECT_STATES } from '../../../src/domain/vocabulary.ts';

const hostile = fc.oneof(
  fc.constantFrom('', '<!channel> <@U012AB3CD>', '&lt;!here&gt;&amp;', '`*_~ ```', 'e'.repeat(5000), '<'.repeat(3000)),
  fc.string({ unit: 'binary', maxLength: 400 }),
);
const day = fc.constantFrom('2026-11-20', '2026-12-04', '2027-01-02');
const owner = fc.constantFrom('UANA', 'UBEN');
const became = fc.oneof(
  fc.constant({ kind: 'waits' as const }),
  fc.constant({ kind: 'claimed' as const }),
  fc.constant({ kind: 'answered' as const }),
  fc.record({ kind: fc.constant('snoozed' as const), untilOn: day }),
  fc.record({ kind: fc.constant('new_date' as const), dueOn: day }),
  fc.record({ kind: fc.constant('handed_over' as const), ownerId: fc.option(owner) }),
  fc.record({
    kind: fc.constant('closed' as const),
    state: fc.constantFrom('proven', 'risk_accepted', 'dismissed', 'merged'),
  }),
);
const item: fc.Arbitrary<DirectItem> = fc.record({
  ref: fc.record({ programId: fc.constant(7), number: fc.integer({ min: 1, max: 99_999 }) }),
  title: hostile,
  state: fc.constantFrom(...DEFECT_STATES),
  ownerId: fc.option(owner),
  dueOn: fc.option(day),
  reason: fc.constantFrom('failed', 'regressed', 'overdue', 'stalled', 'question', 'due_soon', 'ownership'),
  why: fc.option(hostile),
  criteria: fc.array(
    hostile.map((words) => mrkdwn`${words}`),
    { maxLength: 3 },
  ),
  reader: fc.constantFrom('owner', 'lead'),
  became: became as fc.Arbitrary<DirectItem['became']>,
});
const items = fc.uniqueArray(item, { minLength: 1, maxLength: 15, selector: ({ ref }) => ref.number });
const todayOn = '2026-11-27';

function expectFit(said: Message): void {
  expect(validateSurface('message', said)).toEqual([]);
  expect(said.text.trim()).not.toBe('');
  const acted = JSON.stringify([said.text, said.blocks], (_, value) =>
    value?.type === 'plain_text' ? undefined : value,
  );
  const mentions = (acted.match(/<[@!#][^>]*>/g) ?? []).filter((one) => !/^<@U(ANA|BEN|LEAD)>$/.test(one));
  expect(mentions).toEqual([]);
  expect(JSON.stringify(said)).not.toMatch(/undefined|NaN|\[object/);
}

const hasButtons = (said: Message) => JSON.stringify(said.blocks).includes('"button"');
const runs = { numRuns: 100 };

describe('whatever people type and however much there is', () => {
  it('a reminder fits into a message, mentions only owners, and has no buttons once a newer one has them', () => {
    fc.assert(
      fc.property(items, items, hostile, fc.boolean(), fc.boolean(), (here, there, programName, isAlone, isRetired) => {
        const other = there.map((one) => ({ ...one, ref: { ...one.ref, programId: 8 } }));
        const program = { name: programName, nameFollowsChannel: false, channelId: 'C1' };
        const parts = [{ program, items: here }, ...(isAlone ? [] : [{ program, items: other }])];
        const said = reminderMessage({ todayOn, parts, isFirst: isAlone, isRetired });
        expectFit(said);
        if (isRetired) expect(hasButtons(said)).toBe(false);
      }),
      runs,
    );
  });

  it('what a new owner, a former one and whoever named them are told fits into a message', () => {
    fc.assert(
      fc.property(items, hostile, fc.boolean(), (given, title, flag) => {
        const said = ownershipMessage({ by: 'ULEAD', items: given, todayOn, isRetired: flag });
        expectFit(said);
        if (flag) expect(hasButtons(said)).toBe(false);
        expectFit(formerOwnerMessage({ number: 1, title, by: 'ULEAD', to: flag ? 'UANA' : null }));
        expectFit(assignedNote({ number: 1, title, ownerId: 'UANA', by: flag ? 'UANA' : 'ULEAD' }));
      }),
      runs,
    );
  });

  it('what is told of a fix that did not hold fits into a message', () => {
    fc.assert(
      fc.property(item, fc.boolean(), (one, flag) => {
        const kind = flag ? ('failed' as const) : ('regressed' as const);
        expectFit(comebackMessage({ kind, item: one, failedFixes: 2, todayOn, isRetired: !flag }));
      }),
      runs,
    );
  });
});
