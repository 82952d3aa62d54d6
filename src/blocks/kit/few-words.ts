import type { KnownBlock } from '@slack/types';
import { cleanLine, cutText } from '../../domain/text/clean-text.ts';

/** A typed name in so many words and characters at most. */
export function fewWords(text: string, words: number, characters: number): string {
  const line = cleanLine(text, 400);
  const few = line.split(' ').slice(0, words).join(' ');
  return cutText(few.length < line.length ? `${few.replace(/…$/, '')}…` : few, characters);
}

/** How many words a reader of these blocks sees. A picture is none, and its alternative text is not seen. */
export function countWords(blocks: readonly KnownBlock[]): number {
  return textsOf(blocks).reduce((sum, text) => sum + (text.match(/\S+/g)?.length ?? 0), 0);
}

function textsOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(textsOf);
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [seenText(value)] : textsOf(value),
  );
}

/** Mrkdwn without what is not shown: a mention is one word, a link its label. */
function seenText(source: string): string {
  return source.replaceAll(/<[^>|]*\|([^>]*)>/g, '$1').replaceAll(/<[^>]*>/g, 'someone');
}
