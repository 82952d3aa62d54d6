/** Slack stores bare links in angle brackets; links that already are in a token stay as they are. */
export function wrapLinks(text: string): string {
  if (!text.includes('://')) return text;
  return text.replace(/<[^<>]*>|https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]}'"*_~`]/g, (part) =>
    part.startsWith('<') ? part : `<${part}>`,
  );
}
