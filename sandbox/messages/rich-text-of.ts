import type { Block } from '../blocks/block.ts';

const unescapeText = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function elementOf(token: string) {
  const [target = '', label] = token.slice(1, -1).split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (/^!(channel|here|everyone)$/.test(target)) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: unescapeText(target), ...(label ? { text: unescapeText(label) } : {}) };
}

/** The rich_text block that Slack's composer makes of what a person typed, without styles. */
export function richTextOf(text: string, blockId: string): Block {
  const parts = text.split(/(<[^<>]+>)/).filter((part) => part !== '');
  const elements = parts.map((part) =>
    /^<[^<>]+>$/.test(part) ? elementOf(part) : { type: 'text', text: unescapeText(part) },
  );
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements }],
  };
}
