import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trigramSimilarity, trigrams } from '../../../src/domain/grouping/trigrams.ts';
import { countWords, splitWords } from '../../../src/domain/grouping/words.ts';

describe('the words of a text', () => {
  it.each([
    [
      'punctuation parts words',
      'POST /v1/charges: 402 (card_declined)',
      ['post', 'v1', 'charges', '402', 'card', 'declined'],
    ],
    [
      'a name in camelCase gives its parts and itself',
      'ImagePullBackOff',
      ['image', 'pull', 'back', 'off', 'imagepullbackoff'],
    ],
    ['an abbreviation stays one word', 'GKE API', ['gke', 'api']],
    ['an apostrophe does not part a word', "doesn't / doesn’t", ['doesnt', 'doesnt']],
    ['wide and joined letters are the plain ones', 'ﬁle ＷＥＢ', ['file', 'web']],
    ['letters with marks stay whole', 'Größe naïve', ['größe', 'naïve']],
    ['a script without spaces gives pairs', '支払い失敗', ['支払', '払い', 'い失', '失敗']],
    ['emoji are no words', '🔥 fails 🔥', ['fails']],
    ['nothing has no words', ' \n', []],
  ])('%s', (_, text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('are at most a thousand, each of at most 64 characters, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (text) => {
        const words = splitWords(text.repeat(10));
        expect(words.length).toBeLessThanOrEqual(1_000);
        for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]{1,64}$/u);
      }),
    );
  });

  it('are counted by field', () => {
    expect(countWords('sync fails', 'the sync stopped')).toEqual(
      new Map([
        ['sync', { title: 1, description: 1 }],
        ['fails', { title: 1, description: 0 }],
        ['the', { title: 0, description: 1 }],
        ['stopped', { title: 0, description: 1 }],
      ]),
    );
  });
});

describe('the similarity of titles by trigrams', () => {
  const similarity = (a: string, b: string) => trigramSimilarity(trigrams(splitWords(a)), trigrams(splitWords(b)));

  it.each([
    // As PostgreSQL answers: select similarity('word', 'two words') and so on.
    ['word', 'two words', 0.363636],
    ['webhook times out', 'webhook timed out', 0.8],
    ['same', 'same', 1],
    ['one', 'xyz', 0],
    ['', '', 0],
  ])('%s / %s', (a, b, expected) => {
    expect(similarity(a, b)).toBeCloseTo(expected, 5);
    expect(similarity(b, a)).toBe(similarity(a, b));
  });
});
