import { expect, it } from 'vitest';
import { needLine } from '../../../src/blocks/digest/need-words.ts';
import type { Need } from '../../../src/domain/digest/needs.ts';

const need: Need = {
  kind: 'regressed',
  number: 4,
  title: 'Refund sent twice',
  personId: 'UANA',
  dueOn: null,
  isOverdue: false,
  budget: null,
};

it.each([
  ['Refund sent twice', '<@UANA>: *D-4* Refund sent twice. It came back: give it a new date.'],
  ['Refund sent twice!', '<@UANA>: *D-4* Refund sent twice. It came back: give it a new date.'],
  [
    'Customer charged twice when the page is reloaded',
    '<@UANA>: *D-4* Customer charged twice when the… It came back: give it a new date.',
  ],
])('the need of a defect called "%s" is one sentence and its next step', (title, said) => {
  expect(String(needLine({ ...need, title }).source)).toBe(said);
});

it.each([
  ['has no date', null, false, 'error budget: set a date.'],
  ['is overdue', '2026-11-25', true, 'error budget and was due 25 Nov: give it a new date.'],
  ['has a date ahead', '2026-12-12', false, 'error budget and is due 12 Dec: is that soon enough?'],
])('a defect that used up an error budget and %s is asked what follows from that', (_case, dueOn, isOverdue, end) => {
  const burner: Need = { ...need, kind: 'over budget', dueOn, isOverdue, budget: { area: 'billing', share: 0.64 } };
  expect(String(needLine(burner).source)).toBe(`<@UANA>: *D-4* Refund sent twice. It used 64 % of billing’s ${end}`);
});
