import { dayWords } from '../../src/blocks/kit/words.ts';
import { dayNumber } from '../../src/domain/time/local-date.ts';
import { localDateOn } from '../../src/domain/time/working-time.ts';
import type { Log, LoggedDefect } from './log.ts';

/** One thing that a message claims, and what the log says. The same thing is called the same wherever it is said. */
export type Claim = { what: string; said: string | number; is: string | number };

/** Where the program is. */
export const TIME_ZONE = 'Europe/Berlin';

export function figure(text: string | undefined): number {
  return Number((text ?? '0').replaceAll(',', '').replace('−', '-'));
}

/** What a pattern caught first; nothing said is zero. */
export function saidIn(text: string): (pattern: RegExp) => number {
  return (pattern) => figure(pattern.exec(text)?.[1]);
}

export function todayOf(now: Date): string {
  return localDateOn(now, TIME_ZONE);
}

export function dueOf(defect: LoggedDefect, now: Date): string {
  return defect.dueOn ? dayWords(defect.dueOn, todayOf(now)) : 'none';
}

export function isOverdue({ state, dueOn }: LoggedDefect, now: Date): boolean {
  return state === 'accepted' && dueOn !== null && dueOn < todayOf(now);
}

export function unowned(log: Log): number {
  return log.open.filter(({ ownerId }) => ownerId === null).length;
}

/** "today", "yesterday", "12 days ago", by the days of the program. */
export function agoOf(at: Date, now: Date): string {
  const days = dayNumber(todayOf(now)) - dayNumber(todayOf(at));
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}

/** Fixes that did not hold before the defect was proven, or since. */
export function failedFixes(log: Log, { id }: LoggedDefect): number {
  return log.eventsOf(id).filter(({ kind }) => kind === 'failed').length;
}

/** "7 reports from 4 reporters", the accounts and tickets that they name, and the day of the last. */
export function sumsOf(log: Log, { id }: LoggedDefect) {
  const all = log.reportsOf(id);
  const total = (of: (one: (typeof all)[number]) => number) => all.reduce((sum, one) => sum + of(one), 0);
  return {
    reports: total(({ occurrences }) => occurrences),
    reporters: new Set(all.map(({ reporterId }) => reporterId)).size,
    accounts: total(({ affected }) => affected),
    tickets: total(({ supportTickets }) => supportTickets),
    firstAt: new Date(Math.min(...all.map(({ seenAt }) => seenAt.getTime()))),
    lastAt: new Date(Math.max(...all.map(({ seenAt }) => seenAt.getTime()))),
  };
}
