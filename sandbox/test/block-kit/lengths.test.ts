import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../block-kit/validate.ts';
import { textRules } from '../../rules/block-kit-text.ts';
import { expectBoundary } from './boundary.ts';
import {
  actions,
  button,
  card,
  chars,
  input,
  message,
  modal,
  mrkdwn,
  plain,
  richSection,
  richText,
  section,
  text,
  textInput,
  times,
  video,
} from './builders.ts';
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

describe('a limit that holds in several places', () => {
  const confirming = (confirm: object) =>
    message(actions(button({ confirm: { text: plain(), confirm: plain(), deny: plain(), ...confirm } })));
  it.each([
    ['placeholder', 'of an input', 'modal', (n: number) => modal([input(textInput({ placeholder: plain(chars(n)) }))])],
    ['textObject', 'of a description', 'message', (n: number) => message(video({ description: plain(chars(n)) }))],
    ['cardTitle', 'of the title', 'message', (n: number) => message(card({ title: mrkdwn(chars(n)) }))],
    ['confirmButton', 'of the button that agrees', 'message', (n: number) => confirming({ confirm: plain(chars(n)) })],
    [
      'blockId',
      'of rich text',
      'message',
      (n: number) => message({ ...richText(richSection(text())), block_id: chars(n) }),
    ],
  ] as const)('%s %s', (rule, _where, surface, payload) => {
    const { value } = textRules[rule];
    expect(validateSurface(surface, payload(value))).toEqual([]);
    expect(validateSurface(surface, payload(value + 1))).toMatchObject([
      { constraint: { type: 'max_length', expected: value, got: value + 1 } },
    ]);
  });

  it('actionsElements: a card has no more buttons than an actions block', () => {
    const buttons = (n: number) => message(card({ actions: times(n, (index) => button({ action_id: `a${index}` })) }));
    expect(validateSurface('message', buttons(25))).toEqual([]);
    expect(validateSurface('message', buttons(26))).toMatchObject([
      { pointer: '/blocks/0/actions', constraint: { type: 'max_items', expected: 25, got: 26 } },
    ]);
  });
});
