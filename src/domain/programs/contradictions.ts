import type { Rhythm, Settings } from './settings.ts';

/** A ritual on a weekday that is none of the working days: nobody is expected to be there. */
export type Contradiction = { ritual: 'triage' | 'digest'; weekday: number; nextWorkingDay: number };

/** What a person answered to a contradiction. */
export type Answer = 'move' | 'keep';
export type Answers = Partial<Record<Contradiction['ritual'], Answer>>;

/** What contradicts itself in settings that are valid one by one; at most one a ritual, its first. */
export function contradictionsIn(settings: Pick<Settings, 'triage' | 'digest' | 'workingDays'>): Contradiction[] {
  const { workingDays } = settings;
  return (['triage', 'digest'] as const).flatMap((ritual): Contradiction[] => {
    const weekday = settings[ritual].weekdays.find((day) => !workingDays.includes(day));
    return weekday === undefined ? [] : [{ ritual, weekday, nextWorkingDay: workingDayFrom(weekday, workingDays) }];
  });
}

/** The settings once a ritual's days off have moved to the next working day each. */
export function moveToWorkingDays<S extends Pick<Settings, 'triage' | 'digest' | 'workingDays'>>(
  settings: S,
  rituals: readonly Contradiction['ritual'][],
): S {
  const moved = Object.fromEntries(
    rituals.map((ritual) => [ritual, movedRhythm(settings[ritual], settings.workingDays)]),
  );
  return { ...settings, ...moved };
}

function movedRhythm(rhythm: Rhythm, workingDays: readonly number[]): Rhythm {
  const weekdays = rhythm.weekdays.map((day) => workingDayFrom(day, workingDays));
  return { ...rhythm, weekdays: [...new Set(weekdays)].sort((a, b) => a - b) };
}

/** The day itself where it is a working day, else the next one. */
function workingDayFrom(weekday: number, workingDays: readonly number[]): number {
  for (let ahead = 0; ahead < 7; ahead += 1) {
    const day = ((weekday - 1 + ahead) % 7) + 1;
    if (workingDays.includes(day)) return day;
  }
  return weekday;
}
