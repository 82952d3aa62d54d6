import type { DueSpan } from '../../domain/defects/default-due.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { metricBoundWords } from '../../domain/proof/metric-bound.ts';
import { counted } from '../../domain/text/counted.ts';
import type { Cadence } from '../../domain/time/cadence.ts';
import { dayNumber, isoWeekday } from '../../domain/time/local-date.ts';
import { localDateOn, localTimeAt } from '../../domain/time/working-time.ts';
import type { Escape, FixKind, Severity } from '../../domain/vocabulary.ts';
import { type Mrkdwn, mention, mrkdwn } from './mrkdwn.ts';

export { counted };

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "four"; from eleven on in figures. */
export function numberWord(count: number): string {
  return NUMBERS[count] ?? count.toLocaleString('en-GB');
}

export function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HALF_A_YEAR = 183;
const SHORT_WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "4 Nov", with the year only where it is half a year away or more: what is said before New Year is read after it. */
export function dayWords(dateOn: string, todayOn?: string): string {
  const [year, month, day] = dateOn.split('-');
  const words = `${Number(day)} ${MONTHS[Number(month) - 1]}`;
  const isNear = todayOn === undefined || Math.abs(dayNumber(dateOn) - dayNumber(todayOn)) < HALF_A_YEAR;
  return isNear ? words : `${words} ${year}`;
}

/** "Mon 4 Nov, 10:00" on the program's wall clock. */
export function momentWords(at: Date, timeZone: string): string {
  return `${weekdayWords(at, timeZone)}, ${localTimeAt(at, timeZone)}`;
}

/** "Mon 4 Nov" on the program's wall clock. */
export function weekdayWords(at: Date, timeZone: string): string {
  const dateOn = localDateOn(at, timeZone);
  return `${shortWeekday(dateOn)} ${dayWords(dateOn)}`;
}

/** "Mon 10:00" on the program's wall clock, for what is less than a week away. */
export function weekdayTimeWords(at: Date, timeZone: string): string {
  return `${shortWeekday(localDateOn(at, timeZone))} ${localTimeAt(at, timeZone)}`;
}

function shortWeekday(dateOn: string): string {
  return SHORT_WEEKDAYS[isoWeekday(dateOn) - 1] ?? '';
}

const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** "Monday". */
export function weekdayName(dateOn: string): string {
  return WEEKDAY_NAMES[isoWeekday(dateOn) - 1] ?? '';
}

/** "today", "yesterday", "12 days ago". */
export function agoWords(days: number): string {
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** One decimal below ten, none above: impact points are an order, not an account. */
export function points(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB');
}

export const SEVERITY_WORDS: Record<Severity, string> = {
  S1: 'S1, work stops',
  S2: 'S2, a main path is broken',
  S3: 'S3, there is a way around',
  S4: 'S4, a nuisance',
};

export const SPAN_WORDS: Record<DueSpan, string> = {
  '1d': '1 working day',
  '3d': '3 working days',
  '1w': 'a week',
  '2w': 'two weeks',
  '1m': 'a month',
  '2m': 'two months',
  '1q': 'a quarter',
};

export const ESCAPE_WORDS: Record<Escape, string> = {
  no_test: 'No test covers it',
  test_gap: 'A test has a gap',
  no_monitor: 'No monitor watches it',
  configuration: 'Configuration',
  operator_step: 'An operator step',
  vendor: 'A vendor',
  unknown: 'Not known yet',
};

export const FIX_KIND_WORDS: Record<FixKind, string> = {
  code: 'Code',
  configuration: 'Configuration',
  runbook: 'Docs or runbook',
  operator_step: 'Operator step',
  vendor_mitigation: 'Vendor mitigation',
};

/** A criterion as a condition; the named person is mentioned. */
export function criterionWords(criterion: Criterion): Mrkdwn {
  switch (criterion.kind) {
    case 'max_reports':
      return criterion.limit === 0
        ? mrkdwn`no report in the validation window`
        : mrkdwn`at most ${counted(criterion.limit, 'report')} in the validation window`;
    case 'metric':
      return mrkdwn`${metricBoundWords(criterion)}`;
    case 'second_person':
      return mrkdwn`${mention(criterion.userId)} confirms that it holds`;
    case 'link':
      return mrkdwn`a link to ${criterion.what}`;
  }
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** "Mon to Fri", "Mon, Wed and Sat"; 1 is Monday. */
export function weekdaysWords(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const [first = 1] = sorted;
  const isRun = sorted.length > 2 && sorted.every((day, i) => day === first + i);
  const names = sorted.map((day) => DAYS[day - 1] ?? '');
  return isRun ? `${names[0]} to ${names.at(-1)}` : listed(names);
}

const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const;

/** "Mondays at 10:00", "every 4 weeks, Mondays at 09:30". */
export function cadenceWords({
  weekdays,
  atLocalTime,
  everyWeeks,
}: Pick<Cadence, 'weekdays' | 'atLocalTime' | 'everyWeeks'>): string {
  const days = weekdays.length === 7 ? 'every day' : listed(weekdays.map((day) => WEEKDAYS[day - 1] ?? ''));
  return everyWeeks === 1 ? `${days} at ${atLocalTime}` : `every ${everyWeeks} weeks, ${days} at ${atLocalTime}`;
}
