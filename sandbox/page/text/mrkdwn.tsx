import { useMemo } from 'preact/hooks';
import { emojiGlyph } from '../../messages/emoji.ts';
import { InlineText } from './inline.tsx';
import { type Inline, parseMrkdwn, type TextBlock } from './parse-mrkdwn.ts';

export function Mrkdwn({ text }: { text: string }) {
  const blocks = useMemo(() => parseMrkdwn(text), [text]);
  return (
    <div class="text">
      {blocks.map((block, index) => (
        <MrkdwnBlock key={index} block={block} />
      ))}
    </div>
  );
}

function MrkdwnBlock({ block }: { block: TextBlock }) {
  switch (block.type) {
    case 'pre':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote>
          <Lines lines={block.lines} />
        </blockquote>
      );
    case 'list':
      return (
        <div class="typed-list">
          {block.items.map((item, index) => (
            <div key={index} class="typed-item" style={{ marginInlineStart: `${item.indent * 1.25}em` }}>
              <span class="typed-marker">{item.marker}</span>
              <span>
                <InlineText nodes={item.content} />
              </span>
            </div>
          ))}
        </div>
      );
    case 'lines':
      return (
        <div class="lines">
          <Lines lines={block.lines} />
        </div>
      );
  }
}

export function Lines({ lines }: { lines: Inline[][] }) {
  return lines.map((line, index) => (
    <div key={index} class={line.length === 0 ? 'line line-empty' : 'line'}>
      <InlineText nodes={line} />
    </div>
  ));
}

/** plain_text is never read as formatting; only emoji shortcodes turn into characters. */
export function PlainText({ text, emoji = true }: { text: string; emoji?: boolean | undefined }) {
  return emoji ? withEmoji(text) : text;
}

export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+'-]+):/g, (whole, name: string) => emojiGlyph(name) ?? whole);
}
