export type Activity = ReturnType<typeof createActivity>;

const QUIET_MS = 25;
const QUIET_TICKS = 5;
const TURNS_A_TICK = 5;

/** A moment, and a few turns of the event loop in it: a process that gets no processor must not look quiet. */
async function tick(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS / QUIET_TICKS));
  for (let turn = 0; turn < TURNS_A_TICK; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Counts what is under way between the sandbox and the app, so that a test can wait for the end of it. */
export function createActivity() {
  let open = 0;
  let begun = 0;
  return {
    begin(): () => void {
      open += 1;
      begun += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        open -= 1;
      };
    },
    /** An app that works on after its ack looks idle for a moment: quiet has to last. */
    async settled(): Promise<void> {
      let seen = begun;
      for (let quiet = 0; quiet < QUIET_TICKS; quiet += 1) {
        await tick();
        if (open > 0 || begun !== seen) quiet = -1;
        seen = begun;
      }
    },
  };
}
