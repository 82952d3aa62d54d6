import type { TrackerAnswer, TrackerTrouble } from '../domain/trackers/tracker.ts';
import { readText } from '../read-text.ts';

/**
 * One client for all trackers. Their own kits retry and wait by themselves, each in its way; here a lost answer has to come
 * back as one, so that nothing is created twice.
 */
export type AskTracker = (request: TrackerRequest) => Promise<TrackerAnswer<unknown>>;

export type TrackerRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** Whether it changes nothing there: a GET, unless said. */
  isRead?: boolean;
};

export type AskOptions = {
  /** Without a slash at its end. */
  baseUrl: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
  /** Says what a tracker refused, for people, or that it was a limit which only this tracker tells so; it quotes nothing secret. */
  explain: Explain;
  timeoutMs?: number;
};

export type Explain = (status: number, body: unknown, headers: Headers) => TrackerTrouble;

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 5 * 1024 * 1024;
const LONGEST_WAIT_MS = 3_600_000;

/** Never throws, never waits longer than the timeout, and follows no redirect, so that a token goes nowhere else. */
export function createAskTracker({ baseUrl, headers, fetch, explain, timeoutMs = TIMEOUT_MS }: AskOptions): AskTracker {
  return async ({ method, path, body, isRead = method === 'GET' }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let response: Response;
    try {
      response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        redirect: 'manual',
        signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      return { trouble: { kind: isRead || wasNeverSent(error) ? 'later' : 'lost' } };
    }
    const text = await readText(response, MOST_BYTES).catch(() => undefined);
    const given = text === undefined || text === null ? undefined : parse(text);
    if (response.ok) {
      if (text !== undefined && text !== null && (given !== undefined || text === '')) return { ok: given ?? null };
      // It was done, and what it says of it was cut off.
      return { trouble: { kind: isRead ? 'later' : 'lost' } };
    }
    return { trouble: troubleOf(response, given, { isRead, explain }) };
  };
}

function troubleOf(
  { status, headers }: Response,
  body: unknown,
  { isRead, explain }: { isRead: boolean; explain: Explain },
): TrackerTrouble {
  if (status === 429) return { kind: 'limited', afterMs: retryAfter(headers) };
  if (status === 404 || status === 410) return { kind: 'missing' };
  if (status >= 500 || status === 408) return { kind: isRead ? 'later' : 'lost' };
  return explain(status, body, headers);
}

/** `Retry-After` in seconds; null where it is not said. */
export function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : null;
}

/** How long it is to an instant, by the clock of who answered; null where it cannot be told. */
export function waitUntil(resetAtMs: number, headers: Headers): number | null {
  const wait = resetAtMs - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, LONGEST_WAIT_MS) : null;
}

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

// fetch hides the reason in its cause.
function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return NEVER_SENT.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
