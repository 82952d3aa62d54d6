import { cleanLine } from '../domain/text/clean-text.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { maxRecordBytes, notUtf8, type RawRow } from './raw-row.ts';

const NEWLINE = 0x0a;

/** One JSON object a line. A line that cannot be read costs itself only. */
export async function* jsonLineRecords(source: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  let line = 1;
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= maxRecordBytes) parts.push(part);
    else parts = [];
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield* lineRecord(line, parts, length);
      line += 1;
      parts = [];
      length = 0;
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  yield* lineRecord(line, parts, length);
}

function* lineRecord(line: number, parts: Buffer[], length: number): Generator<RawRow> {
  if (length > maxRecordBytes) yield { line, reason: `is longer than ${maxRecordBytes >> 20} MB` };
  else if (length > 0) yield* jsonRecord(line, Buffer.concat(parts));
}

/** The record in these bytes; nothing for blank ones. */
export function* jsonRecord(line: number, bytes: Buffer): Generator<RawRow> {
  const decoded = decodeUtf8(bytes);
  if ('badByte' in decoded) {
    yield { line, reason: notUtf8(decoded.badByte) };
    return;
  }
  if (decoded.text.trim() === '') return;
  const value = parseJson(decoded.text);
  if (value === undefined) yield { line, reason: `is no valid JSON: ${excerpt(decoded.text)}` };
  else if (!isRecord(value)) yield { line, reason: `is no JSON object: ${excerpt(decoded.text)}` };
  else yield { line, record: value };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function excerpt(text: string): string {
  return cleanLine(text, 60);
}
