import { jsonRecord } from './json-records.ts';
import { maxRecordBytes, type RawRow } from './raw-row.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/**
 * The elements of a JSON list, or of the first list of objects inside a JSON object ({"issues": [...]}), one at a time:
 * only brackets and strings are tracked, each element is parsed by itself, and the file is never held whole.
 */
export async function* jsonArrayRecords(source: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  let line = 1;
  let depth = 0;
  let listDepth = 0;
  let inString = false;
  let escaped = false;
  let found = false;
  let element: { line: number; parts: Buffer[]; bytes: number } | undefined;

  for await (const chunk of source) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === NEWLINE) line += 1;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      const betweenElements = listDepth > 0 && depth === listDepth;
      if (betweenElements && element && (byte === COMMA || byte === CLOSE_LIST)) {
        yield* jsonRecord(element.line, Buffer.concat([...element.parts, chunk.subarray(start, at)]));
        found = true;
        element = undefined;
      } else if (betweenElements && !element && !isSpace(byte) && byte !== COMMA && byte !== CLOSE_LIST) {
        if (listDepth > 1 && !found && byte !== OPEN_OBJECT) listDepth = 0;
        else {
          element = { line, parts: [], bytes: 0 };
          start = at;
        }
      }
      if (byte === QUOTE) inString = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        depth += 1;
        if (byte === OPEN_LIST && listDepth === 0 && depth <= 2) listDepth = depth;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (depth === listDepth && byte === CLOSE_LIST) {
          if (found) return;
          listDepth = 0;
        }
        depth -= 1;
      }
    }
    if (element) {
      element.parts.push(chunk.subarray(start));
      element.bytes += chunk.length - start;
      if (element.bytes > maxRecordBytes) {
        yield { line: element.line, reason: tooLong };
        return;
      }
    }
  }
  if (element) yield { line: element.line, reason: 'is cut off: the file ends inside this record' };
  else if (depth > 0) yield { line, reason: 'the file ends before its list is closed' };
  else if (!found && depth === 0) yield { line: 1, reason: 'holds no list of records' };
}

const tooLong = `is longer than ${maxRecordBytes >> 20} MB, so a bracket or quote in it is probably never closed; nothing after it was read`;
