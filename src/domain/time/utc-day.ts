import { DAY_MS } from './durations.ts';

/** The midnight of UTC at or before an instant. */
export function startOfUtcDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}
