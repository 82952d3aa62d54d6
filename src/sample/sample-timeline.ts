import type { Random } from '../domain/stats/random.ts';
import { DAY_MS, MINUTE_MS } from '../domain/time/durations.ts';
import { addDays } from '../domain/time/local-date.ts';
import {
  isWorkingDay,
  localDateOn,
  localTimeToInstant,
  nextWorkingDay,
  type WorkCalendar,
} from '../domain/time/working-time.ts';
import type { SampleArea, SampleDefect, SampleStep } from './sample-tables.ts';

export const HISTORY_DAYS = 56;
/** The history ends this long before it is loaded, so that what it enqueues can be told from what is said at the time. */
export const QUIET_MS = 30 * MINUTE_MS;

/** Something that happens once in the history. */
export type Happening = { at: Date; area: SampleArea['area']; defect: SampleDefect } & (
  | { kind: 'report'; nth: number }
  | { kind: 'step'; step: SampleStep }
);

/** Every report and decision of the tables, in the order of time; the same source of numbers gives the same history. */
export function planHappenings(
  areas: readonly SampleArea[],
  calendar: WorkCalendar & { timeZone: string },
  now: Date,
  random: Random,
): Happening[] {
  const day = { calendar, now, random };
  const happenings = areas.flatMap(({ area, defects }) =>
    defects.flatMap((defect): Happening[] => [
      ...reportDays(defect, random).map((ago, nth) => ({
        kind: 'report' as const,
        at: reportedAt(ago, day),
        area,
        defect,
        nth,
      })),
      ...(defect.steps ?? []).map((step) => ({
        kind: 'step' as const,
        at: decidedAt(step.ago, day),
        area,
        defect,
        step,
      })),
    ]),
  );
  // Stable, so that the steps of a defect keep their order where the end of the history pushes them together.
  return happenings.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** How many days before the end each report was seen, the oldest first. */
function reportDays({ seen }: SampleDefect, random: Random): number[] {
  return seen
    .flatMap(({ from, to, count }) =>
      Array.from({ length: count }, (_, i) => (i === 0 ? from : to + random() * (from - to))),
    )
    .sort((a, b) => b - a);
}

type Day = { calendar: WorkCalendar & { timeZone: string }; now: Date; random: Random };

/** Failures come by day and by night, but more by day. */
function reportedAt(ago: number, { now, random }: Day): Date {
  const at = now.getTime() - ago * DAY_MS - random() * 90 * MINUTE_MS;
  return new Date(Math.min(at, now.getTime() - QUIET_MS));
}

/** Decisions are made in the working hours of the program; one that falls on a free day waits for the next working day. */
function decidedAt(ago: number, { calendar, now, random }: Day): Date {
  const dateOn = addDays(localDateOn(now, calendar.timeZone), -Math.floor(ago));
  const workingOn = isWorkingDay(dateOn, calendar) ? dateOn : nextWorkingDay(dateOn, calendar);
  const minute = 9 * 60 + 30 + Math.floor(random() * 7 * 60);
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const at = localTimeToInstant(workingOn, time, calendar.timeZone);
  return new Date(Math.min(at.getTime(), now.getTime() - QUIET_MS));
}
