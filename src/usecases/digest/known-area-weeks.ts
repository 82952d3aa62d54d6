import { type AreaCounts, listStoredWeeks, type StoredWeek, type Week } from '../../db/digest/known-weeks.ts';
import { countAreaWeeks, listEveryArea, weeksBetween } from '../../db/digest/verdict-facts.ts';
import { type KnownWeek, UNSETTLED_WEEKS } from '../../domain/digest/program-verdicts.ts';
import type { Db, Program } from '../doing.ts';

/** The weeks between the bounds of each area, in the order of the areas: as they are stored, the others from the reports. */
export async function knownAreaWeeks(
  db: Db,
  program: Program,
  bounds: readonly Date[],
): Promise<{ area: string; weeks: KnownWeek[] }[]> {
  const [areas, { weeks }] = await Promise.all([listEveryArea(db, program.id), completeWeeks(db, program, bounds)]);
  return areas.map(({ id, name }) => ({
    area: name,
    weeks: weeks.map((week) => {
      const { reports, tickets, late } = week.areas.find(({ areaId }) => areaId === id) ?? NOTHING;
      return { reports, tickets, late: week.isSettled ? late : 0 };
    }),
  }));
}

const NOTHING = { reports: 0, tickets: 0, late: 0 };

/** All weeks between the bounds, those that had to be counted apart, and what is stored besides. */
export async function completeWeeks(
  db: Db,
  program: Program,
  bounds: readonly Date[],
): Promise<{ weeks: StoredWeek[]; counted: StoredWeek[]; other: StoredWeek[] }> {
  const asked = weeksBetween(bounds);
  const stored = await listStoredWeeks(db, program.id);
  const byEnds = new Map(stored.map((week) => [endsOf(week), week]));
  const wanted = asked.map((week, i) => {
    const isSettled = i < asked.length - UNSETTLED_WEEKS;
    const known = byEnds.get(endsOf(week));
    return { ...week, isSettled, areas: known && (known.isSettled || !isSettled) ? known.areas : null };
  });
  const missing = wanted.filter(({ areas }) => areas === null);
  const counts = await countAreaWeeks(db, program.id, missing);
  const counted = new Map<Week, readonly AreaCounts[]>(missing.map((week, i) => [week, counts[i] ?? []]));
  const whole = (week: (typeof wanted)[number]) => ({ ...week, areas: week.areas ?? counted.get(week) ?? [] });
  const ends = new Set(asked.map(endsOf));
  return {
    weeks: wanted.map(whole),
    counted: missing.map(whole),
    other: stored.filter((week) => !ends.has(endsOf(week))),
  };
}

const endsOf = ({ startsAt, endsAt }: Week) => `${startsAt.getTime()} ${endsAt.getTime()}`;
