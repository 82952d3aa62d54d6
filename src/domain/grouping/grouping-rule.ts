import { Refusal } from '../errors/refusal.ts';
import { cleanLine, startOf } from '../text/clean-text.ts';

/** "Title contains these words, in this area": what such reports have in common, in any area where none is named. */
export type RuleTerms = { words: string; areaId: number | null };

export const RULE_WORDS_LIMIT = 100;
const FEWEST_CHARACTERS = 3;
/** Far more than any title has. */
const LONGEST_COMPARED = 1000;

// What nobody sees in a text, such as a zero-width space or a byte-order mark.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/** A text as rules compare it: compatibility forms (NFKC), lower case, single spaces, nothing that cannot be seen. */
export function foldForRule(text: string): string {
  return startOf(text, LONGEST_COMPARED)
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(UNSEEN, '')
    .toLowerCase()
    .trim();
}

/**
 * Reads the words of a rule as somebody typed them. They are plain text: no character means anything but itself, and
 * quotes around the whole are dropped. Throws a Refusal at the field `words`.
 */
export function parseRuleWords(typed: string): string {
  const line = cleanLine(typed, 4 * RULE_WORDS_LIMIT)
    .normalize('NFC')
    .replace(UNSEEN, '')
    .trim();
  const words = /^(["“”„«])(.*)(["“”»])$/u.exec(line)?.[2]?.trim() ?? line;
  const said = foldForRule(words).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const fewest = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(words) ? 2 : FEWEST_CHARACTERS;
  if (said < fewest) {
    throw new Refusal(
      `Give at least ${FEWEST_CHARACTERS} letters or digits, or it would catch nearly everything.`,
      'words',
    );
  }
  if (words.length > RULE_WORDS_LIMIT) {
    throw new Refusal(
      `Use at most ${RULE_WORDS_LIMIT} characters. A few words that always come together do best.`,
      'words',
    );
  }
  return words;
}

/** Whether a report is one that the rule means. */
export function isMeantBy(rule: RuleTerms, report: { title: string; areaId: number }): boolean {
  if (rule.areaId !== null && rule.areaId !== report.areaId) return false;
  return foldForRule(report.title).includes(foldForRule(rule.words));
}

/**
 * The rules that mean a report, the most particular first:
 * 1. one with an area before one without,
 * 2. longer words before shorter,
 * 3. the older before the newer.
 */
export function rulesThatMean<R extends RuleTerms & { id: number }>(
  rules: readonly R[],
  report: { title: string; areaId: number },
): R[] {
  return rules
    .filter((rule) => isMeantBy(rule, report))
    .sort(
      (a, b) =>
        Number(b.areaId !== null) - Number(a.areaId !== null) ||
        foldForRule(b.words).length - foldForRule(a.words).length ||
        a.id - b.id,
    );
}
