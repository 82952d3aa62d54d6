import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, cutText, startOf } from '../../../src/domain/text/clean-text.ts';
import { hostileText } from '../../hostile-text.ts';

const FAMILY = '👩‍👩‍👧‍👦';

describe('a line that was typed or sent', () => {
  it.each([
    ['white space becomes single spaces', '  a\t\r\n b ', 'a b'],
    ['a NUL and other control characters part words', 'a\u0000b\u0007c\u009fd', 'a b c d'],
    ['a lone surrogate becomes the replacement character', 'a\ud800b \udc00', 'a\ufffdb \ufffd'],
    ['an override cannot turn around what follows', 'invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['isolates and embeddings go, closed or not', '\u2067a\u2069 \u202ab\u202c \u2066c', 'a b c'],
    ['spaces without a width go', 'pass\u200bword\ufeff', 'password'],
    ['joiners stay, since emoji and Persian need them', `${FAMILY} می\u200cخواهم`, `${FAMILY} می\u200cخواهم`],
    ['direction marks stay, since they reach no further than themselves', 'a\u200f!', 'a\u200f!'],
    ['nothing visible is nothing', '\u200b\u200d\ufe0f\u3164\u2800\u00ad \u202e', ''],
    ['nothing is nothing', undefined, ''],
  ])('%s', (_, typed, clean) => {
    expect(cleanLine(typed)).toBe(clean);
  });

  it('is cut between graphemes, with an ellipsis in its place', () => {
    expect(cleanLine('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(cleanLine(FAMILY.repeat(3), 20)).toBe(`${FAMILY}…`);
    expect(cleanLine(`x${' '.repeat(90)}y`, 10)).toBe('x…');
    expect(cleanLine('x'.repeat(10), 10)).toBe('x'.repeat(10));
  });
});

describe('a text that was typed or sent', () => {
  it('has its line breaks as newlines, and its tabs', () => {
    expect(cleanText('a\r\nb\rc\u2028d\u0085e\tf\u00a0g\v')).toBe('a\nb\nc\nd\ne\tf g');
  });
});

describe('whatever was typed or sent', () => {
  it('can be stored, fits, and is clean once for all', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 300 }), (typed, limit) => {
        for (const clean of [cleanLine, cleanText]) {
          const text = clean(typed, limit);
          expect(text.isWellFormed() && text.length <= limit && text === text.trim()).toBe(true);
          expect(text).not.toMatch(UNWANTED);
          expect(clean(text, limit)).toBe(text);
        }
        expect(cleanLine(typed, limit)).not.toMatch(/\s\s|\n/);
      }),
    );
  });

  it('is cut without half a character, also where it is one endless grapheme', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 3000 }), (typed, limit) => {
        const text = typed.toWellFormed();
        expect(cutText(text, limit).isWellFormed() && startOf(text, limit).isWellFormed()).toBe(true);
        expect(cutText(text, limit).length).toBeLessThanOrEqual(limit);
        expect(text.startsWith(startOf(text, limit))).toBe(true);
      }),
    );
    expect(cutText(`e${'\u0301'.repeat(2_000)}`, 100)).toBe(`e${'\u0301'.repeat(98)}…`);
  });
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/;
