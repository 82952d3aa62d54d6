import { severityNamed } from '../signals/signal-words.ts';
import type { Severity } from '../vocabulary.ts';
import { labelNames } from './find-value.ts';
import { textOf } from './read-text.ts';

/** The steps of trackers in the languages that exports come in most, by their English names. */
const TRANSLATED: Record<string, string> = {
  höchste: 'highest',
  'sehr hoch': 'highest',
  hoch: 'high',
  mittel: 'medium',
  niedrig: 'low',
  niedrigste: 'lowest',
  gering: 'low',
  kritisch: 'critical',
  schwer: 'major',
  dringend: 'urgent',
  sofort: 'immediate',
  'la plus élevée': 'highest',
  élevée: 'high',
  haute: 'high',
  moyenne: 'medium',
  faible: 'low',
  basse: 'low',
  critique: 'critical',
  bloquant: 'blocker',
  urgente: 'urgent',
  'más alta': 'highest',
  alta: 'high',
  media: 'medium',
  média: 'medium',
  baja: 'low',
  baixa: 'low',
  bassa: 'low',
  crítica: 'critical',
  hoog: 'high',
  gemiddeld: 'medium',
  laag: 'low',
};

const UNSET = new Set([
  '',
  '-',
  '--',
  '---',
  'n/a',
  'none',
  'not set',
  'unset',
  'undefined',
  'unspecified',
  'null',
  'no priority',
  'no severity',
  'keine',
  'ohne',
  'aucune',
  'ninguna',
  'not prioritized',
  'unprioritized',
  'to be triaged',
  'triage',
]);

/** `unknown` when a word is there but stands for no severity; a list of labels may say nothing. */
export function readSeverity(
  value: unknown,
  words: Readonly<Record<string, Severity>>,
): { severity?: Severity; unknown?: boolean } {
  if (Array.isArray(value)) {
    return fromLabels(labelNames(value), words);
  }
  const text = textOf(value) ?? '';
  if (text.includes(',')) return fromLabels(labelNames(text), words);
  const word = (textOf(value) ?? '').trim().toLowerCase();
  if (textOf(value) !== undefined && UNSET.has(word)) return {};
  const severity = severityOf(word, words);
  return severity ? { severity } : { unknown: true };
}

function fromLabels(labels: readonly string[], words: Readonly<Record<string, Severity>>): { severity?: Severity } {
  const known = labels.map((label) => severityOf(label, words)).find((found) => found !== undefined);
  const severity = known ?? severityNamed(labels) ?? undefined;
  return severity ? { severity } : {};
}

function severityOf(word: string, words: Readonly<Record<string, Severity>>): Severity | undefined {
  const key = word.trim().toLowerCase();
  if (Object.hasOwn(words, key)) return words[key];
  const translated = TRANSLATED[key];
  if (translated && Object.hasOwn(words, translated)) return words[translated];
  // "1 - Critical", "P2: high": by the name behind the number where the tracker has such names, else by the number.
  const named = /^(?:p|sev|s)?\s?\d\s*[-–:.)]\s*(.+)$/.exec(key)?.[1];
  if (named && Object.hasOwn(words, named)) return words[named];
  return /\d/.test(key) || /^(severity|priority)/.test(key) ? (severityNamed([key]) ?? undefined) : undefined;
}
