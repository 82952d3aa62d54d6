import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeWiki, wikiOf } from '../../../src/domain/trackers/wiki-text.ts';

describe('a text in wiki markup', () => {
  it('has headings, facts and links as Jira renders them', () => {
    const text = wikiOf(
      [
        { kind: 'heading', text: 'D-4 in Burndown' },
        {
          kind: 'facts',
          rows: [
            ['State', 'claimed'],
            ['Area', 'billing'],
          ],
        },
        { kind: 'link', url: 'https://slack.com/app_redirect?team=T1&channel=C1', label: 'Open it' },
      ],
      1000,
    );
    expect(text).toBe(
      '*D\\-4 in Burndown*\n\n* State: claimed\n* Area: billing\n\n[Open it|https://slack.com/app_redirect?team=T1&channel=C1]',
    );
  });

  it.each([
    ['*bold* and _slanted_', '\\*bold\\* and \\_slanted\\_'],
    ['[~ana] look', '\\[\\~ana\\] look'],
    ['{code}rm{code}', '\\{code\\}rm\\{code\\}'],
    ['!picture.png!', '\\!picture.png\\!'],
    ['# one', '\\# one'],
    ['h1. Big', '\\h1. Big'],
    ['see https://example.com/a_b*c', 'see https://example.com/a_b*c'],
    ['plain words, 3 of 4', 'plain words, 3 of 4'],
  ])('says %s as it was typed', (typed, written) => {
    expect(escapeWiki(typed)).toBe(written);
  });

  it('lets nobody plant a marker, whatever they type', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = wikiOf([{ kind: 'paragraph', text: `${before}{{burndown:m-1}}${after}` }], 10_000);
        return !text.includes('{{burndown:m-1}}');
      }),
    );
  });
});
