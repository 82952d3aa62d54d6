import { describe, expect, it } from 'vitest';
import type { SignalHeaders } from '../../src/domain/signals/delivery-identity.ts';
import type { SignalKind } from '../../src/domain/signals/signal.ts';
import { isGenuine } from '../../src/signals/verify-delivery.ts';

// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries publishes this one.
const SECRET = "It's a Secret to Everybody";
const HELLO = 'Hello, World!';
const HEX = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

const STRIPE_SECRET = 'whsec_test_secret';
const STRIPE_BODY =
  '{"id":"evt_test_1","object":"event","type":"invoice.payment_failed","created":1700000000,"data":{"object":{"id":"in_1","object":"invoice","attempt_count":2}}}';
const STRIPE_HEADER = 't=1700000000,v1=e615755af91b8e2936ac9006f20c1199102c01c5d17bff7afb58235d12888fc7';

function check(
  kind: SignalKind,
  headers: SignalHeaders,
  over: { body?: string; secrets?: string[]; at?: number; query?: string } = {},
) {
  const { body = HELLO, secrets = [SECRET], at = 1_700_000_100, query = '' } = over;
  const receivedAt = new Date(at * 1000);
  return isGenuine(kind, { headers, query: new URLSearchParams(query), body: Buffer.from(body), receivedAt }, secrets);
}

const GENUINE: [SignalKind, SignalHeaders][] = [
  ['github', { 'x-hub-signature-256': `sha256=${HEX}` }],
  ['sentry', { 'sentry-hook-signature': HEX }],
  ['fivetran', { 'x-fivetran-signature-256': HEX }],
  ['fivetran', { 'x-fivetran-signature-256': HEX.toUpperCase() }],
  ['pagerduty', { 'x-pagerduty-signature': `v1=${HEX}` }],
  ['pagerduty', { 'x-pagerduty-signature': `v1=${'a'.repeat(64)}, v1=${HEX}` }],
  ['json', { 'x-signature-256': HEX }],
  ['json', { 'x-signature-256': `sha256=${HEX}` }],
];

describe('a signature', () => {
  it.each(GENUINE)('of %s in %j is the published one', async (kind, headers) => {
    expect(await check(kind, headers)).toBe(true);
    expect(await check(kind, headers, { secrets: ['a newer secret', SECRET] })).toBe(true);
    expect(await check(kind, headers, { secrets: ['a newer secret'] })).toBe(false);
    expect(await check(kind, headers, { secrets: [] })).toBe(false);
    expect(await check(kind, headers, { body: 'Hello, World?' })).toBe(false);
    expect(await check(kind, {})).toBe(false);
  });

  it.each([
    ['github', { 'x-hub-signature-256': HEX }],
    ['github', { 'x-hub-signature-256': `sha1=${HEX}` }],
    ['github', { 'x-hub-signature-256': `sha256=${HEX.slice(0, 63)}` }],
    ['sentry', { 'sentry-hook-signature': `${HEX}00` }],
    ['fivetran', { 'x-fivetran-signature-256': '' }],
    ['pagerduty', { 'x-pagerduty-signature': `v2=${HEX}` }],
    ['pagerduty', { 'x-pagerduty-signature': `${'v1=x,'.repeat(20)}v1=${HEX}` }],
    ['json', { 'x-signature-256': '0'.repeat(64) }],
    ['json', { authorization: 'Bearer ' }],
    ['alertmanager', { authorization: 'Basic !!!' }],
    ['alertmanager', { authorization: `Basic ${Buffer.from(`x:${SECRET} `).toString('base64')}` }],
    ['cloud_monitoring', { authorization: '' }],
  ] as [SignalKind, SignalHeaders][])('of %s in %j is none', async (kind, headers) => {
    expect(await check(kind, headers)).toBe(false);
  });

  it('of Stripe holds for five minutes, and for its own moment only', async () => {
    const stripe = (header: string, at: number, body = STRIPE_BODY) =>
      check('stripe', { 'stripe-signature': header }, { body, secrets: [STRIPE_SECRET], at });
    expect(await stripe(STRIPE_HEADER, 1_700_000_299)).toBe(true);
    expect(await stripe(STRIPE_HEADER, 1_700_000_301)).toBe(false);
    expect(await stripe(STRIPE_HEADER.replace('t=1700000000', 't=1700000200'), 1_700_000_299)).toBe(false);
    expect(await stripe(STRIPE_HEADER, 1_700_000_100, STRIPE_BODY.replace('in_1', 'in_2'))).toBe(false);
    expect(await stripe('', 1_700_000_100)).toBe(false);
    expect(await stripe('t=,v1=', 1_700_000_100)).toBe(false);
  });

  it('of Stripe is one of several while its secret is rotated', async () => {
    const hex = STRIPE_HEADER.slice(STRIPE_HEADER.indexOf('v1=') + 3);
    const stripe = (header: string) =>
      check('stripe', { 'stripe-signature': header }, { body: STRIPE_BODY, secrets: [STRIPE_SECRET] });
    const other = 'a'.repeat(64);
    expect(await stripe(`t=1700000000,v1=${other},v1=${hex}`)).toBe(true);
    expect(await stripe(`t=1700000000, v1=${hex}, v1=${other}, v0=${other}`)).toBe(true);
    expect(await stripe(`t=1700000000,v1=${other},v1=${other}`)).toBe(false);
    expect(await stripe(`t=1700000000,v1=${hex.slice(1)}`)).toBe(false);
  });

  it.each([
    ['an older scheme', (hex: string) => `t=1700000000,v0=${hex}`],
    ['no moment', (hex: string) => `v1=${hex}`],
    ['a moment that is no number', (hex: string) => `t=1700000000.0,v1=${hex}`],
    ['an empty moment', (hex: string) => `t=,v1=${hex}`],
    ['another moment first', (hex: string) => `t=1700000001,t=1700000000,v1=${hex}`],
    ['nothing signed', () => 't=1700000000'],
  ])('of Stripe with %s is none', async (_, header) => {
    const hex = STRIPE_HEADER.slice(STRIPE_HEADER.indexOf('v1=') + 3);
    const headers = { 'stripe-signature': header(hex) };
    expect(await check('stripe', headers, { body: STRIPE_BODY, secrets: [STRIPE_SECRET] })).toBe(false);
  });

  it('of Stripe from a clock that is ahead by more than five minutes is none', async () => {
    const headers = { 'stripe-signature': STRIPE_HEADER };
    const at = (seconds: number) =>
      check('stripe', headers, { body: STRIPE_BODY, secrets: [STRIPE_SECRET], at: seconds });
    expect(await at(1_699_999_701)).toBe(true);
    expect(await at(1_699_999_699)).toBe(false);
  });

  it('is a password for Cloud Monitoring and Alertmanager: basic, as bearer, or as token in the address', async () => {
    const secrets = ['s3cret-password'];
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    for (const kind of ['alertmanager', 'cloud_monitoring'] as const) {
      expect(await check(kind, basic('any name:s3cret-password'), { secrets })).toBe(true);
      expect(await check(kind, { authorization: 'bearer s3cret-password' }, { secrets })).toBe(true);
      expect(await check(kind, {}, { secrets, query: 'auth_token=s3cret-password' })).toBe(true);
      expect(await check(kind, basic('s3cret-password:'), { secrets })).toBe(false);
      expect(await check(kind, {}, { secrets, query: 'auth_token=s3cret' })).toBe(false);
    }
  });
});
