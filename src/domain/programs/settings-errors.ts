import { cleanLine } from '../text/clean-text.ts';
import { isTimeZone } from '../time/cadence.ts';
import { isLocalDate, isLocalTime } from '../time/local-date.ts';
import type { Settings } from './settings.ts';

/** As many dates as the form can show again. */
export const MOST_HOLIDAYS = 200;
export const MOST_HALF_LIFE_DAYS = 365;
export const MOST_AGENDA_ITEMS = 30;
const MOST_NAMED = 3;

/** A field of the settings' forms; a refusal names the one that it belongs to. */
export type SettingsField =
  | 'triageDay'
  | 'triageTime'
  | 'digestDay'
  | 'digestTime'
  | 'reminderTime'
  | 'agendaLimit'
  | 'timeZone'
  | 'workingDays'
  | 'holidays'
  | 'halfLife';

const CHECKS: Record<SettingsField, (settings: Settings) => string | undefined> = {
  triageDay: ({ triage }) => noDay(triage.weekdays, 'Pick a day for triage.'),
  triageTime: ({ triage }) => noTime(triage.atLocalTime),
  digestDay: ({ digest }) => noDay(digest.weekdays, 'Pick a day for the digest.'),
  digestTime: ({ digest }) => noTime(digest.atLocalTime),
  reminderTime: ({ reminderTime }) => noTime(reminderTime),
  agendaLimit: ({ agendaLimit }) => outside(agendaLimit, MOST_AGENDA_ITEMS, 'items'),
  timeZone: ({ timeZone }) => noTimeZone(timeZone),
  workingDays: ({ workingDays }) => noDay(workingDays, 'Pick at least one working day.'),
  holidays: ({ holidays }) => noHolidays(holidays),
  halfLife: ({ halfLifeDays }) => outside(halfLifeDays, MOST_HALF_LIFE_DAYS, 'days'),
};

/** What is wrong with each field, in words that a person can act on; nothing where all is well. */
export function settingsErrors(settings: Settings): Partial<Record<SettingsField, string>> {
  const errors: Partial<Record<SettingsField, string>> = {};
  for (const [field, check] of Object.entries(CHECKS) as [SettingsField, (typeof CHECKS)[SettingsField]][]) {
    const words = check(settings);
    if (words) errors[field] = words;
  }
  return errors;
}

function noDay(days: readonly number[], words: string): string | undefined {
  return days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) ? undefined : words;
}

function noTime(time: string): string | undefined {
  return isLocalTime(time) ? undefined : 'Pick a time of day.';
}

function outside(value: number, most: number, what: string): string | undefined {
  return Number.isInteger(value) && value >= 1 && value <= most
    ? undefined
    : `Use a whole number of ${what}, 1 to ${most}.`;
}

function noTimeZone(name: string): string | undefined {
  if (name === '') return 'Enter a time zone, such as Europe/Berlin.';
  if (isTimeZone(name)) return undefined;
  return `“${cleanLine(name, 60)}” is no time zone. Use a name such as Europe/Berlin.`;
}

function noHolidays(dates: readonly string[]): string | undefined {
  if (dates.length > MOST_HOLIDAYS) return `At most ${MOST_HOLIDAYS} holidays fit. Leave out those that have passed.`;
  const wrong = dates.filter((date) => !isLocalDate(date));
  if (wrong.length === 0) return undefined;
  const named = wrong.slice(0, MOST_NAMED).map((date) => `“${cleanLine(date, 30)}”`);
  const more = wrong.length > MOST_NAMED ? ` and ${wrong.length - MOST_NAMED} more` : '';
  return `${named.join(', ')}${more} ${wrong.length === 1 ? 'is no date' : 'are no dates'}. Write dates as 2026-12-25.`;
}
