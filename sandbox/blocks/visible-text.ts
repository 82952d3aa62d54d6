import type { Message } from '../state/model.ts';
import type { Block } from './block.ts';

const WORDS = new Set([
  'text',
  'title',
  'subtitle',
  'label',
  'alt_text',
  'description',
  'fallback',
  'pretext',
  'value',
  'body',
  'caption',
]);
const SILENT = new Set(['block_id', 'action_id', 'type', 'url', 'image_url', 'style']);

function collect(node: unknown, words: string[], inButton: boolean): void {
  if (Array.isArray(node)) for (const entry of node) collect(entry, words, inButton);
  else if (typeof node === 'object' && node !== null) {
    const type = (node as { type?: unknown }).type;
    const hidesValue = inButton || type === 'button' || 'options' in node || ('value' in node && 'text' in node);
    for (const [key, value] of Object.entries(node)) {
      if (SILENT.has(key) || (key === 'value' && hidesValue)) continue;
      if (typeof value === 'string') {
        if (WORDS.has(key)) words.push(value);
      } else if (typeof value === 'number' && key === 'value') words.push(String(value));
      else collect(value, words, hidesValue);
    }
  }
}

/** The words that blocks show, one piece a line, markup included. */
export function textOfBlocks(blocks: Block[]): string {
  const words: string[] = [];
  collect(blocks, words, false);
  return words.join('\n');
}

/** What can be read of a message: its text (the notification) and what its blocks and attachments show. */
export function visibleText(message: Message): string {
  const parts = [message.text];
  if (message.blocks) parts.push(textOfBlocks(message.blocks));
  if (message.attachments) parts.push(textOfBlocks(message.attachments as Block[]));
  if (message.entities) parts.push(textOfBlocks(message.entities as never));
  return parts.filter(Boolean).join('\n');
}
