/** A run that many may ask for. Those who ask while it is under way share one more run after it. */
export type Coalesced = {
  /** Runs now, or once more after the run that is under way. Resolves when that is over. */
  wake: () => Promise<void>;
  /** Resolves when nothing is under way. */
  settled: () => Promise<void>;
};

/** Never runs twice at a time; `onError` hears what a run threw. */
export function coalesced(run: () => Promise<unknown>, onError: (error: unknown) => void): Coalesced {
  let running: Promise<void> | undefined;
  let isWanted = false;

  const runWhileWanted = async () => {
    while (isWanted) {
      isWanted = false;
      try {
        await run();
      } catch (error) {
        onError(error);
      }
    }
    running = undefined;
  };
  return {
    wake: () => {
      isWanted = true;
      running ??= Promise.resolve().then(runWhileWanted);
      return running;
    },
    settled: async () => {
      await running;
    },
  };
}
