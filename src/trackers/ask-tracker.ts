import type { TrackerAnswer, TrackerTrouble } from '../domain/trackers/tracker.ts';
import { readText } from '../read-text.ts';

/**
 * One client for all trackers. Their own kits retry and wait by themselves, each in its way; here a lost answer has to come
 * back as one, so that nothing is created twice.
 */
export type AskTracker = (request: TrackerRequest) => Promise<TrackerAnswer<unknown>>;

export type TrackerRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  path: string;
  body?: unknown;
};

export type AskOptions = {
  /** Without a slash at its end. */
  baseUrl: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
  /** Says what a tracker refused, for people; it is given the status and the body, and quotes nothing secret. */
  explain: (status: number, body: unknown) => TrackerTrouble;
  timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 5 * 1024 * 1024;
const LONGEST_WAIT_MS = 3_600_000;

/** Never throws, never waits longer than the timeout, and follows no redirect, so that a token goes nowhere else. */
export function createAskTracker({ baseUrl, headers, fetch, explain, timeoutMs = TIMEOUT_MS }: AskOptions): AskTracker {
  return async ({ method, path, body }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const isRead = method === 'GET';
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
  { isRead, explain }: { isRead: boolean; explain: AskOptions['explain'] },
): TrackerTrouble {
  const afterMs = waitOf(headers);
  if (status === 429) return { kind: 'limited', afterMs };
  // A limit that is told as a refusal.
  if (status === 403 && (afterMs !== null || isLimit(body))) return { kind: 'limited', afterMs };
  if (status === 404 || status === 410) return { kind: 'missing' };
  if (status >= 500 || status === 408) return { kind: isRead ? 'later' : 'lost' };
  return explain(status, body);
}

/** `Retry-After` in seconds, or where nothing is left until then, GitHub's own instant of reset. */
function waitOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.min(seconds * 1000, LONGEST_WAIT_MS);
  if (headers.get('x-ratelimit-remaining') !== '0') return null;
  const answeredAt = Date.parse(headers.get('date') ?? '');
  const resetAt = Number(headers.get('x-ratelimit-reset')) * 1000;
  const wait = resetAt - answeredAt;
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, LONGEST_WAIT_MS) : null;
}

function isLimit(body: unknown): boolean {
  const words = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  return /rate limit|abuse/i.test(words);
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
