import { DAY_MS, MINUTE_MS } from '../time/durations.ts';
import type { TrackerTrouble } from './tracker.ts';

const FIRST_MS = 1_000;
/** What was said meanwhile is to be on both sides within a minute of a tracker's return. */
const LONGEST_MS = 30_000;
/** GitHub asks for a minute at least where it names no time. https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const REST_MS = MINUTE_MS;

export type AfterTrouble = {
  /** How many times in a row it has failed by now. */
  attempts: number;
  /** How long this ticket waits. */
  waitMs: number;
  /** How long the whole tracker is left alone; null where it need not be. */
  holdMs: number | null;
  /** For the lead, where only a person can go on. */
  words: string | null;
};

/**
 * What to do after a tracker did not do something.
 * 1. A limit holds the whole tracker, for as long as it asked and up to a quarter more. It is no failure of the ticket's.
 * 2. What failed otherwise is tried again, later each time.
 * 3. What was refused waits a day, and a person is told.
 *
 * @param before how many times in a row it had failed before
 * @param random from 0 to 1, so that those who failed together do not return together
 */
export function afterTrouble(trouble: TrackerTrouble, before: number, random: number): AfterTrouble {
  const attempts = before + 1;
  const backoff = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  const waitMs = Math.round((backoff / 2) * (1 + random));
  switch (trouble.kind) {
    case 'limited': {
      const rest = trouble.afterMs ?? REST_MS;
      const holdMs = Math.round(rest * (1 + random / 4));
      return { attempts: before, waitMs: 0, holdMs, words: null };
    }
    case 'later':
      // To wait for what is known to take so long is no failure.
      if (trouble.afterMs !== undefined)
        return { attempts: before, waitMs: trouble.afterMs, holdMs: null, words: null };
      return { attempts, waitMs, holdMs: null, words: null };
    case 'lost':
      return { attempts, waitMs, holdMs: null, words: null };
    case 'refused':
      return { attempts, waitMs: DAY_MS, holdMs: null, words: trouble.words };
    case 'missing':
      return {
        attempts,
        waitMs: DAY_MS,
        holdMs: null,
        words: 'The ticket cannot be found: it was deleted or moved, or the token does not reach it.',
      };
  }
}
