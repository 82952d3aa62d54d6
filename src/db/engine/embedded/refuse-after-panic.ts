import type { PGlite } from '@electric-sql/pglite';

/** The embedded database has given up in the middle of its work, and recovers only in a new process. */
export class DatabaseGone extends Error {
  constructor(cause?: unknown) {
    super('The embedded database has stopped and is recovered at the next start.', { cause });
    this.name = 'DatabaseGone';
  }
}

/**
 * Refuses every statement once PostgreSQL has panicked, as it does where the disk is full or fails. PGlite swallows that
 * and answers whatever comes later as if it had been done.
 */
export function refuseAfterPanic(client: Pick<PGlite, 'execProtocolStream'>, onPanic: (error: Error) => void): void {
  const execute = client.execProtocolStream.bind(client);
  let gone: DatabaseGone | undefined;
  const giveUp = (cause?: unknown): DatabaseGone => {
    gone = new DatabaseGone(cause);
    onPanic(gone);
    return gone;
  };
  client.execProtocolStream = async (...statement) => {
    if (gone) throw gone;
    const messages = await execute(...statement).catch((error: { severity?: string }) => {
      throw error.severity === 'PANIC' || error.severity === 'FATAL' ? giveUp(error) : error;
    });
    // A living PostgreSQL answers each message.
    if (messages.length === 0) throw giveUp();
    return messages;
  };
}
