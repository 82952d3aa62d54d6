import { writeFile } from 'node:fs/promises';
import { badRowText } from '../domain/import/import-row.ts';
import type { BadRow } from './read-reports.ts';

const SHOWN = 20;

/** Why a row was rejected, and below it the row, so that it can be mended and imported from there. */
function rejectedText(row: BadRow): string {
  return row.record ? `${badRowText(row)}\n${JSON.stringify(row.record)}` : badRowText(row);
}

/** Says which rows are bad and why: the first on the screen, all of them in a file of their own. */
export async function rejectRows(bad: readonly BadRow[], file: string, say: (line: string) => void): Promise<void> {
  if (bad.length === 0) return;
  for (const row of bad.slice(0, SHOWN)) say(badRowText(row));
  try {
    await writeFile(file, `${bad.map(rejectedText).join('\n')}\n`);
    say(bad.length > SHOWN ? `… and ${bad.length - SHOWN} more, all in ${file}` : `They are in ${file} as well.`);
  } catch (error) {
    say(`The bad rows could not be written to ${file}: ${(error as Error).message}`);
  }
}
