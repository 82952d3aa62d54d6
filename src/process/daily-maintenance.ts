import type { Db } from '../db/engine/client.ts';
import { HOUR_MS } from '../domain/time/durations.ts';
import type { Logger } from '../log.ts';
import { type SingleFlight, singleFlight } from '../schedule/single-flight.ts';
import { runDailyMaintenance } from '../usecases/programs/upkeep/daily-maintenance.ts';
import { purgeLeft } from '../usecases/workspaces/purge-left.ts';

// A backup that finds no room has copied the whole database first.
const REST_MS = HOUR_MS;

/** What is due once a day, beside everything else. What failed is tried again after an hour, or by the next process. */
export function createDailyMaintenance(options: {
  db: Db;
  log: Logger;
  onFailure: () => void;
  /** Whether workspaces come and go; with one token of our own nothing is deleted because Slack says that it left. */
  servesMany?: boolean;
  /** Writes the backup of a day, where the database needs one. */
  backUp?: ((on: string) => Promise<unknown>) | undefined;
}): SingleFlight {
  const { db, log, backUp } = options;
  let restsUntil = new Date(0);
  return singleFlight(
    async (now) => {
      if (now < restsUntil) return;
      restsUntil = new Date(now.getTime() + REST_MS);
      const dropped = await runDailyMaintenance(db, now, backUp);
      restsUntil = new Date(0);
      if (!dropped) return;
      log.info({ dropped, backedUp: backUp !== undefined }, 'the daily maintenance is done');
      const purged = options.servesMany ? await purgeLeft(db, now) : [];
      for (const { workspaceId, rows } of purged) log.warn({ workspace: workspaceId, rows }, 'a workspace was purged');
    },
    (error) => {
      options.onFailure();
      log.error({ error }, 'the daily maintenance failed');
    },
  );
}
