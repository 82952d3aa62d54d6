import type { Db } from '../db/engine/client.ts';
import type { Logger } from '../log.ts';
import { runDailyMaintenance } from '../usecases/programs/daily-maintenance.ts';

export type DailyMaintenance = {
  /** Does what is due once a day, beside everything else and never twice at a time. */
  look: (now: Date) => void;
  /** Resolves when nothing is under way. */
  settled: () => Promise<void>;
};

export function createDailyMaintenance(options: {
  db: Db;
  log: Logger;
  onFailure: () => void;
  /** Writes the backup of a day, where the database needs one. */
  backUp?: ((on: string) => Promise<unknown>) | undefined;
}): DailyMaintenance {
  const { db, log, backUp } = options;
  let working: Promise<void> | undefined;
  const work = async (now: Date) => {
    try {
      const dropped = await runDailyMaintenance(db, now, backUp);
      if (dropped) log.info({ dropped, backedUp: backUp !== undefined }, 'the daily maintenance is done');
    } catch (error) {
      options.onFailure();
      log.error({ error }, 'the daily maintenance failed');
    }
    working = undefined;
  };
  return {
    look: (now) => {
      working ??= work(now);
    },
    settled: async () => {
      await working;
    },
  };
}
