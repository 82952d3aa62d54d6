import { PGlite } from '@electric-sql/pglite';

/**
 * What the embedded PostgreSQL is started with. It reserves and clears its buffers at each start: its own 128 MB cost
 * more than half a second and as much memory, and what it does not find in 32 MB is in those of the operating system.
 */
export const EMBEDDED_SETTINGS = [
  ...PGlite.defaultStartParams,
  ...['-c', 'shared_buffers=32MB', '-c', 'max_connections=5'],
];
