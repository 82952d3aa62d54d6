export type Fault = {
  /** A method name, or '*' for all. */
  method: string;
  /** The id of the workspace whose calls it strikes; those of all unless given. */
  team?: string;
  kind: 'fail' | 'delay' | 'drop_answer' | 'rate_limit' | 'server_error' | 'hang';
  /** For 'fail': the error code. */
  error?: string;
  /** For 'delay': real milliseconds. */
  delayMs?: number;
  probability?: number;
  /** How often it strikes before it is spent; unlimited when left out. */
  times?: number;
  /** Seconds, for 'rate_limit'. */
  retryAfter?: number;
};

export type ArmedFault = Fault & { id: number; struck: number };
