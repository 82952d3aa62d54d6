import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { AskForTokens } from './renew-token.ts';

// Well within the lease of whoever renews.
const TIMEOUT_MS = 8_000;

/** Slack's own exchange of a refresh token; never repeated by itself, since the token works once. */
export function askSlackForTokens(
  app: { clientId: string; clientSecret: string },
  network: Pick<WebClientOptions, 'slackApiUrl' | 'logger'>,
): AskForTokens {
  const client = new WebClient(undefined, {
    ...network,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  return async (refreshToken) => {
    const answer = await client.oauth.v2.access({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const { access_token: botToken, refresh_token: next, expires_in: seconds } = answer;
    if (!botToken || !next || !seconds) throw new Error('Slack answered without tokens.');
    return { botToken, refreshToken: next, expiresInMs: seconds * 1_000 };
  };
}
