/** What a replica is told when it starts. */
export type ReplicaSettings = {
  databaseUrl: string;
  apiUrl: string;
  token: string;
  skewMs: number;
  leaseMs: number;
  ambiguousWaitMs: number;
  /** Counts the starts, so that a pid that comes again is another owner. */
  start: number;
  isNaive: boolean;
};

// Everything is ten times as quick as in production, so that a run of a minute holds many leases.
export const LEASE_MS = 6_000;
export const TIMEOUT_MS = 1_000;
export const AMBIGUOUS_WAIT_MS = 3_000;
