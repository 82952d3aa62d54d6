import type { Program } from '../../src/db/programs/programs.ts';
import type { Schedule } from '../../src/db/programs/schedules.ts';
import { nextInstant } from '../../src/domain/time/cadence.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time/durations.ts';
import { addDays } from '../../src/domain/time/local-date.ts';
import { isWorkingDay, localDateOn, localTimeToInstant } from '../../src/domain/time/working-time.ts';

export type Beat = { at: Date; people?: 'decide' | 'work' };

/** Every instant of (from, upTo] at which something is due, or people do their part, in order. */
export function beatsWithin(
  program: Program,
  schedules: readonly Schedule[],
  zones: readonly string[],
  { from, upTo }: { from: Date; upTo: Date },
): Beat[] {
  const beats = new Map<number, Beat>();
  const add = (at: Date, people?: Beat['people']) => {
    if (at > from && at <= upTo) beats.set(at.getTime(), { at, ...(people ? { people } : {}) });
  };
  for (const { ritual, cadence } of schedules) {
    if (ritual === 'reminders') continue;
    for (let at = nextInstant(cadence, from); at <= upTo; at = nextInstant(cadence, at)) {
      add(at);
      if (ritual === 'triage') add(new Date(at.getTime() + 2 * HOUR_MS), 'decide');
      if (ritual === 'triage') add(new Date(at.getTime() + 2 * DAY_MS + 4 * HOUR_MS), 'work');
    }
  }
  const reminders = schedules.find(({ ritual }) => ritual === 'reminders');
  for (const zone of reminders ? zones : []) {
    const last = localDateOn(upTo, zone);
    for (let on = localDateOn(from, zone); on <= last; on = addDays(on, 1)) {
      if (isWorkingDay(on, program)) add(localTimeToInstant(on, reminders?.cadence.atLocalTime ?? '09:30', zone));
    }
  }
  add(upTo);
  return [...beats.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}
