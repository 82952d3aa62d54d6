import { findLastEventId } from '../db/defects/recent-events.ts';
import type { Db } from '../db/engine/client.ts';
import type { Clock, ElapsedMs } from '../domain/time/clock.ts';
import { HOUR_MS, MINUTE_MS } from '../domain/time/durations.ts';
import { type Coalesced, coalesced } from '../schedule/coalesced.ts';
import { refreshDirectMessages } from '../usecases/reminders/refresh-direct-messages.ts';
import { refreshTriages } from '../usecases/triage/refresh-triages.ts';

// An event may be committed after others with higher ids, but no transaction takes this long.
const LONGEST_TRANSACTION_MS = 2 * MINUTE_MS;
const LOOK_AT_ALL_MS = HOUR_MS;

/** Brings what people have open up to date: threads, direct messages, App Homes. Looks only at what something new is about. */
export function createRefresher(options: {
  db: Db;
  clock: Clock;
  elapsedMs: ElapsedMs;
  /** False where some are left for the next time. */
  refreshHomes: (afterEventId: number) => Promise<boolean>;
  sendSoon: () => void;
  onError: (error: unknown) => void;
}): Coalesced {
  const { db, clock, elapsedMs, refreshHomes, sendSoon, onError } = options;
  const shown = createShownUpTo(elapsedMs);
  return coalesced(async () => {
    const lastId = await findLastEventId(db);
    const afterEventId = shown.begin(lastId);
    if (afterEventId >= lastId && lastId > 0) return;
    const now = clock.now();
    await refreshTriages(db, now, afterEventId);
    await refreshDirectMessages(db, now, afterEventId);
    sendSoon();
    if (await refreshHomes(afterEventId)) shown.end();
  }, onError);
}

/**
 * Up to which event everything shows what has happened, by the looks that were whole: up to what was the newest long enough
 * before the last of them. It is 0, which is from the beginning, at first and once an hour.
 */
export function createShownUpTo(elapsedMs: ElapsedMs) {
  let whole: { atMs: number; lastId: number }[] = [];
  let current = { atMs: 0, lastId: 0, isOfAll: true };
  let allAtMs = -Infinity;
  return {
    /** @param lastId the newest event there is now */
    begin(lastId: number): number {
      const atMs = elapsedMs();
      const last = whole.at(-1);
      const old = whole.findLastIndex((look) => last && last.atMs - look.atMs >= LONGEST_TRANSACTION_MS);
      whole = whole.slice(Math.max(old, 0));
      const isOfAll = old === -1 || atMs - allAtMs >= LOOK_AT_ALL_MS;
      current = { atMs, lastId, isOfAll };
      return isOfAll ? 0 : (whole[0]?.lastId ?? 0);
    },
    /** That look was whole. */
    end(): void {
      if (current.isOfAll) allAtMs = current.atMs;
      whole.push(current);
    },
  };
}
