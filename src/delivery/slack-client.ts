import { WebClient, type WebClientOptions } from '@slack/web-api';

// Well below the lease, so that an attempt is over before anybody may take the message over.
export const POSTING_TIMEOUT_MS = 10_000;

/**
 * The client that posts. It never shares a queue with the client that opens forms, since one 429 would stop both,
 * and it never repeats a call by itself, since a post whose answer was lost would stand twice.
 */
export function createPostingClient(
  token: string,
  options: Pick<WebClientOptions, 'slackApiUrl' | 'fetch' | 'logger' | 'timeout' | 'teamId'> = {},
): WebClient {
  return new WebClient(token, {
    timeout: POSTING_TIMEOUT_MS,
    ...options,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 100,
  });
}
