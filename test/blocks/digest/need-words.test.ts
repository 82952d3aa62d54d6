import { expect, it } from 'vitest';
import { needLine } from '../../../src/blocks/digest/need-words.ts';
import type { Need } from '../../../src/domain/digest/needs.ts';

const need: Need = {
  kind: 'regressed',
  number: 4,
  title: 'Refund sent twice',
  personId: 'UANA',
  dueOn: null,
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
