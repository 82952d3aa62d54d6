import { describe, expect, it } from 'vitest';
import { parseCommand, splitRuleText } from '../../src/domain/command.ts';
import { fingerprintOf, MASKS } from '../../src/domain/grouping/fingerprint.ts';
import { foldForRule, parseRuleWords } from '../../src/domain/grouping/grouping-rule.ts';
import { splitWords } from '../../src/domain/grouping/words.ts';
import { parseMetricBound } from '../../src/domain/proof/metric-bound.ts';
import { parseLabels } from '../../src/domain/reliability/label-selector.ts';
import { parseSignalMapping } from '../../src/domain/signals/senders/generic-json.ts';
import { cleanLine, cleanText, cutText } from '../../src/domain/text/clean-text.ts';
import { csvCell } from '../../src/domain/text/csv-cell.ts';

/** What a pattern could go over again and again: long runs of one kind, and two kinds in turns. */
const RUNS = [
  ...['1', 'a', 'f', '0', '.', '-', '/', ':', '_', '+', '"', "'", '`', ' ', ';', '@', '[', '\\', '<', '\u0301', 'ﷺ'],
  ...['a.', '1.', '1:', 'a:', '1-', 'a-', '::', 'a_', '1s', '1/', './', '"a', "'1", '"1 ', 'a@', 'a@a', 'a@.', '0x'],
  ...[
    '1,',
    'jan',
    'jan ',
    'mon ',
    '1 jan',
    '::1',
    '10.',
    'c:\\',
    '\u001b[1;',
    'evt_',
    'a1-',
    'in "',
    'aA',
    '= ',
    '\n',
    '𝒶',
  ],
  ...['://', 'a://', '1.5m', '2026-11-04 ', '09:30:', ' in x"', '👩‍', '\u202e', '\u0000'],
];

const SIZES = [2_000, 16_000, 128_000];
/** Eight times the text may take sixteen times the work (2.5 for each doubling); going over it again would take 64 times. */
const GROWTH = 2.5 ** 3;
/** Below this a clock tells nothing. */
const LEAST_MS = 2;

/** The processor's time of this thread, so that a busy machine changes nothing; the least of a few, so that a pause does not. */
function workOf(task: () => unknown): number {
  const spent = [1, 2, 3].map(() => {
    const before = process.threadCpuUsage();
    task();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...spent);
}

/** The runs on which the work grows faster than the text. */
function runaways(work: (text: string) => unknown, runs: readonly string[] = RUNS): string[] {
  return runs.filter((run) => {
    let before = LEAST_MS;
    return SIZES.some((size) => {
      const text = run.repeat(size / run.length);
      const spent = workOf(() => work(text));
      const isRunaway = spent > before * GROWTH;
      before = Math.max(LEAST_MS, spent);
      return isRunaway;
    });
  });
}

/** A megabyte of all of them, one after the other. */
const MEGABYTE = RUNS.map((run) => run.repeat(1_000_000 / RUNS.length / run.length)).join('');

/** Looks for every match without keeping any. */
const search = (pattern: RegExp) => (text: string) => {
  pattern.lastIndex = 0;
  while (pattern.test(text));
};

const orRefused = (work: () => unknown) => {
  try {
    work();
  } catch {
    // A refusal is an answer too; only the work counts here.
  }
};

describe('work on text grows with its length and no faster', () => {
  it.each(MASKS.map(({ name, pattern }) => [name, pattern] as const))('looking for %s', (_, pattern) => {
    expect(runaways(search(pattern))).toEqual([]);
    expect(workOf(() => search(pattern)(MEGABYTE))).toBeLessThan(2_000);
  });

  it.each<[string, (text: string) => unknown]>([
    ['cleaning a line', (text) => cleanLine(text, text.length)],
    ['cleaning a text', (text) => cleanText(text, text.length)],
    ['cutting', (text) => cutText(text, text.length - 7)],
    ['a fingerprint', fingerprintOf],
    ['splitting words', splitWords],
    ['comparing with a rule', foldForRule],
    ['reading a rule', (text) => orRefused(() => parseRuleWords(text))],
    ['reading a command', parseCommand],
    ['reading a rule behind a command', (text) => splitRuleText(`"${text}`, ['billing'])],
    ['reading a bound', (text) => orRefused(() => parseMetricBound(text, [{ id: 1, name: 'billing' }], 1))],
    ['reading labels', parseLabels],
    ['reading a mapping', parseSignalMapping],
    ['writing a cell', csvCell],
  ])('%s', (_, work) => {
    expect(runaways(work)).toEqual([]);
    expect(workOf(() => work(MEGABYTE))).toBeLessThan(2_000);
  });

  it('and a pattern that goes over it again and again is found', () => {
    expect(runaways(search(/[\w.+-]+@[\w-]+/g), ['a.'])).toEqual(['a.']);
  });
});
