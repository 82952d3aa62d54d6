import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEEPEST,
  excessIn,
  LONGEST_NUMBER,
  LONGEST_STRING,
  MOST_MEMBERS,
  MOST_VALUES,
} from '../../../src/domain/signals/body-bounds.ts';

const inBytes = (json: string) => excessIn(Buffer.from(json));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const ones = (count: number) => `[${Array.from({ length: count }, () => '1').join(',')}]`;

describe('a body of JSON', () => {
  it('may nest 64 deep, and no deeper', () => {
    expect(inBytes(nested(DEEPEST))).toBeNull();
    expect(inBytes(nested(DEEPEST + 1))).toBe('The body is nested more than 64 deep.');
    expect(inBytes(`{"a":${nested(DEEPEST)}}`)).toBe('The body is nested more than 64 deep.');
    expect(inBytes(`[${Array.from({ length: 200 }, () => nested(10)).join(',')}]`)).toBeNull();
  });

  it('may have 20,000 members in a list or an object, and no more', () => {
    expect(inBytes(ones(MOST_MEMBERS))).toBeNull();
    expect(inBytes(ones(MOST_MEMBERS + 1))).toBe('The body has more than 20000 members in one list or object.');
    const keys = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [i, 1])));
    expect(inBytes(keys(MOST_MEMBERS))).toBeNull();
    expect(inBytes(keys(MOST_MEMBERS + 1))).toContain('members');
  });

  it('may have 100,000 values in all, and no more', () => {
    // The outer list, ten lists in it, and what is in those.
    const tens = (last: number) => `[${[...Array.from({ length: 9 }, () => ones(9_999)), ones(last)].join(',')}]`;
    const before = 1 + 10 + 9 * 9_999;
    expect(inBytes(tens(MOST_VALUES - before))).toBeNull();
    expect(inBytes(tens(MOST_VALUES - before + 1))).toBe('The body has more than 100000 values.');
  });

  it('may have a text of 262,144 bytes, and no longer one', () => {
    expect(inBytes(JSON.stringify({ a: 'x'.repeat(LONGEST_STRING) }))).toBeNull();
    expect(inBytes(JSON.stringify({ a: 'x'.repeat(LONGEST_STRING + 1) }))).toBe(
      'The body has a text of more than 262144 bytes.',
    );
    expect(inBytes(JSON.stringify({ ['k'.repeat(LONGEST_STRING + 1)]: 1 }))).toContain('a text of');
    expect(inBytes(JSON.stringify({ a: '漢'.repeat(LONGEST_STRING / 3 + 1) }))).toContain('a text of');
  });

  it('may have a number of a thousand digits, and no longer one', () => {
    const digits = (count: number) => `{"a": ${'9'.repeat(count)}}`;
    expect(inBytes(digits(LONGEST_NUMBER))).toBeNull();
    expect(inBytes(digits(LONGEST_NUMBER + 1))).toBe('The body has a number of more than 1000 digits.');
    expect(inBytes(`{"a":${' '.repeat(10_000)}1,"b":"${'9'.repeat(10_000)}"}`)).toBeNull();
  });

  it('is not taken for more than it is by what stands in its texts', () => {
    const text = fc.array(fc.constantFrom('[', '{', ',', '"', '\\', '\\"', ':', 'é', '漢'), { maxLength: 300 });
    fc.assert(
      fc.property(text, text, (key, value) => {
        expect(inBytes(JSON.stringify({ [key.join('')]: value.join('') }))).toBeNull();
      }),
    );
    expect(inBytes(JSON.stringify({ a: `${'['.repeat(1_000)}\\` }))).toBeNull();
    expect(inBytes(`{"a":"\\\\","b":${nested(DEEPEST)}}`)).toContain('nested');
  });

  it('of which only a part has come is looked at as far as it goes', () => {
    const whole = JSON.stringify({ a: ['x"y', { b: [1, 2, {}] }] });
    for (let end = 0; end <= whole.length; end += 1) expect(inBytes(whole.slice(0, end))).toBeNull();
    expect(inBytes('['.repeat(1_000_000))).toContain('nested');
    expect(inBytes(`"${'\\"'.repeat(200_000)}`)).toContain('a text of');
  });
});
