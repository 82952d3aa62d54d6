import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Inline, parseInline, parseMrkdwn, type TextBlock } from '../../page/text/parse-mrkdwn.ts';

const text = (value: string): Inline => ({ type: 'text', text: value });
const bold = (value: string): Inline => ({ type: 'bold', children: [text(value)] });

function everyNode(blocks: TextBlock[]): Inline[] {
  const deep = (nodes: Inline[]): Inline[] =>
    nodes.flatMap((node) => ('children' in node ? [node, ...deep(node.children)] : [node]));
  return blocks.flatMap((block) => {
    if (block.type === 'pre') return [];
    return block.type === 'list' ? block.items.flatMap((item) => deep(item.content)) : block.lines.flatMap(deep);
  });
}

describe('a line of mrkdwn', () => {
  test.each<[string, Inline[]]>([
    ['plain words', [text('plain words')]],
    ['*bold* words', [bold('bold'), text(' words')]],
    ['(*bold*)', [text('('), bold('bold'), text(')')]],
    ['2*3*4 = 24', [text('2*3*4 = 24')]],
    ['a * b * c', [text('a * b * c')]],
    ['snake_case_name', [text('snake_case_name')]],
    ['*open and never closed', [text('*open and never closed')]],
    ['_~both~_', [{ type: 'italic', children: [{ type: 'strike', children: [text('both')] }] }]],
    ['`*not bold*`', [{ type: 'code', text: '*not bold*' }]],
    ['*see `a*b` here*', [{ type: 'bold', children: [text('see '), { type: 'code', text: 'a*b' }, text(' here')] }]],
    ['``', [text('``')]],
    ['a &lt;b&gt; &amp;amp;', [text('a <b> &amp;')]],
    [
      '<https://a.example/x?a=1&amp;b=2|the page>',
      [{ type: 'link', url: 'https://a.example/x?a=1&b=2', label: 'the page' }],
    ],
    ['<javascript:alert(1)|click>', [text('<javascript:alert(1)|click>')]],
    ['<data:text/html,x>', [text('<data:text/html,x>')]],
    ['<@U123>', [{ type: 'user', id: 'U123', label: undefined }]],
    ['<@U123|ana>', [{ type: 'user', id: 'U123', label: 'ana' }]],
    ['<#C123|general>', [{ type: 'channel', id: 'C123', label: 'general' }]],
    ['<!here>', [{ type: 'broadcast', range: 'here' }]],
    ['<!subteam^S1|@crew>', [{ type: 'usergroup', id: 'S1', label: '@crew' }]],
    [
      '<!date^1392734382^{date} at {time}|then>',
      [{ type: 'date', seconds: 1392734382, format: '{date} at {time}', url: undefined, fallback: 'then' }],
    ],
    ['<!date^soon^{date}|then>', [text('then')]],
    [':eyes: 10:30:15', [{ type: 'emoji', name: 'eyes' }, text(' 10'), { type: 'emoji', name: '30' }, text('15')]],
    ['<unclosed', [text('<unclosed')]],
    ['', []],
  ])('%j', (line, nodes) => {
    expect(parseInline(line)).toEqual(nodes);
  });
});

describe('a text of many lines', () => {
  test('keeps quotes, code blocks and typed lists apart from plain lines', () => {
    const blocks = parseMrkdwn('before\n&gt; quoted\n> too\n```\nlet *x* = 1;\n```\nafter\n• one\n  • inner\n2. two');
    expect(blocks.map((block) => block.type)).toEqual(['lines', 'quote', 'pre', 'lines', 'list']);
    expect(blocks[2]).toEqual({ type: 'pre', text: 'let *x* = 1;' });
    expect(blocks[4]).toMatchObject({
      items: [
        { marker: '•', indent: 0 },
        { marker: '•', indent: 1 },
        { marker: '2.', indent: 0 },
      ],
    });
  });

  test('a code block that is never closed stays text', () => {
    expect(everyNode(parseMrkdwn('a ```b')).every((node) => node.type === 'text')).toBe(true);
  });

  test('what a person typed, once escaped, mentions nobody and links nowhere', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('<!channel>', '<@U1>', '<https://x.example|y>', '<!date^1^{date}|z>', ''),
        (words, attack) => {
          const escaped = `${words}${attack}${words}`
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;');
          const kinds = new Set(everyNode(parseMrkdwn(escaped)).map((node) => node.type));
          for (const kind of ['user', 'channel', 'usergroup', 'broadcast', 'date', 'link'] as const)
            expect(kinds).not.toContain(kind);
        },
      ),
    );
  });

  test('no link leads anywhere but to the web, mail or a phone', () => {
    fc.assert(
      fc.property(fc.string(), (target) => {
        for (const node of everyNode(parseMrkdwn(`<${target}|x>`))) {
          if (node.type === 'link') expect(node.url).toMatch(/^(https?:\/\/|mailto:|tel:)/i);
        }
      }),
    );
  });

  test('twelve thousand marks are read in a blink', () => {
    const before = process.threadCpuUsage();
    for (const mark of ['*a ', '_a ', '<', '`', '> ', ':a']) parseMrkdwn(mark.repeat(4000));
    expect(process.threadCpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
