import { createReadStream } from 'node:fs';
import { detectMapping, missingColumns } from '../domain/import/detect-mapping.ts';
import { type RowContext, rowImporter } from '../domain/import/import-row.ts';
import type { ImportedReport } from '../domain/import/imported-report.ts';
import type { Mapping } from '../domain/import/mapping.ts';
import { type DateColumns, watchDates } from './date-orders.ts';
import { readRecords } from './read-records.ts';

/** What an import may hold in memory to put it in the order of time. */
export const MOST_ROWS = 100_000;

/** A row that is no report, with what stands in it where it could be read. */
export type BadRow = { line: number; reason: string; record?: Record<string, unknown> };
export type ReadFile = {
  reports: ImportedReport[];
  bad: BadRow[];
  notes: number;
  mapping: Mapping | undefined;
  /** Whether dates stand there that name no zone. */
  needsZone: boolean;
};

export type ReadingOptions = Pick<RowContext, 'timeZone' | 'dateFormat' | 'assumed' | 'now'> & { mapping?: Mapping };

/** A file that cannot be imported at all, in words for whoever named it. */
export class UnreadableFile extends Error {
  constructor(words: string) {
    super(words);
    this.name = 'UnreadableFile';
  }
}

/** Reads and checks every row of a file. `mapping` is told from its first record unless given. */
export async function readReports(file: string, { mapping: given, ...options }: ReadingOptions): Promise<ReadFile> {
  const read: ReadFile = { reports: [], bad: [], notes: 0, mapping: undefined, needsZone: false };
  try {
    const dates = await readDates(file, given, options.now);
    if (dates) {
      read.mapping = dates.mapping;
      read.needsZone = dates.columns.needZone();
    }
    const importOne = dates && rowImporter({ ...options, mapping: dates.mapping, orders: dates.columns.orders() });
    for await (const row of readRecords(createReadStream(file))) {
      if ('reason' in row || !importOne) {
        read.bad.push('reason' in row ? row : { line: row.line, reason: 'it cannot be read' });
        continue;
      }
      const outcome = importOne(row);
      if ('bad' in outcome) {
        read.bad.push({ ...outcome.bad, record: row.record });
        continue;
      }
      if (read.reports.push(outcome.ok) > MOST_ROWS) {
        throw new UnreadableFile(
          `${file} has more than ${MOST_ROWS} rows. Split it by date and import the parts in order.`,
        );
      }
      if (outcome.notes.length > 0) read.notes += 1;
    }
  } catch (error) {
    throw unreadable(file, error) ?? error;
  }
  return read;
}

/** A first look at a whole file, since one date alone may not say how it is written. Undefined where no row can be read. */
async function readDates(
  file: string,
  given: Mapping | undefined,
  now: Date,
): Promise<{ mapping: Mapping; columns: DateColumns } | undefined> {
  let seen: { mapping: Mapping; columns: DateColumns } | undefined;
  for await (const row of readRecords(createReadStream(file))) {
    if ('reason' in row) continue;
    if (!seen) {
      const mapping = mappingFor(row.record, given);
      seen = { mapping, columns: watchDates(mapping, now) };
    }
    seen.columns.note(row.record);
  }
  return seen;
}

function mappingFor(record: Record<string, unknown>, given: Mapping | undefined): Mapping {
  if (given) {
    // A row without a date of opening says by itself what is to be done.
    const missing = missingColumns(record, given).filter((one) => !one.startsWith('reportedAt '));
    if (missing.length === 0) return given;
    throw new UnreadableFile(`The file has no column for ${missing.join(', ')}.`);
  }
  const detected = detectMapping(record);
  if ('ok' in detected) return detected.ok;
  throw new UnreadableFile(`I cannot tell which tracker wrote this: ${detected.bad}.`);
}

const FILE_ERRORS: Record<string, string> = {
  ENOENT: 'There is no such file',
  EACCES: 'It may not be read',
  EISDIR: 'It is a directory, not a file',
};

export function unreadable(file: string, error: unknown): UnreadableFile | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = FILE_ERRORS[code];
  return words ? new UnreadableFile(`${words}: ${file}`) : undefined;
}
