import { createReadStream } from 'node:fs';
import { detectMapping, missingColumns } from '../domain/import/detect-mapping.ts';
import { rowImporter } from '../domain/import/import-row.ts';
import type { ImportedReport } from '../domain/import/imported-report.ts';
import type { Mapping } from '../domain/import/mapping.ts';
import { readRecords } from './read-records.ts';

/** What an import may hold in memory to put it in the order of time. */
export const MOST_ROWS = 100_000;

export type BadRow = { line: number; reason: string };
export type ReadFile = { reports: ImportedReport[]; bad: BadRow[]; notes: number; mapping: Mapping | undefined };

/** A file that cannot be imported at all, in words for whoever named it. */
export class UnreadableFile extends Error {
  constructor(words: string) {
    super(words);
    this.name = 'UnreadableFile';
  }
}

/** Reads and checks every row of a file. `mapping` is told from its first record unless given. */
export async function readReports(file: string, options: { mapping?: Mapping; now: Date }): Promise<ReadFile> {
  const read: ReadFile = { reports: [], bad: [], notes: 0, mapping: undefined };
  let importOne: ReturnType<typeof rowImporter> | undefined;
  try {
    for await (const row of readRecords(createReadStream(file))) {
      if ('reason' in row) {
        read.bad.push(row);
        continue;
      }
      if (!importOne) {
        read.mapping = mappingFor(row.record, options.mapping);
        importOne = rowImporter({ mapping: read.mapping, now: options.now });
      }
      const outcome = importOne(row);
      if ('bad' in outcome) {
        read.bad.push(outcome.bad);
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

function mappingFor(record: Record<string, unknown>, given: Mapping | undefined): Mapping {
  if (given) {
    const missing = missingColumns(record, given);
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
