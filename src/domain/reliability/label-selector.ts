import { cleanLine } from '../text/clean-text.ts';
import type { LabelMatcher } from './metrics-question.ts';

const MOST_LABELS = 10;
const LONGEST_VALUE = 200;
const MATCHER =
  /^\s*([a-zA-Z_][a-zA-Z0-9_]{0,99})\s*(=~|!~|!=|=)\s*"((?:[^"\\\n]|\\["\\n.dwsbDWSB+*?()[\]{}|^$-])*)"\s*(,|$)/;

/**
 * Reads labels such as `service="billing", job=~"api|web"`, with or without braces around them. Nothing of the text is
 * passed on as it is: the matchers are taken apart here and written anew by `selectorOf`.
 */
export function parseLabels(text: string): { ok: LabelMatcher[] } | { bad: string } {
  const bad = (what: string) => ({ bad: `${what} Use labels such as service="billing", job=~"api|web".` });
  // Phones and Macs turn straight quotes into curly ones.
  const plain = text.trim().replace(/[“”„]/g, '"');
  let rest = /^\{.*\}$/s.test(plain) ? plain.slice(1, -1).trim() : plain;
  const labels: LabelMatcher[] = [];
  while (rest !== '') {
    const [whole, label = '', operator, quoted = ''] = MATCHER.exec(rest) ?? [];
    if (whole === undefined) return bad(`“${cleanLine(rest, 40)}” is no label.`);
    if (label === '__name__') return bad('The name of the metric is picked above.');
    const value = unquoted(quoted).toWellFormed();
    if (value.length > LONGEST_VALUE || hasControl(value))
      return bad(`The value of ${label} is too long or unreadable.`);
    labels.push({ label, operator: operator as LabelMatcher['operator'], value });
    if (labels.length > MOST_LABELS) return bad(`At most ${MOST_LABELS} labels fit.`);
    rest = rest.slice(whole.length).trimStart();
  }
  return labels.length > 0 ? { ok: labels } : bad('At least one label says which series are of this area.');
}

/** `{service="billing",job=~"api|web"}`, each value quoted as PromQL wants it. */
export function selectorOf(labels: readonly LabelMatcher[]): string {
  return `{${labels.map(matcherOf).join(',')}}`;
}

/** The labels as people type them. */
export function labelWords(labels: readonly LabelMatcher[]): string {
  return labels.map(matcherOf).join(', ');
}

function matcherOf({ label, operator, value }: LabelMatcher): string {
  return `${label}${operator}"${quoted(value)}"`;
}

function quoted(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** A backslash before a quote or another one is an escape; before anything else it belongs to a regular expression. */
function unquoted(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}

function hasControl(value: string): boolean {
  return [...value].some((char) => char < ' ' || char === '\u007f');
}
