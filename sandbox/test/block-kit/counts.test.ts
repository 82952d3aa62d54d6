import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import { countRules } from '../../rules/block-kit-counts.ts';
import { expectBoundary } from './boundary.ts';
import { actions, chars, divider, message, modal, option, options, plain, select, times } from './builders.ts';
import { type Maximum, maxima } from './maximum-fixtures.ts';
import { type Minimum, minima } from './minimum-fixtures.ts';

/** Where one more is reported in several places, because every series and row has it. */
const reportedElsewhereToo = ['chartPoints', 'dataTableCells'];

describe('the greatest number is taken, one more is refused', () => {
  it.each(Object.entries(maxima).filter(([name]) => !reportedElsewhereToo.includes(name)))('%s', (name, boundary) => {
    expectBoundary(countRules[name as Maximum].value, boundary, 1);
  });

  it.each(reportedElsewhereToo)('%s', (name) => {
    const { limit, payload, pointer, type } = maxima[name as Maximum];
    expect(countRules[name as Maximum].value).toBe(limit);
    expect(validateSurface('message', payload(limit))).toEqual([]);
    expect(validateSurface('message', payload(limit + 1))).toContainEqual(
      expect.objectContaining({ pointer, constraint: { type, expected: limit, got: limit + 1 } }),
    );
  });
});

describe('the least number is taken, one less is refused', () => {
  it.each(Object.entries(minima))('%s', (name, boundary) => {
    expectBoundary(countRules[name as Minimum].value, boundary, -1);
  });
});

describe('numbers', () => {
  it('viewBlocks: a modal holds as many blocks as a Home tab', () => {
    expect(validateSurface('modal', modal(times(100, divider)))).toEqual([]);
    expect(validateSurface('modal', modal(times(101, divider)))).toMatchObject([{ pointer: '/blocks' }]);
  });

  it('selectOptions: a group holds as many options as a select', () => {
    const grouped = (n: number) =>
      message(actions({ type: 'static_select', option_groups: [{ label: plain('Group'), options: options(n) }] }));
    expect(validateSurface('message', grouped(100))).toEqual([]);
    expect(validateSurface('message', grouped(101))).toMatchObject([
      { pointer: '/blocks/0/elements/0/option_groups/0/options', constraint: { type: 'max_items', expected: 100 } },
    ]);
  });

  it('choiceOptions: checkboxes hold as many options as radio buttons', () => {
    expect(validateSurface('message', message(actions({ type: 'checkboxes', options: options(10) })))).toEqual([]);
    expect(validateSurface('message', message(actions({ type: 'checkboxes', options: options(11) })))).toMatchObject([
      { pointer: '/blocks/0/elements/0/options' },
    ]);
  });

  it.each([
    [1_000_000_000, 9_999_999_999, 10_000_000_000, 'maximum'],
    [9_999_999_999, 1_000_000_000, 999_999_999, 'minimum'],
  ])('dateTimeDigits: a moment has ten digits (%d, %d, not %d)', (one, other, wrong, type) => {
    const at = (moment: number) => message(actions({ type: 'datetimepicker', initial_date_time: moment }));
    expect(countRules.dateTimeDigits.value).toBe(10);
    expect(validateSurface('message', at(one))).toEqual([]);
    expect(validateSurface('message', at(other))).toEqual([]);
    expect(validateSurface('message', at(wrong))).toMatchObject([
      { pointer: '/blocks/0/elements/0/initial_date_time', constraint: { type } },
    ]);
  });

  it('slackFileId: an id is an F and eight capitals or digits or more', () => {
    const of = (id: string) => message({ type: 'image', slack_file: { id }, alt_text: 'A chart' });
    expect(validateSurface('message', of('F0123ABCD'))).toEqual([]);
    for (const id of ['F0123ABC', 'f0123abcd', 'C0123ABCD', 'F0123ABCDé']) {
      expect(validateSurface('message', of(id))).toEqual([
        {
          code: 'failed_constraint',
          message: 'input must match regex pattern: ^[F][A-Z0-9]{8,}$',
          pointer: '/blocks/0/slack_file/id',
          constraint: { type: 'pattern', expected: '^[F][A-Z0-9]{8,}$', got: id },
        },
      ]);
    }
  });

  it('optionValue: an option of a group counts like any other', () => {
    expect(validateSurface('message', message(actions(select({ options: [option(chars(151))] }))))).toMatchObject([
      { pointer: '/blocks/0/elements/0/options/0/value' },
    ]);
  });
});
