import { sql } from 'drizzle-orm';
import { type Db, rows } from '../db/engine/client.ts';
import type { Clock, ElapsedMs } from '../domain/time/clock.ts';

/** Somebody else who knows the time; undefined where they give no answer. */
export type TimeWitness = () => Promise<Date | undefined>;

/** What the host's clock said when it was found to be wrong, and what it was then. */
export type WrongClock = { hostSaid: Date; itWas: Date };

export type CheckedClock = Clock & {
  /** Asks the witnesses now; resolves when the clock goes by what they said. */
  check: () => Promise<void>;
};

/** A difference up to this is what clocks have, and no jump. */
export const TOLERANCE_MS = 120_000;

/**
 * The clock of the host, which may jump: a wrong date is set, or a laptop wakes. A jump of more than two minutes counts
 * only once a witness has said the same time; until then the time goes on from before it, and where the witness says
 * another, the clock goes by the witness. So no instant is ever taken for past that is not.
 *
 * @param witnesses asked in this order; the first that answers decides
 * @param onWrong hears each time the host's clock is found to be wrong
 */
export function createCheckedClock(options: {
  hostMs: () => number;
  elapsedMs: ElapsedMs;
  witnesses: readonly TimeWitness[];
  onWrong: (wrong: WrongClock) => void;
}): CheckedClock {
  const { hostMs, elapsedMs } = options;
  const listeners = new Set<() => void>();
  let offsetMs = 0;
  let known = { ms: hostMs(), elapsed: elapsedMs() };
  let checking: Promise<void> | undefined;

  const expectedMs = () => known.ms + elapsedMs() - known.elapsed;
  const take = (ms: number) => {
    known = { ms, elapsed: elapsedMs() };
  };

  const askWitnesses = async (): Promise<number | undefined> => {
    for (const witness of options.witnesses) {
      const said = await witness();
      if (said) return said.getTime();
    }
    return undefined;
  };

  const look = async () => {
    const said = await askWitnesses();
    if (said === undefined) return;
    const host = hostMs();
    const isRight = Math.abs(host - said) <= TOLERANCE_MS;
    const hasJumped = Math.abs(expectedMs() - said) > TOLERANCE_MS;
    const wasRight = offsetMs === 0;
    offsetMs = isRight ? 0 : said - host;
    take(host + offsetMs);
    if (!isRight && (wasRight || hasJumped)) options.onWrong({ hostSaid: new Date(host), itWas: new Date(said) });
    if (hasJumped) for (const listener of [...listeners]) listener();
  };
  const check = () => {
    checking ??= look().finally(() => {
      checking = undefined;
    });
    return checking;
  };

  return {
    check,
    now: () => {
      const ms = hostMs() + offsetMs;
      if (Math.abs(ms - expectedMs()) <= TOLERANCE_MS) take(ms);
      else void check();
      return new Date(expectedMs());
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const WITNESS_MS = 3_000;

/** Slack's own time, from the header that each of its answers carries. */
export function slackWitness(apiUrl: string): TimeWitness {
  return async () => {
    try {
      const answer = await fetch(new URL('api.test', apiUrl), {
        method: 'POST',
        signal: AbortSignal.timeout(WITNESS_MS),
      });
      await answer.body?.cancel();
      const saidMs = Date.parse(answer.headers.get('date') ?? '');
      return Number.isNaN(saidMs) ? undefined : new Date(saidMs);
    } catch {
      return undefined;
    }
  };
}

/** The time of the host of a database server. */
export function databaseWitness(db: Db): TimeWitness {
  return async () => {
    const [said] = await rows<{ ms: number }>(
      db,
      sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
    ).catch(() => []);
    return said && new Date(said.ms);
  };
}
