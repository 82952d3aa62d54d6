import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, MASKS } from '../../../src/domain/grouping/fingerprint.ts';

describe('two occurrences of one failure have one fingerprint', () => {
  it.each([
    [
      'a rollout that misses its deadline',
      'deployment "checkout-7d9f8b6c5d" exceeded its progress deadline after 600s in us-central1, revision 41',
      'deployment "checkout-5c44fbd97c" exceeded its progress deadline after 1200s in us-central1, revision 57',
    ],
    [
      'a quota error of the cloud',
      '2026-11-04T09:30:12.481Z googleapi: Error 403: Quota exceeded for quota metric CPUS in project 48120011, retry in 2.5s',
      '2026-11-19 23:01:55 googleapi: Error 403: Quota exceeded for quota metric CPUS in project 90071, retry in 31 s',
    ],
    [
      'a webhook with a bad signature',
      'POST https://hooks.example.com/stripe/evt_1NG8Du2eZvKYlo2CUI79vXWy 400 signature mismatch for whsec_9aF3kk21LmQz (12 ms)',
      'POST https://hooks.example.com/stripe/evt_3QQ1Aa7xYtR0pLm2ZZ41bcDe 400 signature mismatch for whsec_0bC4jj98NpRs (340 ms)',
    ],
    [
      'a charge that is declined',
      'charge ch_3Nabc12DEF45ghi6 for customer cus_Nffrv1x9Qz22ab failed: card_declined (amount 1,204.50 EUR)',
      'charge ch_9Zxyz98UVW76tsr5 for customer cus_Kk01mmP8qTt4zz failed: card_declined (amount 12 EUR)',
    ],
    [
      'a sync that is rescheduled',
      "Nov  4 09:30:12 sync[8812]: connector 'warp_ledger9' rescheduled, 14 of 220 tables, host 10.128.0.7:5432 refused",
      "Nov 18 21:00:01 sync[17]: connector 'warp_ledger12' rescheduled, 3 of 220 tables, host 10.4.11.90:5432 refused",
    ],
    [
      'a null pointer in the launch job',
      'panic: runtime error: invalid memory address 0x7ffdc0ffee at /srv/launch/handlers/onboard.go:118 goroutine 4411',
      'panic: runtime error: invalid memory address 0x00c000a1f0 at /srv/launch/v2/onboard.go:121 goroutine 9',
    ],
    [
      'a pod that runs out of memory',
      'OOMKilled: pod billing-api-7d9f8b6c5d-x2x4q used 512MiB of 500MiB',
      'OOMKilled: pod billing-api-6b8c9d7f5c-9vklz used 1.5GiB of 1GiB',
    ],
    [
      'a mail that bounces',
      'Wed, 04 Nov 2026 09:30:12 GMT invite to ana.diaz@example.com bounced: mailbox full, id 0b9f3c52-6d1e-4f0a-9a67-2f1f6f1f9a10',
      'Thu, 19 Nov 2026 18:02:44 GMT invite to j@sub.example.org bounced: mailbox full, id 77e1c0de-0000-4a1b-8c1d-5e6f7a8b9c0d',
    ],
    [
      'an address of version 6',
      'dial tcp [fe80::1ff:fe23:4567:890a]:443: i/o timeout after 1m30.5s',
      'dial tcp [2001:db8::8a2e:370:7334]:443: i/o timeout after 45s',
    ],
    ['a Windows path', 'cannot open C:\\jobs\\sync\\run-1.log', 'cannot open D:\\old\\sync\\run-22.log'],
    [
      'an access log line',
      '10.0.0.1 - - [04/Nov/2026:09:30:12 +0000] "GET /healthz" 503 17',
      '10.9.8.7 - - [19/Nov/2026:23:59:59 +0000] "GET /healthz" 503 220',
    ],
    ['colours of a terminal', '\u001b[31mERROR\u001b[0m build 4 failed', 'ERROR build 91 failed'],
  ])('%s', (_, one, other) => {
    expect(fingerprintOf(one)).toBe(fingerprintOf(other));
  });
});

describe('two failures have two fingerprints', () => {
  it.each([
    ['other words', 'connection refused by 10.0.0.1', 'connection reset by 10.0.0.1'],
    ['another operation', 'charge ch_3Nabc12DEF45ghi6 failed', 'refund re_3Nabc12DEF45ghi6 failed'],
    ['another service', 'pod billing-api-7d9f8b6c5d-x2x4q crashed', 'pod launch-api-7d9f8b6c5d-x2x4q crashed'],
    ['another code in words', 'declined: insufficient_funds', 'declined: expired_card'],
    ['a version in a name', 'tls1 handshake failed', 'tls2 handshake failed'],
  ])('%s', (_, one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });
});

it.each(MASKS.map(({ name, example, mask }) => ({ name, example, mask })))(
  'the example of "$name" leaves nothing but its mask',
  ({ example, mask }) => {
    const gap = mask.startsWith('-') ? '' : ' ';
    expect(fingerprintOf(`before${gap}${example} after`)).toBe(`before${gap}${mask} after`.replace(/\s+/g, ' '));
  },
);

it('words that look like hexadecimal stay', () => {
  expect(fingerprintOf('facade deadbeef decade accede')).toBe('facade deadbeef decade accede');
});

it('any text gives a fingerprint of at most 300 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      expect(fingerprintOf(text).length).toBeLessThanOrEqual(300);
    }),
  );
});

it('a hundred thousand characters of any pattern take less than a second', () => {
  for (const unit of ['a', '1', 'a1', '/', 'a/', ':', '1:', '.', '-a', 'a-', '"', '@.', '1.', ' ', 'ab1_', '\\']) {
    const started = performance.now();
    fingerprintOf(unit.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  }
});
