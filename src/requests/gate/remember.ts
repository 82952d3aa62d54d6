import type { ElapsedMs } from '../../domain/time/clock.ts';

/** Answers of somebody slow, remembered for a while. */
export type Memory<T> = {
  /** What is remembered, or asked for now; `anew` asks in any case. Null where there is no answer. */
  get: (key: string, ask: () => Promise<T | null>, anew?: 'anew') => Promise<T | null>;
  forget: (key: string) => void;
};

const MOST_REMEMBERED = 5_000;

/**
 * Remembers answers, not failures. One that is no longer fresh is still given while it is asked for anew, until it is too
 * old to be relied on.
 */
export function remember<T>(options: { freshMs: number; reliableMs: number; elapsedMs: ElapsedMs }): Memory<T> {
  const { freshMs, reliableMs, elapsedMs } = options;
  const known = new Map<string, { value: T; askedMs: number }>();
  const asking = new Map<string, Promise<T | null>>();

  const askNow = (key: string, ask: () => Promise<T | null>): Promise<T | null> => {
    const askedMs = elapsedMs();
    const answer: Promise<T | null> = ask()
      .catch(() => null)
      .then((value) => {
        // Forgotten in between: what was asked before a change says nothing of it.
        if (asking.get(key) !== answer) return value;
        asking.delete(key);
        if (known.size >= MOST_REMEMBERED) known.clear();
        if (value !== null) known.set(key, { value, askedMs });
        return value;
      });
    asking.set(key, answer);
    return answer;
  };

  return {
    get: async (key, ask, anew) => {
      if (anew) return askNow(key, ask);
      const entry = known.get(key);
      const ageMs = entry ? elapsedMs() - entry.askedMs : Number.POSITIVE_INFINITY;
      if (!entry || ageMs > reliableMs) return asking.get(key) ?? askNow(key, ask);
      if (ageMs > freshMs && !asking.has(key)) void askNow(key, ask);
      return entry.value;
    },
    forget: (key) => {
      known.delete(key);
      asking.delete(key);
    },
  };
}
