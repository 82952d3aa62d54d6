import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { textRules } from '../../../sandbox/rules/block-kit-text.ts';
import { expectBoundary } from './boundary.ts';
import { chars, message, mrkdwn, plain, section } from './builders.ts';
import { type LengthRule, lengths } from './length-fixtures.ts';

describe('text of the greatest length is taken, one character more is refused', () => {
  it.each(Object.entries(lengths))('%s', (name, length) => {
    const type = name === 'markdownText' ? 'max_markdown_text' : 'max_length';
    expectBoundary(textRules[name as LengthRule].value, { ...length, type }, 1);
  });
});

describe('text', () => {
  it('textObjectMin: an empty text object is refused', () => {
    expectBoundary(
      textRules.textObjectMin.value,
      {
        limit: 1,
        payload: (n) => message(section({ text: mrkdwn(chars(n)) })),
        pointer: '/blocks/0/text/text',
        type: 'min_length',
      },
      -1,
    );
  });

  it('lengthUnit: an emoji counts as the two UTF-16 units that it is', () => {
    expect(textRules.lengthUnit.value).toBe('utf-16');
    expect(validateSurface('message', message({ type: 'header', text: plain('🚀'.repeat(75)) }))).toEqual([]);
    expect(validateSurface('message', message({ type: 'header', text: plain('🚀'.repeat(76)) }))).toEqual([
      expect.objectContaining({ pointer: '/blocks/0/text/text', message: 'must be less than 151 characters' }),
    ]);
  });

  it('markdownText: one markdown block alone is held to the same limit', () => {
    const [violation] = validateSurface('message', [{ type: 'markdown', text: chars(12001) }]);
    expect(violation).toMatchObject({ pointer: '/0/text', constraint: { type: 'max_length', expected: 12000 } });
  });
});
