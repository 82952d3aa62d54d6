import type { Db } from '../db/engine/client.ts';
import type { Logger } from '../log.ts';
import { type SingleFlight, singleFlight } from '../schedule/single-flight.ts';
import { runDailyMaintenance } from '../usecases/programs/daily-maintenance.ts';

/** What is due once a day, beside everything else. */
export function createDailyMaintenance(options: {
  db: Db;
  log: Logger;
  onFailure: () => void;
  /** Writes the backup of a day, where the database needs one. */
  backUp?: ((on: string) => Promise<unknown>) | undefined;
}): SingleFlight {
  const { db, log, backUp } = options;
  return singleFlight(
    async (now) => {
      const dropped = await runDailyMaintenance(db, now, backUp);
      if (dropped) log.info({ dropped, backedUp: backUp !== undefined }, 'the daily maintenance is done');
    },
    (error) => {
      options.onFailure();
      log.error({ error }, 'the daily maintenance failed');
    },
  );
}
