import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { readText } from '../read-text.ts';

/** A bearer token that is good now, or null where none is wanted. Throws where it cannot be had. */
export type TokenOf = (signal: AbortSignal) => Promise<string | null>;

export const noToken: TokenOf = async () => null;

/** Read anew each time, since whoever mounts it may have renewed it. */
export function tokenFromFile(path: string): TokenOf {
  return async (signal) => {
    const token = (await readFile(path, { encoding: 'utf8', signal })).trim();
    if (!/^[\x21-\x7e]{1,16000}$/.test(token)) throw new Error(`There is no token in ${path}.`);
    return token;
  };
}

// https://cloud.google.com/compute/docs/access/authenticate-workloads#applications
const METADATA_URL = 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token';
const MOST_BYTES = 64 * 1024;
const RENEW_BEFORE_MS = 60_000;

const answered = z.object({ access_token: z.string().regex(/^[\x21-\x7e]+$/), expires_in: z.number().positive() });

/** The token of the service account that this machine runs as, asked of Google's metadata server and kept while it is good. */
export function tokenFromGoogle(options: { fetch: typeof fetch; clock: Pick<Clock, 'now'> }): TokenOf {
  let kept: { token: string; goodUntilMs: number } | undefined;
  return async (signal) => {
    const nowMs = options.clock.now().getTime();
    if (kept && nowMs < kept.goodUntilMs) return kept.token;
    const headers = { 'metadata-flavor': 'Google' };
    const response = await options.fetch(METADATA_URL, { headers, redirect: 'error', signal });
    const text = await readText(response, MOST_BYTES);
    if (!response.ok || text === null) throw new Error(`The metadata server answers ${response.status}.`);
    const { access_token: token, expires_in: seconds } = answered.parse(JSON.parse(text));
    kept = { token, goodUntilMs: nowMs + seconds * 1000 - RENEW_BEFORE_MS };
    return token;
  };
}
