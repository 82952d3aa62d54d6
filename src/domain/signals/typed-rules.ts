import { type AreaNames, areaCalled } from '../programs/areas.ts';
import { cleanLine } from '../text/clean-text.ts';
import type { AreaWord, WholeRules } from './source-rules.ts';

export const RULES_LIMIT = 1_000;
const MOST_WORDS = 50;
const LONGEST_WORD = 100;

/** The rules of a source as its form has them, all text. */
export type TypedRules = {
  labels: string;
  without: string;
  events: string;
  environments: string | null;
  areas: string;
};

/** The rules that a form means, or what is wrong with one of its fields. */
export function parseRules(
  typed: TypedRules,
  areas: readonly AreaNames[],
): { ok: WholeRules } | { bad: string; field: keyof TypedRules } {
  const lists = { labels: wordsIn(typed.labels), without: wordsIn(typed.without), events: wordsIn(typed.events) };
  for (const field of ['labels', 'without', 'events'] as const)
    if (lists[field].length > MOST_WORDS) return { bad: `At most ${MOST_WORDS} fit.`, field };
  const both = lists.labels.find((label) => lists.without.some((one) => isSame(one, label)));
  if (both) return { bad: `“${both}” is asked for already.`, field: 'without' };
  const meant = areaWordsIn(typed.areas, areas);
  if ('bad' in meant) return { ...meant, field: 'areas' };
  return { ok: { ...lists, environments: typed.environments === 'users' ? 'users' : 'all', areas: meant.ok } };
}

/** The same rules as text, as a form shows them. */
export function typedRules(rules: WholeRules): TypedRules {
  return {
    labels: rules.labels.join(', '),
    without: rules.without.join(', '),
    events: rules.events.join(', '),
    environments: rules.environments,
    areas: rules.areas.map(({ word, area }) => `${word} = ${area}`).join('\n'),
  };
}

function areaWordsIn(typed: string, areas: readonly AreaNames[]): { ok: AreaWord[] } | { bad: string } {
  const words: AreaWord[] = [];
  for (const line of typed.split('\n').filter((one) => one.trim() !== '')) {
    // A label of a sender may hold an equals sign itself, as in `team=payments = billing`.
    const [, said = '', name = ''] = /^(.*\S)\s*=\s*([^=]+)$/.exec(line.trim()) ?? [];
    const word = cleanLine(said, LONGEST_WORD);
    if (word === '') return { bad: `“${cleanLine(line, 60)}” is no line like payments = billing.` };
    const area = areaCalled(areas, name);
    if (!area) return { bad: `There is no area “${cleanLine(name, 60)}”.` };
    if (words.some((one) => isSame(one.word, word))) return { bad: `“${word}” stands there twice.` };
    words.push({ word, area: area.name });
  }
  return words.length > MOST_WORDS ? { bad: `At most ${MOST_WORDS} fit.` } : { ok: words };
}

function wordsIn(typed: string): string[] {
  const words: string[] = [];
  for (const part of typed.split(/[,;\n]/)) {
    const word = cleanLine(part, LONGEST_WORD);
    if (word !== '' && !words.some((one) => isSame(one, word))) words.push(word);
  }
  return words;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
