import { limits } from '../rules/limits.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export type EventMeter = ReturnType<typeof createEventMeter>;

/** Counts the events of an hour. `announce` comes once a minute while there are too many. */
export function createEventMeter() {
  let most: number | undefined;
  let since = Number.NEGATIVE_INFINITY;
  let count = 0;
  let announcedAt = Number.NEGATIVE_INFINITY;
  return {
    /** Events of an hour; undefined for Slack's own number. */
    limit(events: number | undefined): void {
      most = events;
      since = Number.NEGATIVE_INFINITY;
    },
    /** Whether an event may go out now; `holds` is false where limits are off and none was asked for. */
    take(now: number, holds: boolean): 'pass' | 'drop' | 'announce' {
      if (!holds && most === undefined) return 'pass';
      if (now - since >= HOUR_MS) {
        since = now;
        count = 0;
        announcedAt = Number.NEGATIVE_INFINITY;
      }
      count += 1;
      if (count <= (most ?? limits.eventVolume.value)) return 'pass';
      if (now - announcedAt < MINUTE_MS) return 'drop';
      announcedAt = now;
      return 'announce';
    },
  };
}
