import { type Burndown, type FlowLine, openCount, type Standing } from '../../domain/digest/burndown.ts';
import type { Digest, RitualHealth } from '../../domain/digest/digest.ts';
import type { SupportBurden, Tickets } from '../../domain/digest/support-burden.ts';
import { ratioWords } from '../../domain/digest/trend-words.ts';
import type { Verdict } from '../../domain/digest/weekly-verdict.ts';
import { cutText } from '../../domain/text.ts';
import { defectKey, type Escape, type FixKind } from '../../domain/vocabulary.ts';
import { counted, listed } from '../kit/words.ts';

/** The headline: a direction only with the interval that bears it out. */
export function verdictWords({ grade, now, before, interval }: Verdict, noun = 'report'): string {
  if (now + before === 0) return `No ${noun}s this week or last.`;
  const counts = `${counted(now, noun)} this week, ${before.toLocaleString('en-GB')} last week`;
  if (!interval) return `${counted(now, noun)} in this first week. A trend needs a week to compare with.`;
  const range = Number.isFinite(interval.high)
    ? `${ratioWords(interval.low)} to ${ratioWords(interval.high)} times as many, 95 % interval`
    : `at least ${ratioWords(interval.low)} times as many, 95 % interval`;
  const lead = { fewer: `Fewer ${noun}s`, more: `More ${noun}s`, 'no clear change': `No clear change in ${noun}s` }[
    grade
  ];
  return `${lead}: ${counts} (${range}).`;
}

/** The verdict on support tickets, and what most of this week's are about; nothing where there were none. */
export function supportWords({ verdict, areas, defects }: SupportBurden): string[] {
  if (verdict.now + verdict.before === 0) return [];
  const said = [verdictWords(verdict, 'support ticket')];
  if (defects.length > 0) {
    const byArea = areas.map((one) => `${cutText(one.area, 40)} ${ticketsWords(one)}`);
    const byDefect = defects.map((one) => `${defectKey(one.number)} ${ticketsWords(one)}`);
    said.push(`Most by area: ${listed(byArea)}. Most by defect: ${listed(byDefect)}.`);
  }
  return said;
}

/** "14 (was 9)". */
function ticketsWords({ tickets, ticketsBefore }: Tickets): string {
  return `${tickets.toLocaleString('en-GB')} (was ${ticketsBefore.toLocaleString('en-GB')})`;
}

/** "31 open now, 33 a week ago; 5 of them are claimed." */
export function openWords({ then, now }: Burndown): string {
  const claimed = now.claimed === 0 ? '' : ` ${counted(now.claimed, 'fix', 'fixes')} claimed and not proven yet.`;
  return `${openCount(now)} open now, ${openCount(then)} a week ago.${claimed}`;
}

const FLOW_WORDS: Record<FlowLine, string> = {
  new: '+ New',
  regressed: '+ Regressed',
  failed: '+ Failed fix',
  split: '+ Split off',
  reopened: '+ Reopened',
  claimed: 'Claimed',
  proven: '− Proven',
  merged: '− Merged',
  riskAccepted: '− Risk accepted',
  dismissed: '− Not a defect',
};

/** These stand in the table even when they are zero. */
const ALWAYS: readonly FlowLine[] = ['new', 'proven'];

export type BurndownRow = { label: string; toDo: string; claimed: string; open: string; lastWeek: string };

/** The identity line by line: each column adds up from the first row to the last. */
export function burndownRows(thisWeek: Burndown, lastWeek: Burndown): BurndownRow[] {
  const standing = (label: string, of: Standing, last: Standing): BurndownRow => ({
    label,
    toDo: String(of.toDo),
    claimed: String(of.claimed),
    open: String(openCount(of)),
    lastWeek: String(openCount(last)),
  });
  const flows = (Object.keys(FLOW_WORDS) as FlowLine[])
    .filter((line) => ALWAYS.includes(line) || thisWeek.lines[line].count > 0 || openCount(lastWeek.lines[line]) !== 0)
    .map((line) => ({
      label: FLOW_WORDS[line],
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

/** "31 open a week ago, + new 6, − proven 4, 33 open now." for those who cannot see the table. */
export function burndownSentence({ then, now, lines }: Burndown): string {
  const flows = (Object.keys(FLOW_WORDS) as FlowLine[])
    .filter((line) => ALWAYS.includes(line) || lines[line].count > 0)
    .map((line) => `${FLOW_WORDS[line].replace(/^[+−] /, '').toLowerCase()} ${lines[line].count}`);
  return `Burn-down: ${openCount(then)} open a week ago; ${flows.join(', ')}; ${openCount(now)} open now (${now.toDo} to do, ${now.claimed} claimed).`;
}

function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `−${-value}`;
}

/** One sentence a ritual, only for those that had something to do. */
export function healthWords({ triage, reminders }: RitualHealth): string[] {
  const ran = triage.onTime + triage.late;
  const said: string[] = [];
  if (triage.missed > 0) said.push(`Triage was missed ${triage.missed === 1 ? 'once' : `${triage.missed} times`}.`);
  if (triage.items > 0) {
    const how = ran > 0 && triage.late === ran ? 'Triage ran late' : 'Triage was held';
    const carried = triage.carriedOver === 0 ? '' : `, ${triage.carriedOver} carried over`;
    const rate = Math.round((triage.decided / triage.items) * 100);
    said.push(`${how}: ${triage.decided} of ${counted(triage.items, 'item')} decided (${rate} %)${carried}.`);
  } else if (ran > 0) said.push('Triage was held with nothing to decide.');
  if (reminders.sent > 0) said.push(`${counted(reminders.sent, 'reminder')} sent, ${reminders.acted} led to action.`);
  return said;
}

const ESCAPED: Record<Escape, string> = {
  no_test: 'no test',
  test_gap: 'a gap in a test',
  no_monitor: 'no monitor',
  configuration: 'configuration',
  operator_step: 'an operator step',
  vendor: 'a vendor',
  unknown: 'not known yet',
};

/** "Why defects got through, last 90 days: no monitor 7, a gap in a test 4 (of 18 accepted)." */
export function escapeWords(escapes: Digest['escapes']): string | undefined {
  const all = escapes.reduce((sum, { count }) => sum + count, 0);
  if (all < 3) return undefined;
  const most = escapes.slice(0, 3).map((one) => `${ESCAPED[one.escape]} ${one.count}`);
  return `What let defects through in 90 days, of ${all} accepted: ${most.join(', ')}.`;
}

const FIXED_BY: Record<FixKind, string> = {
  code: 'code',
  configuration: 'configuration',
  runbook: 'docs or runbook',
  operator_step: 'operator step',
  vendor_mitigation: 'vendor mitigation',
};

/** A kind of fix is compared from this many on; fewer tell nothing. */
const FEWEST_FIXES = 3;

/** "Fixes of the last 180 days that still hold: code 8 of 10, docs or runbook 4 of 4." */
export function fixKindWords(fixes: Digest['fixes']): string | undefined {
  const enough = fixes.filter(({ claimed }) => claimed >= FEWEST_FIXES);
  if (enough.length === 0) return undefined;
  const each = enough.map(({ kind, claimed, cameBack }) => `${FIXED_BY[kind]} ${claimed - cameBack} of ${claimed}`);
  return `Fixes of the last 180 days that still hold: ${listed(each)}.`;
}
