import { cutText } from '../text/clean-text.ts';

/** A text for a tracker before it is written in the tracker's own markup. */
export type TicketText = readonly TextPart[];
export type TextPart =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  | { kind: 'link'; url: string; label: string };

/**
 * Writes a text in markdown as trackers read it. What people typed stays what they typed: it formats nothing, names no
 * account and refers to no other ticket.
 */
export function markdownOf(text: TicketText, limit: number): string {
  return cutText(text.map(markdownPart).join('\n\n'), limit);
}

function markdownPart(part: TextPart): string {
  switch (part.kind) {
    case 'heading':
      return `**${escapeMarkdown(part.text)}**`;
    case 'paragraph':
      return escapeMarkdown(part.text);
    case 'facts':
      return part.rows.map(([label, value]) => `- ${escapeMarkdown(label)}: ${escapeMarkdown(value)}`).join('\n');
    case 'link':
      return `[${escapeMarkdown(part.label)}](${encodeURI(part.url).replaceAll(')', '%29')})`;
  }
}

// A word joiner behind @ and # shows nothing, and leaves no account or ticket to be named.
const JOINER = '\u2060';

/** Text that people typed, in markdown: it reads as they typed it. Addresses stay what they are. */
export function escapeMarkdown(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>[\]()|`]+)/i)
    .map((part, i) => (i % 2 === 1 ? part : escapePlain(part)))
    .join('');
}

function escapePlain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/gm, '$1\\$2')
    .replace(/[@#](?=\w)/g, `$&${JOINER}`);
}
