import { TZDate } from '@date-fns/tz';

/** The next instant (epoch ms) at which the zone's wall clock shows this weekday (0 Sunday) and full hour. */
export function nextWeekday(now: Date, tz: string, weekday: number, hour: number): number {
  const local = new TZDate(now.getTime(), tz);
  const ahead = (weekday - local.getDay() + 7) % 7;
  const at = (days: number) =>
    new TZDate(local.getFullYear(), local.getMonth(), local.getDate() + days, hour, 0, tz).getTime();
  return at(ahead) > now.getTime() ? at(ahead) : at(ahead + 7);
}
