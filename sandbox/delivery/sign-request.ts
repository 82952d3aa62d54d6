import { createHmac } from 'node:crypto';

/** The two headers by which an app knows that a request comes from Slack. `timestamp` is in epoch seconds. */
export function signRequest(secret: string, timestamp: number, body: string): { [header: string]: string } {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'X-Slack-Request-Timestamp': String(timestamp), 'X-Slack-Signature': `v0=${digest}` };
}
