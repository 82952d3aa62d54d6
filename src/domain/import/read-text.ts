// Control characters but tab and newline, byte order marks, spaces without a width, and marks that turn the direction of the text around.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\u200b\u2060\u202a-\u202e\u2066-\u2069]/g;

/** The text that a value of an export stands for; undefined for what is no text, such as an object without a name. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (Array.isArray(value)) return value.map(textOf).find((text) => text !== undefined && text.trim() !== '');
  if (typeof value !== 'object' || value === null) return undefined;
  const named = value as Record<string, unknown>;
  if (named.type === 'doc') return documentText(named, 0).trim();
  const name = named.displayName ?? named.name ?? named.login ?? named.value ?? named.key;
  return typeof name === 'string' ? name : undefined;
}

const MAX_DOCUMENT_DEPTH = 50;

/** The plain text of Jira's document format: a tree whose leaves hold text, its blocks become lines. */
function documentText(node: unknown, depth: number): string {
  if (typeof node !== 'object' || node === null || depth > MAX_DOCUMENT_DEPTH) return '';
  const { type, text, content } = node as { type?: unknown; text?: unknown; content?: unknown };
  if (typeof text === 'string') return text;
  if (type === 'hardBreak') return '\n';
  const inner = Array.isArray(content) ? content.map((child) => documentText(child, depth + 1)).join('') : '';
  return type === 'paragraph' || type === 'heading' || type === 'codeBlock' ? `${inner}\n` : inner;
}

/** The text without what a database or a screen would choke on, at most `limit` characters long; how long it was if cut. */
export function cleanText(text: string, limit: number): { text: string; cutFrom?: number } {
  const clean = text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(UNWANTED, '').trim();
  return clean.length <= limit ? { text: clean } : { text: shorten(clean, limit), cutFrom: clean.length };
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Cuts to `limit` characters with an ellipsis, never through the middle of a surrogate pair. */
function shorten(text: string, limit: number): string {
  const kept = text.slice(0, limit - 1);
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}

/** A value as it is quoted in a reason: on one line, short, with nothing invisible. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? oneLine(cleanText(value, 60).text) : JSON.stringify(value);
  const short = cleanText(text ?? 'undefined', 60).text;
  return typeof value === 'string' ? `"${short}"` : short;
}
