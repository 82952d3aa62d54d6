/** A link as people type it: the punctuation after it belongs to the sentence. */
export const BARE_LINK = String.raw`https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]}'"*_~\u0060]`;

const pattern = new RegExp(`<[^<>]*>|${BARE_LINK}`, 'g');

/** Slack stores bare links in angle brackets; links that already are in a token stay as they are. */
export function wrapLinks(text: string): string {
  if (!text.includes('://')) return text;
  return text.replace(pattern, (part) => (part.startsWith('<') ? part : `<${part}>`));
}
