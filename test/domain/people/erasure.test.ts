import { expect, it } from 'vitest';
import { addressesOf, pseudonymOf, quotesAny } from '../../../src/domain/people/erasure.ts';

it('a pseudonym is never a Slack user id', () => {
  expect(pseudonymOf('ABCDEF01-2345')).toBe('somebody-abcdef01');
});

it('a note keeps its addresses and none of its words', () => {
  expect(addressesOf('I wrote https://ci.example/a?b=1 and <http://x.example|that>')).toBe(
    'Words erased https://ci.example/a?b=1 http://x.example',
  );
  expect(addressesOf('Nothing but words')).toBe('Words erased');
});

it('a text that quotes is known by the beginning of the words, escaped or cut', () => {
  const typed = ['', '  ', 'A <b> & c and a long rest of words'];
  expect(quotesAny('D-1 A &lt;b&gt; &amp; c and a long re…', typed)).toBe(true);
  expect(quotesAny('D-1 A <b> & c', typed)).toBe(false);
  expect(quotesAny('anything else', typed)).toBe(false);
});
