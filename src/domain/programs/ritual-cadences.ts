import type { Cadence } from '../time/cadence.ts';
import type { Ritual } from '../vocabulary.ts';
import type { Rhythm, Settings } from './settings.ts';

/** How long before triage the tranche is reviewed. */
const REVIEW_AHEAD_MINUTES = 30;

/**
 * The cadence of a ritual under these settings.
 *
 * 1. Triage and digest have the rhythm that is set; reminders come on working days.
 * 2. The tranche review comes half an hour before a triage of the same day, so it moves along.
 * 3. Proofs are judged every day of the year.
 */
export function cadenceUnder(ritual: Ritual, cadence: Cadence, settings: Settings): Cadence {
  const { timeZone, workingDays, holidays, triage } = settings;
  if (ritual === 'proof') return { ...cadence, timeZone };
  const calendar = { ...cadence, timeZone, workingDays: [...workingDays], holidays: [...holidays] };
  switch (ritual) {
    case 'triage':
    case 'digest':
      return { ...calendar, ...rhythmOf(settings[ritual]) };
    case 'reminders':
      return { ...calendar, weekdays: [...workingDays], atLocalTime: settings.reminderTime };
    case 'tranche_review':
      return { ...calendar, weekdays: triage.weekdays.slice(0, 1), atLocalTime: minutesBefore(triage.atLocalTime) };
  }
}

function rhythmOf({ weekdays, atLocalTime, everyWeeks }: Rhythm): Rhythm {
  return { weekdays: [...weekdays], atLocalTime, everyWeeks };
}

function minutesBefore(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = Math.max(0, hours * 60 + minutes - REVIEW_AHEAD_MINUTES);
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
