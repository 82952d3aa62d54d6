import { csvRecords } from './csv-records.ts';
import { jsonArrayRecords } from './json-array-records.ts';
import { jsonLineRecords } from './json-records.ts';
import type { RawRow } from './raw-row.ts';

const HEAD_BYTES = 64 * 1024;

/**
 * The records of a CSV, JSON Lines or JSON file, one at a time and in order, from its bytes (a read stream). The form is
 * told from the beginning of the content, not from the file's name. What cannot be read is a row with a reason; errors of
 * the source itself (no such file) are thrown.
 */
export async function* readRecords(source: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    const head = await readHead(chunks);
    yield* recordsAfter(head, joined(withoutMark(head), chunks));
  } finally {
    await chunks.return?.();
  }
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const next = await chunks.next();
    if (next.done) break;
    read.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(read);
}

function recordsAfter(head: Buffer, all: AsyncIterable<Buffer>): AsyncIterable<RawRow> | RawRow[] {
  if (isUtf16(head)) return [{ line: 1, reason: 'the file is UTF-16; save it as UTF-8 and import it again' }];
  if (isArchive(head)) return [{ line: 1, reason: 'the file is neither CSV nor JSON; export it as one of them' }];
  const text = withoutMark(head).subarray(0, HEAD_BYTES).toString();
  if (text.trim() === '') return [{ line: 1, reason: 'the file is empty' }];
  if (/^\s*\[/.test(text) || isObjectAroundList(text)) return jsonArrayRecords(all);
  if (/^\s*\{/.test(text)) return jsonLineRecords(all);
  return csvRecords(all, delimiterOf(text));
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function withoutMark(head: Buffer): Buffer {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
}

function isUtf16(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

// Zip (a spreadsheet file) and gzip, the two that people export by mistake.
function isArchive(head: Buffer): boolean {
  return (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3) || (head[0] === 0x1f && head[1] === 0x8b);
}

/** {"issues": [{…}]} on one line or many, as the search of a tracker's API answers. */
function isObjectAroundList(text: string): boolean {
  return (
    /^\s*\{\s*[\r\n]/.test(text) ||
    /^\s*\{(\s*"\w+"\s*:\s*("[^"]*"|[\w.+-]+)\s*,)*\s*"(issues|bugs|items|nodes)"\s*:\s*\[/.test(text)
  );
}

function delimiterOf(text: string): string {
  const unquoted = (text.split(/\r?\n|\r/).find((line) => line.trim() !== '') ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, times: unquoted.split(delimiter).length - 1 }));
  return counts.reduce((most, one) => (one.times > most.times ? one : most)).delimiter;
}
