import { useMemo } from 'preact/hooks';
import { ScrollRegion } from '../shell/kit/scroll-region.tsx';
import { InlineText } from './inline.tsx';
import { Lines } from './mrkdwn.tsx';
import { type MarkdownBlock, parseMarkdown } from './parse-markdown.ts';

export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div class="text markdown">
      {blocks.map((block, index) => (
        <Piece key={index} block={block} />
      ))}
    </div>
  );
}

function Piece({ block }: { block: MarkdownBlock }) {
  switch (block.type) {
    case 'heading':
      return (
        <p class={`md-heading md-heading-${Math.min(block.level, 4)}`}>
          <InlineText nodes={block.content} />
        </p>
      );
    case 'paragraph':
      return (
        <div class="md-paragraph">
          <Lines lines={block.lines} />
        </div>
      );
    case 'quote':
      return (
        <blockquote>
          <Lines lines={block.lines} />
        </blockquote>
      );
    case 'pre':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'list':
      return <List ordered={block.ordered} items={block.items} />;
    case 'table':
      return (
        <ScrollRegion className="table-scroll" label="Table" small>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index} scope="col">
                    <InlineText nodes={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>
                      <InlineText nodes={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      );
  }
}

type ListProps = Pick<Extract<MarkdownBlock, { type: 'list' }>, 'ordered' | 'items'>;

function List({ ordered, items }: ListProps) {
  const Tag = ordered ? 'ol' : 'ul';
  return (
    <Tag class="rich-list">
      {items.map((item, index) => (
        <li key={index} style={{ marginInlineStart: `${item.indent * 1.25}em` }}>
          {item.checked === undefined ? null : <span class="task-mark">{item.checked ? '☑ ' : '☐ '}</span>}
          <InlineText nodes={item.content} />
        </li>
      ))}
    </Tag>
  );
}
