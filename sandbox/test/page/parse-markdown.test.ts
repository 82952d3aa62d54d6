import { describe, expect, test } from 'vitest';
import { parseMarkdown, parseMarkdownInline } from '../../page/text/parse-markdown.ts';
import type { Inline } from '../../page/text/parse-mrkdwn.ts';

const text = (value: string): Inline => ({ type: 'text', text: value });

describe('a markdown block', () => {
  test('reads headings, paragraphs, lists, tasks, quotes, code, rules and tables', () => {
    const blocks = parseMarkdown(
      '# Title\nfirst\nsecond\n\n- one\n  - inner\n- [x] done\n\n1. step\n\n> said\n\n```ts\nconst a = 1;\n```\n---\n| a | b |\n|---|--:|\n| 1 | 2 |\nafter',
    );
    expect(blocks.map((block) => block.type)).toEqual([
      'heading',
      'paragraph',
      'list',
      'list',
      'quote',
      'pre',
      'rule',
      'table',
      'paragraph',
    ]);
    expect(blocks[2]).toMatchObject({ ordered: false, items: [{ indent: 0 }, { indent: 1 }, { checked: true }] });
    expect(blocks[5]).toEqual({ type: 'pre', text: 'const a = 1;' });
    expect(blocks[7]).toMatchObject({ head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] });
  });

  test.each<[string, Inline[]]>([
    ['**bold**', [{ type: 'bold', children: [text('bold')] }]],
    ['*slanted*', [{ type: 'italic', children: [text('slanted')] }]],
    ['~~gone~~', [{ type: 'strike', children: [text('gone')] }]],
    ['[site](https://a.example)', [{ type: 'link', url: 'https://a.example', label: 'site' }]],
    ['[site](javascript:alert)', [text('[site](javascript:alert)')]],
    ['\\*kept\\*', [text('*'), text('kept'), text('*')]],
    ['`**raw**`', [{ type: 'code', text: '**raw**' }]],
    ['snake_case_name', [text('snake_case_name')]],
  ])('%j', (line, nodes) => {
    expect(parseMarkdownInline(line)).toEqual(nodes);
  });

  test('code that is never closed runs to the end', () => {
    expect(parseMarkdown('```\na\nb')).toEqual([{ type: 'pre', text: 'a\nb' }]);
  });
});
