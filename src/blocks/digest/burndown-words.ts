import { type Burndown, type FlowLine, openCount, type Standing } from '../../domain/digest/burndown.ts';
import type { Digest } from '../../domain/digest/digest.ts';
import { counted } from '../kit/words.ts';

const FLOW_WORDS: Record<FlowLine, { row: string; line: string }> = {
  new: { row: '+ New', line: 'new' },
  regressed: { row: '+ Regressed', line: 'came back' },
  failed: { row: '+ Failed fix', line: 'failed' },
  reduced: { row: '+ Seen less', line: 'seen less' },
  split: { row: '+ Split off', line: 'split off' },
  reopened: { row: '+ Reopened', line: 'reopened' },
  claimed: { row: 'Claimed', line: 'claimed' },
  proven: { row: '− Proven', line: 'proven' },
  merged: { row: '− Merged', line: 'merged' },
  riskAccepted: { row: '− Risk accepted', line: 'risk accepted' },
  dismissed: { row: '− Not a defect', line: 'not a defect' },
};
const FLOWS = Object.keys(FLOW_WORDS) as FlowLine[];

/** "29 to do, 4 claimed; +3 new, +1 came back, −5 proven. 1 fix failed." What came less what went is the difference of open. */
export function burndownLine({ thisWeek, gaps }: Pick<Digest, 'thisWeek' | 'gaps'>): string {
  if (gaps.length > 0) return 'The burn-down does not add up this week, so do not rely on it.';
  const { now, lines } = thisWeek;
  const flows = FLOWS.filter((line) => openCount(lines[line]) !== 0).map(
    (line) => `${signed(openCount(lines[line]))} ${FLOW_WORDS[line].line}`,
  );
  const failed = lines.failed.count > 0 ? ` ${counted(lines.failed.count, 'fix', 'fixes')} failed.` : '';
  const less = lines.reduced.count > 0 ? ` ${figure(lines.reduced.count)} seen less, not gone.` : '';
  const moved = flows.length > 0 ? flows.join(', ') : 'none came or went';
  return `${figure(now.toDo)} to do, ${figure(now.claimed)} claimed; ${moved}.${failed}${less}`;
}

/** These stand in the table even when they are zero. */
const ALWAYS: readonly FlowLine[] = ['new', 'proven'];

export type BurndownRow = { label: string; toDo: string; claimed: string; open: string; lastWeek: string };

/** The identity line by line: each column adds up from the first row to the last. */
export function burndownRows(thisWeek: Burndown, lastWeek: Burndown): BurndownRow[] {
  const standing = (label: string, of: Standing, last: Standing): BurndownRow => ({
    label,
    toDo: figure(of.toDo),
    claimed: figure(of.claimed),
    open: figure(openCount(of)),
    lastWeek: figure(openCount(last)),
  });
  const flows = FLOWS.filter(
    (line) => ALWAYS.includes(line) || thisWeek.lines[line].count > 0 || openCount(lastWeek.lines[line]) !== 0,
  ).map((line) => ({
    label: FLOW_WORDS[line].row,
    toDo: signed(thisWeek.lines[line].toDo),
    claimed: signed(thisWeek.lines[line].claimed),
    open: signed(openCount(thisWeek.lines[line])),
    lastWeek: signed(openCount(lastWeek.lines[line])),
  }));
  return [
    standing('Open a week ago', thisWeek.then, lastWeek.then),
    ...flows,
    standing('Open now', thisWeek.now, lastWeek.now),
  ];
}

/** "31 open a week ago, 33 open now." for those who cannot see the table. */
export function burndownSpoken(thisWeek: Burndown): string {
  return `Burn-down: ${openCount(thisWeek.then)} open a week ago, ${openCount(thisWeek.now)} open now. ${burndownLine({ thisWeek, gaps: [] })}`;
}

function figure(value: number): string {
  return value.toLocaleString('en-GB');
}

function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${figure(value)}` : `−${figure(-value)}`;
}
