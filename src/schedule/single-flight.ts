/** Work beside the heartbeat that may take long: started at a beat, and never twice at a time. */
export type SingleFlight = {
  /** Starts the work unless it is still under way. */
  start: (now: Date) => void;
  /** Resolves when nothing is under way. */
  settled: () => Promise<void>;
};

/** `onError` hears what the work threw; the next start tries again. */
export function singleFlight(work: (now: Date) => Promise<unknown>, onError: (error: unknown) => void): SingleFlight {
  let working: Promise<void> | undefined;
  const run = async (now: Date) => {
    try {
      await work(now);
    } catch (error) {
      onError(error);
    }
    working = undefined;
  };
  return {
    start: (now) => {
      working ??= Promise.resolve().then(() => run(now));
    },
    settled: async () => {
      await working;
    },
  };
}
