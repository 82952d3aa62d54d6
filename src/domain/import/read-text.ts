import { cleanLine } from '../text/clean-text.ts';

/** The text that a value of an export stands for; undefined for what is no text, such as an object without a name. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (Array.isArray(value)) return value.map(textOf).find((text) => text !== undefined && text.trim() !== '');
  if (typeof value !== 'object' || value === null) return undefined;
  const named = value as Record<string, unknown>;
  if (named.type === 'doc') return documentText(named, 0).trim();
  const name = [
    ...[named.displayName, named.fullName, named.name, named.login, named.uniqueName],
    ...[named.email, named.emailAddress, named.value, named.shortName, named.key],
  ].find((one) => typeof one === 'string' && one.trim() !== '');
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

/** A value as it is quoted in a reason: on one line, short, with nothing invisible. */
export function quoted(value: unknown): string {
  const isText = typeof value === 'string';
  const short = cleanLine(isText ? value : (JSON.stringify(value) ?? 'undefined'), 60);
  return isText ? `"${short}"` : short;
}
