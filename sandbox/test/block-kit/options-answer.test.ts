import { describe, expect, it } from 'vitest';
import { validateOptionsAnswer } from '../../block-kit/options-answer.ts';
import { limits } from '../../rules/limits.ts';
import { mrkdwn, option, options, plain } from './builders.ts';

describe('the answer to a search in an external select', () => {
  it('optionsAnswer: holds a hundred options, not more', () => {
    expect(limits.optionsAnswer.value).toBe(100);
    expect(validateOptionsAnswer({ options: options(100) })).toEqual([]);
    expect(validateOptionsAnswer({ options: options(101) })).toEqual([
      expect.objectContaining({ pointer: '/options', constraint: { type: 'max_items', expected: 100, got: 101 } }),
    ]);
  });

  it('may hold nothing, when nothing was found', () => {
    expect(validateOptionsAnswer({ options: [] })).toEqual([]);
    expect(validateOptionsAnswer({ option_groups: [] })).toEqual([]);
  });

  it('is options or groups of them', () => {
    const groups = [{ label: plain('Open'), options: options(2) }];
    expect(validateOptionsAnswer({ option_groups: groups })).toEqual([]);
    expect(validateOptionsAnswer({ option_groups: groups, options: options(2) })).toMatchObject([
      { pointer: '', constraint: { type: 'one_of' } },
    ]);
    expect(validateOptionsAnswer({})).toMatchObject([{ code: 'missing_field', field: 'options', pointer: '' }]);
  });

  it('holds options like any other', () => {
    expect(validateOptionsAnswer({ options: [option('a', { text: mrkdwn() })] })).toMatchObject([
      { pointer: '/options/0/text/type', message: 'unsupported type: mrkdwn' },
    ]);
    expect(validateOptionsAnswer({ options: [{ text: plain() }] })).toMatchObject([
      { code: 'missing_field', field: 'value', pointer: '/options/0' },
    ]);
  });

  it.each([undefined, null, 'options', []])('is an object, not %j', (payload) => {
    expect(validateOptionsAnswer(payload)).toMatchObject([{ code: 'invalid_type', pointer: '' }]);
  });
});
