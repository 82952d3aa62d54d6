/** The time that the program lives in. It may jump: a laptop wakes, an operator sets it, a sandbox steps it. */
export interface Clock {
  now(): Date;
  /**
   * Calls the listener after each jump, not while time passes by itself. Returns how to stop that. Whoever moves the
   * clock may wait for what the listener returns, and skip the time up to the instant that it resolves with.
   */
  onChange(listener: () => unknown): () => void;
}

/** Real milliseconds since some instant. Never jumps and never stands still: for waits that concern the network. */
export type ElapsedMs = () => number;
