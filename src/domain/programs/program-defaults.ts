import type { Cadence } from '../time/cadence.ts';
import type { Ritual } from '../vocabulary.ts';

type Calendar = { timeZone: string; workingDays: number[]; holidays: string[] };

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** What a new program starts with; everything can be changed in its settings. */
export const PROGRAM_DEFAULTS = {
  workingDays: [1, 2, 3, 4, 5],
  halfLifeDays: 28,
  agendaLimit: 10,
  trancheWeeks: 4,
} as const;

/** The rituals of a new program. Triage and digest move to the next working day where theirs is a holiday. */
export function defaultCadences(calendar: Calendar, anchorOn: string): Record<Ritual, Cadence> {
  const { timeZone, workingDays, holidays } = calendar;
  const base = { timeZone, workingDays, holidays, anchorOn, everyWeeks: 1 };
  return {
    triage: { ...base, weekdays: [1], atLocalTime: '10:00', onHoliday: 'next_working_day' },
    digest: { ...base, weekdays: [5], atLocalTime: '15:00', onHoliday: 'next_working_day' },
    // 09:30 in each owner's own zone; the zone kept here is not used for it.
    reminders: { ...base, weekdays: workingDays, atLocalTime: '09:30', onHoliday: 'skip' },
    tranche_review: { ...base, weekdays: [1], atLocalTime: '09:30', everyWeeks: 4, onHoliday: 'next_working_day' },
    proof: { ...base, weekdays: EVERY_DAY, workingDays: EVERY_DAY, atLocalTime: '08:00', onHoliday: 'skip' },
  };
}
