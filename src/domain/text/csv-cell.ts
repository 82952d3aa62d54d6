const FORMULA = new Set([...'=+-@＝＋－＠']);
const SEPARATORS = new Set([...',;|\t\r\n']);
/** What a spreadsheet skips before it looks for a formula: white space, quotes, and what nobody sees. */
const SKIPPED = /^[\s"'`‘’“”„«»\p{Cf}]$/u;

/**
 * One cell of a CSV file (RFC 4180). Spreadsheets take a cell that begins like a formula for one, and part cells at
 * another separator where their language has one; such a beginning gets an apostrophe. Numbers stay numbers.
 */
export function csvCell(value: string | number | null): string {
  const text = typeof value === 'string' ? defused(value) : String(value ?? '');
  return /[",;|\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as a CSV file. */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n');
}

function defused(text: string): string {
  let safe = '';
  let start = '';
  let isStart = true;
  for (const character of text) {
    if (SEPARATORS.has(character)) {
      // A tab or a carriage return at the very beginning is skipped by spreadsheets too.
      safe += `${safe === '' && /[\t\r]/.test(character) ? "'" : ''}${start}${character}`;
      [start, isStart] = ['', true];
    } else if (!isStart) safe += character;
    else if (SKIPPED.test(character)) start += character;
    else {
      safe += `${FORMULA.has(character) ? "'" : ''}${start}${character}`;
      [start, isStart] = ['', false];
    }
  }
  return safe + start;
}
