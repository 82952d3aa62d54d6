import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelWords, parseLabels, selectorOf } from '../../../src/domain/reliability/label-selector.ts';

const matcher = fc.record({
  label: fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/).filter((label) => label !== '__name__'),
  operator: fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const),
  value: fc
    .oneof(
      fc.string({ maxLength: 60, unit: 'grapheme' }),
      fc.constantFrom('a"b', 'a\\b', '\\', '"', '5..|\\d+', '},evil{', '$span'),
    )
    .filter((value) => [...value].every((char) => char >= ' ' && char !== '\u007f') && !/[“”„]/.test(value)),
});

/** What a selector is to a reader of PromQL: quoted strings, and what stands between them. */
function outsideOfStrings(selector: string): string {
  return selector.replace(/"(?:[^"\\]|\\["\\n])*"/g, '""');
}

describe('labels', () => {
  it('are read back as they were written, whatever their values are', () => {
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1, maxLength: 10 }), (labels) => {
        expect(parseLabels(selectorOf(labels))).toEqual({ ok: labels });
        expect(parseLabels(labelWords(labels))).toEqual({ ok: labels });
      }),
    );
  });

  it('of any text end in one selector and in nothing beside it, or in a reason', () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc
        .array(
          fc.constantFrom('a', '="', '"', '\\', '}', '{', '[', '$span', ',', '=~', '#', '\n', ' or vector(1)', '“'),
          {
            maxLength: 30,
          },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const parsed = parseLabels(text);
        if ('bad' in parsed) expect(parsed.bad).toContain('Use labels such as');
        else
          expect(outsideOfStrings(selectorOf(parsed.ok))).toMatch(
            /^\{[a-zA-Z_][a-zA-Z0-9_]*(=|!=|=~|!~)""(,[a-zA-Z_][a-zA-Z0-9_]*(=|!=|=~|!~)"")*\}$/,
          );
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['service="billing"', '{service="billing"}'],
    ['{ service = "billing" , job=~"api|web", }', '{service="billing",job=~"api|web"}'],
    ['service=“billing”', '{service="billing"}'],
    ['path=~"/v\\d+/.*"', '{path=~"/v\\\\d+/.*"}'],
    ['path=~"/v\\\\d+/.*"', '{path=~"/v\\\\d+/.*"}'],
    ['q="say \\"hi\\""', '{q="say \\"hi\\""}'],
  ])('%s is %s', (text, selector) => {
    const parsed = parseLabels(text);
    expect('ok' in parsed ? selectorOf(parsed.ok) : parsed.bad).toBe(selector);
  });

  it.each([
    '',
    '{}',
    'service',
    'service=billing',
    "service='billing'",
    'service="a"}) or vector(1) #',
    'service="a" job="b"',
    '__name__=~".+"',
    'a="x",'.repeat(11),
    `a="${'x'.repeat(201)}"`,
    'a="line\nbreak"',
    '1a="x"',
  ])('%j is none', (text) => {
    expect(parseLabels(text)).toHaveProperty('bad');
  });
});
