export type Interval = { low: number; high: number };

/** How many events were seen over how much exposure (days, weeks, requests; the same unit throughout one call). */
export type Observed = { count: number; exposure: number };
