import type { Db } from './db/client.ts';
import type { Logger } from './log.ts';
import { keepHouse } from './usecases/keep-house.ts';

export type Housekeeper = {
  /** Does what is due once a day, beside everything else and never twice at a time. */
  look: (now: Date) => void;
  /** Resolves when nothing is under way. */
  settled: () => Promise<void>;
};

export function createHousekeeper(options: {
  db: Db;
  log: Logger;
  onFailure: () => void;
  /** Writes the backup of a day, where the database needs one. */
  backUp?: ((on: string) => Promise<unknown>) | undefined;
}): Housekeeper {
  const { db, log, backUp } = options;
  let working: Promise<void> | undefined;
  const work = async (now: Date) => {
    try {
      const dropped = await keepHouse(db, now, backUp);
      if (dropped) log.info({ dropped, backedUp: backUp !== undefined }, 'kept house');
    } catch (error) {
      options.onFailure();
      log.error({ error }, 'the house could not be kept');
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
