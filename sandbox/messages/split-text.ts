import { limits } from '../rules/limits.ts';

const WHOLE = limits.textSplitAbove.value;
const PART = limits.textSplitSize.value;
const MOST = limits.textTruncatedAt.value;

/** How Slack takes a text that is too long. With blocks the text is a fallback, and is not split. */
export function splitText(text: string, hasBlocks: boolean): { parts: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const kept = text.slice(0, MOST);
  if (kept.length < text.length) warnings.push('message_truncated');
  if (hasBlocks || kept.length <= WHOLE) return { parts: [kept], warnings };
  const parts: string[] = [];
  for (let start = 0; start < kept.length; start += PART) parts.push(kept.slice(start, start + PART));
  return { parts, warnings };
}
