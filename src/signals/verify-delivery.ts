import { createHmac, timingSafeEqual } from 'node:crypto';
import { verify as verifyGithub } from '@octokit/webhooks-methods';
import type { SignalHeaders } from '../domain/signals/delivery-identity.ts';
import type { SignalKind } from '../domain/signals/signal.ts';

/** A delivery as it came in: the body is the very bytes that were signed. */
export type RawDelivery = { headers: SignalHeaders; query: URLSearchParams; body: Buffer; receivedAt: Date };

/** Is this delivery signed with this one secret? */
type Check = (delivery: RawDelivery, secret: string) => boolean | Promise<boolean>;

const CHECKS: Record<SignalKind, Check> = {
  alertmanager: checkPassword,
  cloud_monitoring: checkPassword,
  stripe: checkStripe,
  fivetran: ({ headers, body }, secret) => isHexOf(headers['x-fivetran-signature-256'], body, secret),
  sentry: ({ headers, body }, secret) => isHexOf(headers['sentry-hook-signature'], body, secret),
  github: async ({ headers, body }, secret) => {
    const signature = headers['x-hub-signature-256'];
    return signature ? verifyGithub(secret, body.toString('utf8'), signature) : false;
  },
  // During a rotation the header carries a signature for each of PagerDuty's secrets.
  pagerduty: ({ headers, body }, secret) =>
    (headers['x-pagerduty-signature'] ?? '')
      .split(',')
      .slice(0, 10)
      .some((one) => one.trim().startsWith('v1=') && isHexOf(one.trim().slice(3), body, secret)),
  json: checkOurs,
  metrics: checkOurs,
};

/** True where any of the active secrets signed these bytes. Every secret is tried, so that timing tells nothing of which. */
export async function isGenuine(kind: SignalKind, delivery: RawDelivery, secrets: readonly string[]): Promise<boolean> {
  const verdicts = await Promise.all(secrets.map(async (secret) => CHECKS[kind](delivery, secret)));
  return verdicts.includes(true);
}

/** Kinds that send a password, which some send only after they were asked for it. */
export function asksForPassword(kind: SignalKind): boolean {
  return CHECKS[kind] === checkPassword;
}

/** For senders that somebody writes for us: a signature, or the secret itself as bearer token. */
function checkOurs({ headers, body }: RawDelivery, secret: string): boolean {
  const isSigned = isHexOf(headers['x-signature-256']?.replace(/^sha256=/, ''), body, secret);
  return isSame(bearerOf(headers), secret) || isSigned;
}

function checkPassword({ headers, query }: RawDelivery, secret: string): boolean {
  const basic = /^basic ([a-z0-9+/=]+)$/i.exec(headers.authorization ?? '')?.[1];
  const password = basic
    ? Buffer.from(basic, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '')
    : undefined;
  return [password, bearerOf(headers), query.get('auth_token') ?? undefined]
    .map((given) => isSame(given, secret))
    .includes(true);
}

const STRIPE_TOLERANCE_SECONDS = 300;

/**
 * By https://docs.stripe.com/webhooks/signature: `t=SECONDS,v1=HEX,...` signs the moment and the body. During a rotation
 * the header carries a signature for each secret, and one that is not of our time is a replay.
 */
function checkStripe({ headers, body, receivedAt }: RawDelivery, secret: string): boolean {
  const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.trim());
  const signedAt = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  if (!/^\d{1,12}$/.test(signedAt)) return false;
  const ageSeconds = Math.floor(receivedAt.getTime() / 1000) - Number(signedAt);
  if (Math.abs(ageSeconds) > STRIPE_TOLERANCE_SECONDS) return false;
  const expected = hmac(Buffer.concat([Buffer.from(`${signedAt}.`), body]), secret);
  return parts.some((part) => part.startsWith('v1=') && isHex(part.slice(3), expected));
}

/** HMAC-SHA256 in hex, in either case: Fivetran has sent both. */
function isHexOf(given: string | undefined, body: Buffer, secret: string): boolean {
  return isHex(given, hmac(body, secret));
}

function isHex(given: string | undefined, expected: Buffer): boolean {
  const found = Buffer.from(/^[\da-f]{64}$/i.test(given ?? '') ? (given as string) : '0'.repeat(64), 'hex');
  return timingSafeEqual(found, expected);
}

function hmac(signed: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update(signed).digest();
}

function bearerOf(headers: SignalHeaders): string | undefined {
  return /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Compares without telling by its time how much was right, nor how long the secret is. */
function isSame(given: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret)) && given !== undefined;
}
