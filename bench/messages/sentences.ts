import { globSync, readFileSync } from 'node:fs';

/** A refusal or an answer of one sentence, with "…" where a name or a number stands, and where it is worded. */
export type Sentence = { file: string; words: string };

const REFUSAL = /\bnew Refusal\(\s*(?=['"`])/g;
const ANSWER = /\b(?:note|refusalNote)\(\s*(?=['"`])/g;

/** Every sentence that somebody is answered with, as the source words it. */
export function sentencesOf(root: string): { refusals: Sentence[]; answers: Sentence[] } {
  const files = globSync('src/**/*.ts', { cwd: root }).sort();
  const sources = files.map((file) => ({ file, source: readFileSync(`${root}/${file}`, 'utf8') }));
  return {
    refusals: sources.flatMap(({ file, source }) => found(file, source, REFUSAL)),
    answers: sources
      .filter(({ source }) => source.includes('/help-message.ts'))
      .flatMap(({ file, source }) => found(file, source, ANSWER)),
  };
}

function found(file: string, source: string, opening: RegExp): Sentence[] {
  return [...source.matchAll(opening)].map((match) => ({
    file,
    words: literalAt(source, match.index + match[0].length),
  }));
}

/** The text of a string that starts here, its placeholders left out. */
function literalAt(source: string, start: number): string {
  const quote = source[start];
  let words = '';
  for (let at = start + 1; at < source.length && source[at] !== quote; at += 1) {
    if (source[at] === '\\') {
      at += 1;
      words += source[at];
    } else if (quote === '`' && source.startsWith('${', at)) {
      at = endOfPlaceholder(source, at + 2);
      words += '…';
    } else {
      words += source[at];
    }
  }
  return words;
}

function endOfPlaceholder(source: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; depth > 0 && at < source.length; at += 1) {
    if (source[at] === '{') depth += 1;
    if (source[at] === '}') depth -= 1;
  }
  return at - 1;
}
