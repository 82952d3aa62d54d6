import type {
  RichTextBlock,
  RichTextElement,
  RichTextList,
  RichTextPreformatted,
  RichTextQuote,
  RichTextSection,
} from '@slack/types';
import type { ComponentChildren } from 'preact';
import { emojiGlyph } from '../../messages/emoji.ts';
import { ChannelMention, DateText, Emoji, SafeLink, UsergroupMention, UserMention } from './inline.tsx';
import { isSafeUrl } from './parse-mrkdwn.ts';

export function RichText({ block }: { block: Pick<RichTextBlock, 'elements'> }) {
  return (
    <div class="text rich">
      {numberLists(block.elements).map(({ element, start }, index) => (
        <RichPart key={index} element={element} start={start} />
      ))}
    </div>
  );
}

type Part = RichTextSection | RichTextList | RichTextQuote | RichTextPreformatted;

// Slack cuts a nested ordered list into several list elements: the outer one goes on counting after the inner one.
function numberLists(elements: Part[]): { element: Part; start: number }[] {
  const counts = new Map<number, number>();
  return elements.map((element) => {
    if (element.type !== 'rich_text_list') {
      counts.clear();
      return { element, start: 1 };
    }
    const indent = element.indent ?? 0;
    for (const deeper of counts.keys()) if (deeper > indent) counts.delete(deeper);
    const start = element.style === 'ordered' ? (counts.get(indent) ?? 0) + 1 : 1;
    counts.set(indent, start - 1 + element.elements.length);
    return { element, start };
  });
}

function RichPart({ element, start }: { element: Part; start: number }) {
  switch (element.type) {
    case 'rich_text_section':
      return (
        <p class="rich-section">
          <Spans elements={element.elements} />
        </p>
      );
    case 'rich_text_quote':
      return (
        <blockquote class="rich-section">
          <Spans elements={element.elements} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre>
          <code>
            <Spans elements={element.elements} />
          </code>
        </pre>
      );
    case 'rich_text_list': {
      const Tag = element.style === 'ordered' ? 'ol' : 'ul';
      return (
        <Tag class="rich-list" start={start} style={{ marginInlineStart: `${(element.indent ?? 0) * 1.5}em` }}>
          {element.elements.map((item, index) => (
            <li key={index}>
              <Spans elements={item.elements} />
            </li>
          ))}
        </Tag>
      );
    }
    default:
      return null;
  }
}

function Spans({ elements }: { elements: RichTextElement[] }) {
  return elements.map((element, index) => (
    <Styled key={index} element={element}>
      <Span element={element} />
    </Styled>
  ));
}

function Styled({ element, children }: { element: RichTextElement; children: ComponentChildren }) {
  const style = element.style;
  let node = <>{children}</>;
  if (style?.code) node = <code>{node}</code>;
  if (style?.strike) node = <del>{node}</del>;
  if (style?.italic) node = <em>{node}</em>;
  if (style?.bold) node = <strong>{node}</strong>;
  return node;
}

function Span({ element }: { element: RichTextElement }) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return isSafeUrl(element.url) ? (
        <SafeLink url={element.url}>{element.text ?? element.url}</SafeLink>
      ) : (
        (element.text ?? element.url)
      );
    case 'user':
      return <UserMention id={element.user_id} />;
    case 'channel':
      return <ChannelMention id={element.channel_id} />;
    case 'usergroup':
      return <UsergroupMention id={element.usergroup_id} />;
    case 'broadcast':
      return <span class="mention mention-loud">@{element.range}</span>;
    case 'date':
      return (
        <DateText
          seconds={element.timestamp}
          format={element.format}
          url={element.url}
          fallback={element.fallback ?? ''}
        />
      );
    case 'emoji':
      return emojiGlyph(element.name) ? (
        <Emoji name={element.name} />
      ) : (
        (fromCodePoints(element.unicode) ?? `:${element.name}:`)
      );
    case 'color':
      return (
        <span class="swatch-value">
          <span
            class="swatch"
            style={{ background: /^#[0-9a-f]{3,8}$/i.test(element.value) ? element.value : 'none' }}
          />
          {element.value}
        </span>
      );
    case 'team':
      return element.team_id;
  }
}

function fromCodePoints(unicode: string | undefined): string | undefined {
  const points = unicode?.split('-').map((hex) => Number.parseInt(hex, 16));
  return points?.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : undefined;
}
