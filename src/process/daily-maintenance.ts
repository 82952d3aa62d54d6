import type { Db } from '../db/engine/client.ts';
import type { Logger } from '../log.ts';
import { type SingleFlight, singleFlight } from '../schedule/single-flight.ts';
import { runDailyMaintenance } from '../usecases/programs/upkeep/daily-maintenance.ts';
import { purgeLeft } from '../usecases/workspaces/purge-left.ts';

/** What is due once a day, beside everything else. */
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
  return singleFlight(
    async (now) => {
      const dropped = await runDailyMaintenance(db, now, backUp);
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
