import { type Inline, isSafeUrl } from './parse-mrkdwn.ts';

export type MarkdownBlock =
  | { type: 'heading'; level: number; content: Inline[] }
  | { type: 'paragraph'; lines: Inline[][] }
  | { type: 'list'; ordered: boolean; items: { indent: number; checked: boolean | undefined; content: Inline[] }[] }
  | { type: 'quote'; lines: Inline[][] }
  | { type: 'pre'; text: string }
  | { type: 'rule' }
  | { type: 'table'; head: Inline[][]; rows: Inline[][][] };

const fence = /^\s*```/;
const item = /^(\s*)([-*+]|\d{1,3}[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

/** The part of standard Markdown that Slack's markdown block shows. */
export function parseMarkdown(text: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (fence.test(line)) {
      const end = lines.findIndex((other, index) => index > at && fence.test(other));
      const stop = end < 0 ? lines.length : end;
      blocks.push({ type: 'pre', text: lines.slice(at + 1, stop).join('\n') });
      at = stop;
    } else if (isTableStart(line, lines[at + 1])) {
      let stop = at + 2;
      while (stop < lines.length && (lines[stop] ?? '').includes('|')) stop += 1;
      const cells = [line, ...lines.slice(at + 2, stop)].map(readRow);
      blocks.push({ type: 'table', head: cells[0] ?? [], rows: cells.slice(1) });
      at = stop - 1;
    } else addLine(blocks, line, at > 0 && lines[at - 1]?.trim() === '');
  }
  return blocks;
}

function addLine(blocks: MarkdownBlock[], line: string, afterGap: boolean): void {
  const last = blocks.at(-1);
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  const listed = item.exec(line);
  const quoted = /^>\s?(.*)$/.exec(line);
  if (line.trim() === '') return;
  if (heading) {
    blocks.push({ type: 'heading', level: heading[1]?.length ?? 1, content: parseMarkdownInline(heading[2] ?? '') });
  } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) blocks.push({ type: 'rule' });
  else if (listed) {
    const ordered = /\d/.test(listed[2] ?? '');
    const entry = {
      indent: Math.floor((listed[1] ?? '').length / 2),
      checked: listed[3] === undefined ? undefined : listed[3] !== ' ',
      content: parseMarkdownInline(listed[4] ?? ''),
    };
    if (last?.type === 'list' && last.ordered === ordered) last.items.push(entry);
    else blocks.push({ type: 'list', ordered, items: [entry] });
  } else if (quoted) {
    const content = parseMarkdownInline(quoted[1] ?? '');
    if (last?.type === 'quote' && !afterGap) last.lines.push(content);
    else blocks.push({ type: 'quote', lines: [content] });
  } else if (last?.type === 'paragraph' && !afterGap) last.lines.push(parseMarkdownInline(line));
  else blocks.push({ type: 'paragraph', lines: [parseMarkdownInline(line)] });
}

function isTableStart(line: string, next: string | undefined): boolean {
  return line.includes('|') && next !== undefined && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(next);
}

function readRow(line: string): Inline[][] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseMarkdownInline(cell.trim()));
}

const inline =
  /\\([\\`*_~[\]()#>-])|`([^`]+)`|\[([^\]]*)\]\(([^()\s]+)\)|\*\*(?=\S)(.+?\S|\S)\*\*|__(?=\S)(.+?\S|\S)__|~~(.+?)~~|\*(?=\S)([^*]*[^*\s])\*|(?<![\p{L}\p{N}])_(?=\S)([^_]*[^_\s])_(?![\p{L}\p{N}])|<@([UW][A-Z0-9]+)>|<#([CG][A-Z0-9]+)>|(https?:\/\/[^\s<>)]+)|:([a-z0-9_+-]+):/gu;

export function parseMarkdownInline(line: string): Inline[] {
  const nodes: Inline[] = [];
  let done = 0;
  for (const match of line.matchAll(inline)) {
    if (match.index > done) nodes.push({ type: 'text', text: line.slice(done, match.index) });
    nodes.push(readInline(match));
    done = match.index + match[0].length;
  }
  if (done < line.length) nodes.push({ type: 'text', text: line.slice(done) });
  return nodes;
}

function readInline(match: RegExpMatchArray): Inline {
  const [whole, escaped, code, label, url, bold, bolder, strike, star, under, user, channel, bare, emoji] = match;
  if (escaped !== undefined) return { type: 'text', text: escaped };
  if (code !== undefined) return { type: 'code', text: code };
  if (url !== undefined) return isSafeUrl(url) ? { type: 'link', url, label } : { type: 'text', text: whole };
  if (bare !== undefined) return { type: 'link', url: bare, label: undefined };
  if (user !== undefined) return { type: 'user', id: user, label: undefined };
  if (channel !== undefined) return { type: 'channel', id: channel, label: undefined };
  if (emoji !== undefined) return { type: 'emoji', name: emoji };
  const [type, inside] =
    (bold ?? bolder)
      ? (['bold', bold ?? bolder] as const)
      : strike
        ? (['strike', strike] as const)
        : (['italic', star ?? under] as const);
  return { type, children: parseMarkdownInline(inside ?? '') };
}
