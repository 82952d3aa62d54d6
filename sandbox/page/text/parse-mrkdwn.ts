/** What Slack's mrkdwn can say, as a tree. Nothing of it is HTML. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; label: string | undefined }
  | { type: 'user' | 'channel' | 'usergroup'; id: string; label: string | undefined }
  | { type: 'broadcast'; range: string }
  | { type: 'date'; seconds: number; format: string; url: string | undefined; fallback: string }
  | { type: 'emoji'; name: string };

export type TextBlock =
  | { type: 'lines'; lines: Inline[][] }
  | { type: 'quote'; lines: Inline[][] }
  | { type: 'pre'; text: string }
  | { type: 'list'; items: { marker: string; indent: number; content: Inline[] }[] };

const wrapping = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const wordLike = /[\p{L}\p{N}]/u;
const emojiAt = /:([a-z0-9_+'-]+):/y;
const listItem = /^(\s*)(•|◦|▪|-|\d{1,3}\.)\s+(.*)$/;

/** Splits text into quotes, code blocks, lists and plain lines, and reads each line's formatting. */
export function parseMrkdwn(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  const fences = text.split(/```/);
  const closed = fences.length % 2 === 1 ? fences.length : fences.length - 1;
  fences.slice(0, closed).forEach((part, index) => {
    if (index % 2 === 1) blocks.push({ type: 'pre', text: decodeEntities(part.replace(/^\n|\n$/g, '')) });
    else if (part !== '') addLines(blocks, tidyAroundFence(part, index > 0, index < closed - 1));
  });
  if (closed < fences.length) addLines(blocks, `\`\`\`${fences[closed]}`);
  return blocks;
}

function tidyAroundFence(part: string, after: boolean, before: boolean): string {
  const start = after && part.startsWith('\n') ? 1 : 0;
  const end = before && part.endsWith('\n') && part.length > start ? part.length - 1 : part.length;
  return part.slice(start, end);
}

function addLines(blocks: TextBlock[], text: string): void {
  if (text === '') return;
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const item = listItem.exec(line);
    const last = blocks.at(-1);
    if (quoted) {
      const content = parseInline(quoted[1] ?? '');
      if (last?.type === 'quote') last.lines.push(content);
      else blocks.push({ type: 'quote', lines: [content] });
    } else if (item) {
      const entry = {
        marker: item[2] ?? '•',
        indent: Math.floor((item[1] ?? '').length / 2),
        content: parseInline(item[3] ?? ''),
      };
      if (last?.type === 'list') last.items.push(entry);
      else blocks.push({ type: 'list', items: [entry] });
    } else {
      const content = parseInline(line);
      if (last?.type === 'lines') last.lines.push(content);
      else blocks.push({ type: 'lines', lines: [content] });
    }
  }
}

/** Reads one line: links, mentions, dates, emoji, code and the three wrapping marks. */
export function parseInline(line: string): Inline[] {
  const nodes: Inline[] = [];
  // A mark with no partner up to the end of the line has none for a later start either.
  const unclosed = new Set<string>();
  let plain = '';
  const push = (node: Inline) => {
    if (plain !== '') nodes.push({ type: 'text', text: decodeEntities(plain) });
    plain = '';
    nodes.push(node);
  };
  let at = 0;
  while (at < line.length) {
    const mark = line.charAt(at);
    const end = atomEnd(line, at);
    if (end > at) {
      const inside = line.slice(at + 1, end);
      push(mark === '<' ? readAngle(inside) : { type: 'code', text: decodeEntities(inside) });
      at = end + 1;
      continue;
    }
    const close = mark in wrapping && !unclosed.has(mark) && opens(line, at) ? closingMark(line, at) : -1;
    if (close === line.length) unclosed.add(mark);
    else if (close > at) {
      push({ type: wrapping[mark as '*'], children: parseInline(line.slice(at + 1, close)) });
      at = close + 1;
      continue;
    }
    emojiAt.lastIndex = at;
    const emoji = mark === ':' ? emojiAt.exec(line) : null;
    if (emoji) {
      push({ type: 'emoji', name: emoji[1] ?? '' });
      at += emoji[0].length;
      continue;
    }
    plain += mark;
    at += 1;
  }
  if (plain !== '') nodes.push({ type: 'text', text: decodeEntities(plain) });
  return nodes;
}

/** Index of the end of a `code` or <link> that starts at `at`; `at` itself when none does. */
function atomEnd(line: string, at: number): number {
  const mark = line.charAt(at);
  if (mark === '`') {
    const end = line.indexOf('`', at + 1);
    return end > at + 1 ? end : at;
  }
  if (mark !== '<') return at;
  const end = line.indexOf('>', at + 1);
  return end > at + 1 && !line.slice(at + 1, end).includes('<') ? end : at;
}

// A mark opens only after a gap and before a letter, and closes the other way round: 2*3*4 stays arithmetic.
function opens(line: string, at: number): boolean {
  const next = line.charAt(at + 1);
  return !wordLike.test(line.charAt(at - 1)) && next !== '' && next !== ' ' && next !== line.charAt(at);
}

/** Index of the mark that closes the one at `open`, or the length of the line. */
function closingMark(line: string, open: number): number {
  const mark = line.charAt(open);
  for (let at = open + 1; at < line.length; at = Math.max(at, atomEnd(line, at)) + 1) {
    if (line.charAt(at) !== mark || line.charAt(at - 1) === ' ') continue;
    if (!wordLike.test(line.charAt(at + 1))) return at;
  }
  return line.length;
}

function readAngle(inside: string): Inline {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : decodeEntities(inside.slice(bar + 1));
  if (/^@[UWB]/.test(target)) return { type: 'user', id: target.slice(1), label };
  if (/^#[CGD]/.test(target)) return { type: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', id: target.slice('!subteam^'.length), label };
  if (target.startsWith('!date^')) return readDate(target, label);
  if (/^!(here|channel|everyone)$/.test(target)) return { type: 'broadcast', range: target.slice(1) };
  if (target.startsWith('!')) return { type: 'text', text: label ?? `<${target}>` };
  if (isSafeUrl(decodeEntities(target))) return { type: 'link', url: decodeEntities(target), label };
  return { type: 'text', text: decodeEntities(`<${inside}>`) };
}

function readDate(target: string, label: string | undefined): Inline {
  const [, seconds = '', format = '', url] = target.split('^');
  const fallback = label ?? decodeEntities(format);
  if (!/^\d{1,12}$/.test(seconds) || format === '') return { type: 'text', text: fallback };
  return {
    type: 'date',
    seconds: Number(seconds),
    format: decodeEntities(format),
    url: url && decodeEntities(url),
    fallback,
  };
}

/** Only addresses a person may safely follow become links; javascript: and data: stay text. */
export function isSafeUrl(url: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)/i.test(url);
}

function decodeEntities(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
