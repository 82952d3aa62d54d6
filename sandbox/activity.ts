export type Activity = ReturnType<typeof createActivity>;

const QUIET_MS = 25;

/** Counts what is under way between the sandbox and the app, so that a test can wait for the end of it. */
export function createActivity() {
  let open = 0;
  let lastAt = 0;
  return {
    begin(): () => void {
      open += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        open -= 1;
        lastAt = performance.now();
      };
    },
    /** An app that works on after its ack looks idle for a moment: quiet has to last. */
    async settled(): Promise<void> {
      let quietSince = performance.now();
      for (;;) {
        if (open > 0) quietSince = Number.POSITIVE_INFINITY;
        else if (quietSince === Number.POSITIVE_INFINITY) quietSince = performance.now();
        if (open === 0 && performance.now() - Math.max(quietSince, lastAt) >= QUIET_MS) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}
