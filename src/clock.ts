import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, ElapsedMs } from './domain/time/clock.ts';

export type { Clock, ElapsedMs } from './domain/time/clock.ts';

export const systemClock: Clock = { now: () => new Date(), onChange: () => () => {} };

export const realElapsedMs: ElapsedMs = () => performance.now();

/** A clock that somebody else holds; `close` stops following it. */
export type FollowedClock = Clock & { close(): Promise<void> };

type Reading = { now: number; live?: boolean; follower?: string; move?: number };

// Answers travel; a difference below this is no jump.
const JUMP_MS = 250;
const RECONNECT_MS = 500;

/**
 * Follows the clock that `url` serves: GET gives `{ now: epochMs, live }`, `${url}/stream` sends the same as
 * server-sent events on each change. A clock that is not live stands still between its changes. Where an event names a
 * follower and a move, `${url}/reached` is told once the listeners are done, and until when nothing is due for them.
 * Rejects where the first reading fails; later it keeps the last reading and reconnects.
 */
export async function followClock(url: string): Promise<FollowedClock> {
  const closing = new AbortController();
  const listeners = new Set<() => unknown>();
  let standsAt: number | undefined;
  let offsetMs = 0;
  const nowMs = () => standsAt ?? Date.now() + offsetMs;
  const read = ({ now, live, follower, move }: Reading) => {
    const jumped = Math.abs(now - nowMs()) > JUMP_MS;
    standsAt = live === false ? now : undefined;
    offsetMs = now - Date.now();
    const done = Promise.allSettled(jumped ? [...listeners].map((listener) => listener()) : []);
    if (follower !== undefined) void done.then((results) => report(follower, move, results));
  };
  const report = (follower: string, move: number | undefined, results: PromiseSettledResult<unknown>[]) => {
    const values = results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
    const idle = values.filter((value) => value instanceof Date).map((at) => at.getTime());
    const until = idle.length > 0 ? `&idle_until=${Math.min(...idle)}` : '';
    const to = `${url}/reached?follower=${follower}&move=${move}${until}`;
    // A holder that is gone waits for nobody.
    return fetch(to, { method: 'POST', signal: closing.signal }).catch(() => {});
  };

  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The clock at ${url} answers ${response.status}.`);
  read((await response.json()) as Reading);

  const following = (async () => {
    while (!closing.signal.aborted) {
      try {
        for await (const reading of readings(`${url}/stream?reports`, closing.signal)) read(reading);
      } catch {
        // The holder restarts or sleeps: the last reading stands until it is back.
      }
      await wait(RECONNECT_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  })();

  return {
    now: () => new Date(nowMs()),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      listeners.clear();
      await following;
    },
  };
}

async function* readings(url: string, signal: AbortSignal): AsyncGenerator<Reading> {
  const response = await fetch(url, { signal, headers: { accept: 'text/event-stream' } });
  if (!response.ok || !response.body) return;
  let pending = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (pending + chunk).split(/\r?\n\r?\n/);
    pending = events.pop() ?? '';
    for (const event of events) {
      const reading = parseEvent(event);
      if (reading) yield reading;
    }
  }
}

function parseEvent(event: string): Reading | undefined {
  const data = event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length))
    .join('\n');
  try {
    const reading = JSON.parse(data) as Partial<Reading> | null;
    return typeof reading?.now === 'number' && Number.isFinite(reading.now) ? (reading as Reading) : undefined;
  } catch {
    return undefined;
  }
}
