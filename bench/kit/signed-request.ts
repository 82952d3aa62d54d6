import { createHmac } from 'node:crypto';

/** A request as Slack signs it at an instant of the host's own clock, in seconds. */
export function signedRequest(
  secret: string,
  { body, isJson, atSeconds = wallSeconds() }: { body: string; isJson: boolean; atSeconds?: number },
): { method: string; body: string; headers: Record<string, string> } {
  const at = String(atSeconds);
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
  };
}

export function wallSeconds(): number {
  return Math.floor((performance.timeOrigin + performance.now()) / 1_000);
}
