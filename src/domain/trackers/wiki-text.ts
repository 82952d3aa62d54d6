import { cutText } from '../text/clean-text.ts';
import type { TextPart, TicketText } from './ticket-text.ts';

/** Writes a text in the wiki markup that both Jiras read. What people typed formats nothing, and names no account. */
export function wikiOf(text: TicketText, limit: number): string {
  return cutText(text.map(wikiPart).join('\n\n'), limit);
}

function wikiPart(part: TextPart): string {
  switch (part.kind) {
    case 'heading':
      return `*${escapeWiki(part.text)}*`;
    case 'paragraph':
      return escapeWiki(part.text);
    case 'facts':
      return part.rows.map(([label, value]) => `* ${escapeWiki(label)}: ${escapeWiki(value)}`).join('\n');
    case 'link':
      return `[${escapeWiki(part.label)}|${encodeURI(part.url).replaceAll('|', '%7C').replaceAll(']', '%5D')}]`;
  }
}

/** Text that people typed, in wiki markup: it reads as they typed it. Addresses stay what they are. */
export function escapeWiki(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>[\]()|`{}]+)/i)
    .map((part, i) => (i % 2 === 1 ? part : escapePlain(part)))
    .join('');
}

function escapePlain(text: string): string {
  return text
    .replace(/[\\*_{}[\]|~!^+?@]/g, '\\$&')
    .replace(/-(?=\S)|(?<=\S)-/g, '\\-')
    .replace(/^(\s*)(#+|-+|bq\.|h[1-6]\.)(?=\s)/gim, '$1\\$2');
}
