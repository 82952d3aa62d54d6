import { TITLE_LIMIT } from '../reports/report-draft.ts';
import { cleanLine, startOf } from '../text/clean-text.ts';

const LONGEST_READ = 2 * TITLE_LIMIT;

/**
 * A title of at most the length that a report may have, from parts that each say something.
 * 1. A part that an earlier one has said already is left out; one that says an earlier one and more stands in its place.
 * 2. A name in front of the same name is said once ("Error: Error: x").
 * 3. It does not end in a full stop, since it stands within sentences.
 */
export function titleOf(...parts: (string | null | undefined)[]): string {
  const said: string[] = [];
  for (const part of parts) {
    const text = withoutEcho(cleanLine(part, LONGEST_READ));
    const plain = lettersOf(text);
    if (text === '' || said.some((one) => lettersOf(one).includes(plain))) continue;
    const within = said.findIndex((one) => plain.includes(lettersOf(one)));
    if (within === -1) said.push(text);
    else said[within] = text;
  }
  return cleanLine(withoutStop(said.map(withoutStop).filter(Boolean).join(': ')), TITLE_LIMIT);
}

/** Letters and digits alone, or the text itself where it has none. */
function lettersOf(text: string): string {
  const letters = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters || text;
}

function withoutEcho(text: string): string {
  const segments = text.split(': ');
  return segments.filter((segment, i) => i === 0 || lettersOf(segment) !== lettersOf(segments[i - 1] ?? '')).join(': ');
}

function withoutStop(text: string): string {
  let end = text.length;
  while (end > 0 && '.:;, '.includes(text.charAt(end - 1))) end -= 1;
  return end === 0 ? text : startOf(text, end);
}
