/** The time that the program lives in. It may jump: a laptop wakes, an operator sets it, a sandbox steps it. */
export interface Clock {
  now(): Date;
  /** Calls the listener after each jump, not while time passes by itself. Returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/** Real milliseconds since some instant. Never jumps and never stands still: for waits that concern the network. */
export type ElapsedMs = () => number;
