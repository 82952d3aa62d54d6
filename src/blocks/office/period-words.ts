import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import { addDays } from '../../domain/time/local-date.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { wholePercentWords } from '../kit/figures.ts';
import { counted, dayWords, listed } from '../kit/words.ts';
import { areaName } from '../reliability/budget-words.ts';

const NAMED = 12;

/** The days of a period, from its first to its last: "1 Jul to 30 Sep 2026". */
export function spanWords({ after, upTo, timeZone }: PeriodFacts, isOver = true): string {
  const endOn = localDateOn(new Date(upTo), timeZone);
  const lastOn = isOver ? addDays(endOn, -1) : endOn;
  return `${dayWords(localDateOn(new Date(after), timeZone))} to ${dayWords(lastOn)} ${lastOn.slice(0, 4)}`;
}

/** Everything that a report says of a period, a sentence each, without marks. */
export function periodSentences(facts: PeriodFacts): string[] {
  return [
    trendWords(facts),
    burndownWords(facts),
    reportsWords(facts),
    outcomeWords(facts),
    holdWords(facts),
    ...budgetsWords(facts),
    ritualWords(facts),
    ...facts.gaps.map((gap) => `The burn-down does not add up: ${gap}.`),
  ].filter((words) => words !== '');
}

/** "Fewer reports since the week of 19 Oct: 31 a week, 44 before." */
export function trendWords({ trend }: PeriodFacts): string {
  return trend?.sentence ?? 'No whole week of reports yet.';
}

/** "29 open, 33 at the start: +20 new, +3 came back, −24 proven." */
export function burndownWords({ openThen, open, claimed, flows }: PeriodFacts): string {
  const parts = [
    [flows.new, '+', 'new'],
    [flows.regressed, '+', 'came back'],
    [flows.split, '+', 'split off'],
    [flows.reopened, '+', 'reopened'],
    [flows.proven, '−', 'proven'],
    [flows.merged, '−', 'merged'],
    [flows.riskAccepted, '−', 'accepted as a risk'],
    [flows.dismissed, '−', 'dismissed'],
  ] as const;
  const moved = parts.flatMap(([count, sign, words]) => (count === 0 ? [] : [`${signed(count, sign)} ${words}`]));
  const waiting = claimed === 0 ? '' : `, ${claimed.toLocaleString('en-GB')} of them claimed`;
  const now = `${open.toLocaleString('en-GB')} open${waiting}`;
  return `${now}; ${openThen.toLocaleString('en-GB')} at the start${moved.length > 0 ? `: ${moved.join(', ')}` : ''}.`;
}

function signed(count: number, sign: '+' | '−'): string {
  const shown = count < 0 ? (sign === '+' ? '−' : '+') : sign;
  return `${shown}${Math.abs(count).toLocaleString('en-GB')}`;
}

function reportsWords({ reports, reportsBefore }: PeriodFacts): string {
  const before = reportsBefore === null ? '' : `, ${reportsBefore.toLocaleString('en-GB')} in as long a time before`;
  return `${counted(reports, 'report')}${before}.`;
}

function outcomeWords({ outcomes: { proven, failed, reduced, regressed } }: PeriodFacts): string {
  return [
    ...(proven.length > 0 ? [`Proven: ${keys(proven)}.`] : ['Nothing was proven.']),
    ...(failed.length > 0 ? [`Fixes that failed: ${keys(failed)}.`] : []),
    ...(reduced.length > 0 ? [`Seen less, not gone: ${keys(reduced)}.`] : []),
    ...(regressed.length > 0 ? [`Back after their proof: ${keys(regressed)}.`] : []),
  ].join(' ');
}

function keys(numbers: readonly number[]): string {
  const named = numbers.slice(0, NAMED).map(defectKey);
  return listed(numbers.length > NAMED ? [...named, `${numbers.length - NAMED} more`] : named);
}

/** "15 of 17 fixes still hold. About 85 % last 30 days (51 to 96 %), 80 % last 60." */
export function holdWords({ fixes }: PeriodFacts): string {
  return fixes.sentence;
}

function budgetsWords({ budgets }: PeriodFacts): string[] {
  if (budgets.length === 0) return [];
  const words = budgets.map(({ area, left }) =>
    left === null ? `${areaName(area)} not known` : `${areaName(area)} ${used(left)} used`,
  );
  return [`Error budgets at the end: ${listed(words)}.`];
}

/** "2 of 4 error budgets are spent"; undefined where there are none. */
export function spentWords({ budgets }: PeriodFacts): string | undefined {
  if (budgets.length === 0) return undefined;
  const spent = budgets.filter(({ left }) => left !== null && left < 1e-9).length;
  const unknown = budgets.filter(({ left }) => left === null).length;
  const rest = unknown === 0 ? '' : `, ${unknown} not known`;
  return `${spent === 0 ? 'no' : spent} of ${counted(budgets.length, 'error budget')} spent${rest}`;
}

function used(left: number): string {
  return wholePercentWords(Math.max(0, 1 - left));
}

function ritualWords({ rituals: { triage, digest } }: PeriodFacts): string {
  const part = ({ held, missed }: { held: number; missed: number }, one: string) =>
    held + missed === 0 ? [] : [`${held.toLocaleString('en-GB')} of ${counted(held + missed, one)}`];
  const parts = [...part(triage, 'triage'), ...part(digest, 'digest')];
  return parts.length === 0 ? 'No ritual was due.' : `Held: ${listed(parts)}.`;
}
