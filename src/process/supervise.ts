import { isLoss, isWriteToCutConnection } from '../db/engine/connection-loss.ts';
import type { Logger } from '../log.ts';

type Failing = {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
};

/**
 * Decides about what nothing else caught. What is known to leave everything sound is logged; after anything else nobody
 * knows what state the process is in, so it stops in order, to be started again.
 */
export function superviseProcess(options: { process: Failing; log: Logger; stop: () => void }): void {
  const { log, stop } = options;
  options.process.on('uncaughtException', (error) => {
    if (isWriteToCutConnection(error)) log.warn({ error }, 'a connection to the database was cut');
    else {
      log.fatal({ error }, 'an error that nobody caught: stopping');
      stop();
    }
  });
  options.process.on('unhandledRejection', (error) => {
    // The Slack client rejects with nothing when a connection ends while it opens.
    if (error === undefined || isLoss(error)) log.warn({ error }, 'a lost connection was reported late');
    else {
      log.fatal({ error }, 'a rejection that nobody handled: stopping');
      stop();
    }
  });
}
