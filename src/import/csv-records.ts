import { pipeline, Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { counted } from '../domain/text/counted.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { maxRecordBytes, notUtf8, type RawRow } from './raw-row.ts';

interface ParsedRow {
  record: Buffer[];
  info: Info;
}

interface Fault {
  line: number;
  reason: string;
  fatal: boolean;
}

/** CSV with a header line. Columns of the same name become a list; what quotes make unreadable is named by its lines. */
export async function* csvRecords(source: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<RawRow> {
  const faults: Fault[] = [];
  let header: string[] | undefined;
  let nextLine = 1;
  for await (const { record, info } of parseCsv(source, delimiter, faults)) {
    const line = info.lines - newlinesIn(record);
    const [fault] = takeBefore(faults, line);
    if (fault) yield faultRow(fault, nextLine, line - 1);
    if (fault?.fatal) return;
    nextLine = info.lines + 1;
    if (header) {
      yield* csvRecord(line, header, record);
      continue;
    }
    header = fault ? undefined : headerOf(record);
    if (!header) {
      yield { line, reason: 'the header line cannot be read, so no row was imported' };
      return;
    }
  }
  const [fault] = faults;
  if (fault) yield faultRow(fault, nextLine);
}

function takeBefore(faults: Fault[], line: number): Fault[] {
  return faults.splice(0, faults.filter((fault) => fault.line < line).length);
}

async function* parseCsv(source: AsyncIterable<Buffer>, delimiter: string, faults: Fault[]): AsyncGenerator<ParsedRow> {
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    encoding: null,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordBytes,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error && !faults.at(-1)?.fatal) faults.push(faultOf(error));
    },
  });
  // pipeline hands a failure of the source to the parser, and closes the source when the reader stops early.
  pipeline(Readable.from(unixNewlines(untilFatal(source, faults))), parser, () => {});
  yield* parser as AsyncIterable<ParsedRow>;
}

// An error thrown inside the parser would drop the good rows that wait in its buffer; the end of its input does not.
async function* untilFatal(source: AsyncIterable<Buffer>, faults: readonly Fault[]): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    if (faults.at(-1)?.fatal) return;
    yield chunk;
  }
}

// An embedded CRLF would count as two lines, so every line ending becomes one byte before the parser counts.
async function* unixNewlines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let endedWithReturn = false;
  for await (const chunk of source) {
    const out = Buffer.allocUnsafe(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (byte === 0x0a && endedWithReturn) {
        endedWithReturn = false;
        continue;
      }
      endedWithReturn = byte === 0x0d;
      out[length++] = endedWithReturn ? 0x0a : byte;
    }
    if (length > 0) yield out.subarray(0, length);
  }
}

function newlinesIn(record: readonly Buffer[]): number {
  let count = 0;
  for (const field of record) {
    for (let at = field.indexOf(0x0a); at >= 0; at = field.indexOf(0x0a, at + 1)) count += 1;
  }
  return count;
}

function faultOf(error: CsvError): Fault {
  const line = typeof error.lines === 'number' ? error.lines : 1;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return { line, reason: tooLong, fatal: true };
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return { line, reason: neverClosed, fatal: false };
  return { line, reason: outOfPlace, fatal: false };
}

const tooLong = `the record that begins here is longer than ${maxRecordBytes >> 20} MB, so a quote in it is probably never closed; nothing after it was read`;
const neverClosed = 'a quote is opened and never closed';
const outOfPlace = 'a quote is out of place; put the field in quotes and write "" for a quote inside it';

function faultRow(fault: Fault, from: number, to: number = fault.line): RawRow {
  const lost = to > from && !fault.fatal ? `lines ${from} to ${to} cannot be read: ` : '';
  return { line: from, reason: `${lost}${fault.reason}` };
}

function headerOf(record: readonly Buffer[]): string[] | undefined {
  const names: string[] = [];
  for (const field of record) {
    const decoded = decodeUtf8(field);
    if ('badByte' in decoded) return undefined;
    names.push(decoded.text.trim());
  }
  return names;
}

function* csvRecord(line: number, header: readonly string[], fields: readonly Buffer[]): Generator<RawRow> {
  if (fields.every(isBlank)) return;
  if (fields.length < header.length || fields.slice(header.length).some((field) => !isBlank(field))) {
    yield {
      line,
      reason: `has ${counted(fields.length, 'column')}, but the header has ${counted(header.length, 'column')}`,
    };
    return;
  }
  const entries = new Map<string, unknown>();
  for (const [index, name] of header.entries()) {
    const decoded = decodeUtf8(fields[index] as Buffer);
    if ('badByte' in decoded) {
      yield { line, reason: `${name}: ${notUtf8(decoded.badByte)}` };
      return;
    }
    const earlier = entries.get(name);
    entries.set(name, earlier === undefined ? decoded.text : [earlier, decoded.text].flat());
  }
  yield { line, record: Object.fromEntries(entries) };
}

function isBlank(field: Buffer): boolean {
  return field.every((byte) => byte === 0x20 || byte === 0x09);
}
