import { describe, expect, test } from 'vitest';
import type { Block, StateValues } from '../../blocks/block.ts';
import { missingInputs } from '../../page/shell/modals/missing-inputs.ts';

const block = (id: string, rest: Partial<Block> = {}): Block => ({
  type: 'input',
  block_id: id,
  element: { type: 'plain_text_input', action_id: id },
  ...rest,
});
const missing = (blocks: Block[], values: StateValues, drafts: [string, string][] = []) =>
  Object.keys(missingInputs({ blocks, values }, new Map(drafts)));

describe('a form that is sent', () => {
  test('misses required inputs that are empty, blank or were never touched', () => {
    const values = {
      b: { b: { type: 'plain_text_input', value: '  ' } },
      c: { c: { type: 'plain_text_input', value: 'x' } },
    };
    expect(missing([block('a'), block('b'), block('c')], values)).toEqual(['a', 'b']);
  });

  test('does not miss optional inputs or blocks that ask nothing', () => {
    expect(missing([block('a', { optional: true }), { type: 'section', block_id: 's' }], {})).toEqual([]);
  });

  test('believes what was typed a moment ago more than what the sandbox knows', () => {
    const values = { a: { a: { type: 'plain_text_input', value: 'x' } } };
    expect(
      missing([block('a'), block('b')], values, [
        ['a', ''],
        ['b', 'typed'],
      ]),
    ).toEqual(['a']);
  });

  test('counts a choice of nothing as empty', () => {
    const values = {
      a: { a: { type: 'checkboxes', selected_options: [] } },
      b: { b: { type: 'static_select', selected_option: null } },
    };
    expect(missing([block('a'), block('b')], values)).toEqual(['a', 'b']);
  });
});
