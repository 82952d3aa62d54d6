import { SIGNAL_WORDS } from '../../src/blocks/signals/signal-kinds.ts';
import type { Golden, GoldenDefect } from './golden.ts';

/** A row of the table: who sends, in which situation, and what comes of it. */
export function goldenRow(golden: Golden): string {
  const { becomes, leftOut = [], releases = [] } = golden;
  const cells = [
    ...becomes.map((defect, i) => `D-${i + 1} ${defectWords(defect)}`),
    ...releases.map((version) => `release ${version}`),
    ...leftOut.map(({ event, why, count }) => `left out: ${event}${count === 1 ? '' : `, ${count} times`}. ${why}`),
  ];
  return `| ${SIGNAL_WORDS[golden.kind].label} | ${golden.situation} | ${cells.join('<br>') || 'nothing new'} |`;
}

export const TABLE_HEAD = '| sender | situation | what it became |\n|---|---|---|';

function defectWords({
  title,
  severity,
  area,
  occurrences,
  over,
  environment,
  accounts,
  vendor,
}: GoldenDefect): string {
  return [
    `“${title}”, ${severity}, ${area}`,
    ...(occurrences === 1 ? [] : [`${occurrences} occurrences`]),
    ...(over === 0 ? [] : [`${over} over`]),
    ...(environment === null ? [] : [environment]),
    ...(accounts.length === 0 ? [] : [accounts.join(' and ')]),
    ...(vendor === null ? [] : [`at fault: ${vendor}`]),
  ].join(', ');
}
