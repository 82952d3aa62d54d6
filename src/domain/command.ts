import { parseQuarter, type TypedQuarter } from './office/quarter.ts';
import { cleanLine, startOf } from './text/clean-text.ts';

/** What somebody asked for with `/defect`. */
export type Command =
  | { kind: 'report'; title: string }
  | { kind: 'list'; filter: ListFilter }
  | { kind: NumberedVerb; number: number }
  /** How its fix stood at the end of a past day. */
  | { kind: 'proof'; number: number; on: string }
  | { kind: 'search'; words: string }
  | { kind: 'assign'; number: number; userId: string }
  /** Into which is asked for. */
  | { kind: 'merge'; number: number }
  | { kind: 'mergeInto'; from: number; into: number }
  /** `text` is all that was typed behind the number; see `splitRuleText`. */
  | { kind: 'rule'; number: number; text: string }
  | { kind: 'tickets'; number: number; tickets: number; link: string | null }
  | { kind: 'link'; number: number; url: string }
  /** Without an address it is the only ticket that is meant. */
  | { kind: 'unlink'; number: number; url: string | null }
  | { kind: 'quarter'; quarter: TypedQuarter | null }
  | OfficeCommand
  | { kind: PlainVerb }
  | { kind: 'help'; topic: HelpTopic | null }
  /** Could be a command or a report's title: asked about before anything happens. */
  | { kind: 'unclear'; typed: string; meant: string }
  /** A command with something wrong or missing behind it. */
  | { kind: 'misused'; words: string };

/** Without a quarter it is the last four weeks that are meant. */
export type OfficeCommand = { kind: 'office'; quarter: TypedQuarter | null };

export type NumberedVerb = 'show' | 'why' | 'accept' | 'claim' | 'split' | 'snooze' | 'undo';
export type PlainVerb = 'form' | 'board' | 'settings' | 'export' | 'digest' | 'triage' | 'rules' | 'charts' | 'audit';

/** What help goes deeper into. */
export const HELP_TOPICS = ['reports', 'triage', 'fixes', 'grouping', 'data'] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** A named filter, or the name of an area as somebody typed it. */
export type ListFilter = 'top' | 'mine' | 'overdue' | 'unowned' | 'proving' | { areaNamed: string };

const NUMBERED: readonly string[] = [
  'show',
  'why',
  'accept',
  'claim',
  'split',
  'snooze',
  'undo',
] satisfies NumberedVerb[];
const PLAIN: Record<string, PlainVerb> = {
  board: 'board',
  settings: 'settings',
  export: 'export',
  digest: 'digest',
  rules: 'rules',
  charts: 'charts',
  audit: 'audit',
};
const VERBS = [
  'help',
  'list',
  'search',
  'assign',
  'merge',
  'rule',
  'tickets',
  'link',
  'unlink',
  'quarter',
  'office',
  'triage',
  ...NUMBERED,
  ...Object.keys(PLAIN),
];
const LIST_FILTERS = ['top', 'mine', 'overdue', 'unowned', 'proving'] as const;

const COMMAND_LIMIT = 4000;

/**
 * Reads the text behind `/defect`. Words that are no command are a report's title; a near miss of a command, and a
 * command's word with a sentence behind it, are asked about instead of guessed.
 */
export function parseCommand(text: string): Command {
  const typed = cleanLine(text, COMMAND_LIMIT);
  if (typed === '') return { kind: 'form' };
  const [first = '', ...others] = typed.split(' ');
  const verb = first.toLowerCase();
  const rest = others.join(' ');
  if (VERBS.includes(verb)) return parseVerb(verb, rest, typed);
  const meant = others.length <= 2 ? nearestVerb(verb) : undefined;
  return meant ? { kind: 'unclear', typed, meant: [meant, ...others].join(' ') } : { kind: 'report', title: typed };
}

function parseVerb(verb: string, rest: string, typed: string): Command {
  if (verb === 'list') return parseList(rest, typed);
  if (verb === 'help') return parseHelp(rest, typed);
  if (verb === 'search')
    return rest ? { kind: 'search', words: rest } : misused('Say what to search for: `search webhook timeout`.');
  if (verb === 'assign') return parseAssign(rest, typed);
  if (verb === 'merge') return parseMerge(rest, typed);
  if (verb === 'rule') return parseRule(rest, typed);
  if (verb === 'tickets') return parseTickets(rest, typed);
  if (verb === 'link' || verb === 'unlink') return parseLink(verb, rest, typed);
  if (verb === 'quarter' || verb === 'office') return parseQuarterly(verb, rest, typed);
  if (verb === 'triage') {
    if (rest.toLowerCase() === 'now') return { kind: 'triage' };
    return { kind: 'unclear', typed, meant: 'triage now' };
  }
  const plain = PLAIN[verb];
  if (plain) return rest === '' ? { kind: plain } : { kind: 'unclear', typed, meant: verb };
  const past = verb === 'show' ? parsePast(rest) : undefined;
  if (past) return past;
  const number = parseNumber(rest);
  if (number !== undefined) return { kind: verb as NumberedVerb, number };
  const first = parseNumber(rest.split(' ')[0] ?? '');
  if (first !== undefined) return { kind: 'unclear', typed, meant: `${verb} ${first}` };
  if (rest.split(' ').length > 1) return { kind: 'report', title: typed };
  return misused(`Say which defect: \`${verb} 42\`.`);
}

function parseHelp(rest: string, typed: string): Command {
  const wanted = rest.toLowerCase();
  if (wanted === '') return { kind: 'help', topic: null };
  const topic = HELP_TOPICS.find((one) => one === wanted || one === `${wanted}s` || `${one}s` === wanted);
  return topic ? { kind: 'help', topic } : { kind: 'unclear', typed, meant: 'help' };
}

/** A sentence that begins with the word is a title, such as "quarter end invoices fail". */
function parseQuarterly(kind: 'quarter' | 'office', rest: string, typed: string): Command {
  const quarter = rest === '' ? null : parseQuarter(rest);
  if (quarter !== undefined) return { kind, quarter };
  return rest.split(' ').length > 2 ? { kind: 'report', title: typed } : { kind: 'unclear', typed, meant: kind };
}

function parseList(rest: string, typed: string): Command {
  const wanted = rest.toLowerCase();
  if (wanted === '') return { kind: 'list', filter: 'top' };
  const filter = LIST_FILTERS.find((one) => one === wanted);
  if (filter) return { kind: 'list', filter };
  if (wanted.split(' ').length > 3) return { kind: 'unclear', typed, meant: 'list' };
  return { kind: 'list', filter: { areaNamed: rest } };
}

function parseAssign(rest: string, typed: string): Command {
  const match = /^(\S+) (?:to )?<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(rest);
  const number = parseNumber(match?.[1] ?? '');
  if (number !== undefined && match?.[2]) return { kind: 'assign', number, userId: match[2] };
  if (parseNumber(rest.split(' ')[0] ?? '') === undefined && rest.split(' ').length > 2)
    return { kind: 'report', title: typed };
  const isMany = /<!(subteam|here|channel|everyone)|<@[^>]*>.*<@/.test(rest);
  if (isMany) return misused('A group cannot own it; name one person: `assign 42 @ana`.');
  return misused('Say which defect and who: `assign 42 @ana`.');
}

function parseMerge(rest: string, typed: string): Command {
  const only = parseNumber(rest);
  if (only !== undefined) return { kind: 'merge', number: only };
  const match = /^(\S+)(?: into| to|,)? (\S+)$/i.exec(rest);
  const from = parseNumber(match?.[1] ?? '');
  const into = parseNumber(match?.[2] ?? '');
  if (from !== undefined && into !== undefined) return { kind: 'mergeInto', from, into };
  if (parseNumber(rest.split(' ')[0] ?? '') === undefined && rest.split(' ').length > 2)
    return { kind: 'report', title: typed };
  return misused('Say which defect goes into which: `merge 42 into 17`.');
}

/** `42 2026-11-04` or `42 on 2026-11-04`. */
function parsePast(rest: string): Command | undefined {
  const match = /^(\S+) (?:on )?(\d{4}-\d{2}-\d{2})$/i.exec(rest);
  const number = parseNumber(match?.[1] ?? '');
  return number !== undefined && match?.[2] ? { kind: 'proof', number, on: match[2] } : undefined;
}

function parseRule(rest: string, typed: string): Command {
  const [first = '', ...others] = rest.split(' ');
  const number = parseNumber(first);
  if (number !== undefined) return { kind: 'rule', number, text: others.join(' ') };
  if (others.length > 0) return { kind: 'report', title: typed };
  return misused('Say which defect, and what its reports have in the title: `rule 42 "pool exhausted" in billing`.');
}

/**
 * Reads what was typed for a rule: words in quotes and `in` an area, or words that end with `in` one of these areas. Without
 * quotes an unknown area is part of the words.
 */
export function splitRuleText(text: string, areaNames: readonly string[]): { words: string; areaNamed: string | null } {
  const quoted = /^(["“”„])(.+)["“”](?: in (?:area )?(.+))?$/iu.exec(text);
  if (quoted?.[2]) return { words: quoted[2], areaNamed: quoted[3]?.trim() ?? null };
  const lower = text.toLowerCase();
  const area = areaNames.find((name) => lower.endsWith(` in ${name.toLowerCase()}`));
  if (area === undefined) return { words: text, areaNamed: null };
  return { words: startOf(text, text.length - ` in ${area}`.length), areaNamed: area };
}

/** Fewer than none takes tickets back. */
function parseTickets(rest: string, typed: string): Command {
  const [first = '', count = '', ...others] = rest.split(' ');
  const number = parseNumber(first);
  const link = parseUrl(others.join(' '));
  const isLink = others.length === 0 || link !== undefined;
  if (number !== undefined && /^[-−]?[1-9]\d{0,4}$/.test(count) && isLink)
    return { kind: 'tickets', number, tickets: Number(count.replace('−', '-')), link: link ?? null };
  if (number === undefined && rest.split(' ').length > 1) return { kind: 'report', title: typed };
  return misused('Say which defect and how many tickets, with a link if there is one: `tickets 42 3 https://…`.');
}

function parseLink(verb: 'link' | 'unlink', rest: string, typed: string): Command {
  const [first = '', ...others] = rest.split(' ');
  const number = parseNumber(first);
  const url = parseUrl(others.join(' '));
  if (number !== undefined && url) return { kind: verb, number, url };
  if (number !== undefined && verb === 'unlink' && others.length === 0) return { kind: verb, number, url: null };
  if (number === undefined && others.length > 0) return { kind: 'report', title: typed };
  const example = verb === 'link' ? 'link 42 https://…' : 'unlink 42';
  return misused(`Say which defect, and the address of the ticket: \`${example}\`.`);
}

/** An address may come as Slack writes one: in angle brackets, with its label behind a bar. */
function parseUrl(text: string): string | undefined {
  return /^<?(https?:\/\/[^\s|<>]{1,1900})(?:\|[^>]*)?>?$/i.exec(text)?.[1];
}

/** `42`, `D-42`, `d42` or `#42`. */
export function parseNumber(text: string): number | undefined {
  const digits = /^(?:d-?|#)?(\d{1,9})$/i.exec(text.trim())?.[1];
  const number = digits === undefined ? Number.NaN : Number(digits);
  return number >= 1 ? number : undefined;
}

function misused(words: string): Command {
  return { kind: 'misused', words };
}

/** The command that a typing slip away from: one edit for short words, two for words of six letters and more. */
function nearestVerb(word: string): string | undefined {
  if (word.length < 3) return undefined;
  const near = VERBS.map((verb) => ({ verb, edits: editsBetween(word, verb) }))
    .filter(({ verb, edits }) => edits <= (verb.length >= 6 ? 2 : 1))
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.verb;
}

/** Edits between two words, a swap of neighbours counted as one (optimal string alignment). */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const cost: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  const at = (i: number, j: number) => cost[i]?.[j] ?? 0;
  for (let j = 0; j <= b.length; j += 1) (cost[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : 99;
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      (cost[i] as number[])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swap);
    }
  }
  return at(a.length, b.length);
}
