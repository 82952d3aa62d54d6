import { createHmac } from 'node:crypto';
import type { SignalKind } from '../../src/domain/signals/signal.ts';

/** The headers with which a sender of this kind proves itself. */
export function signatureOf(kind: SignalKind, raw: string | Buffer, secret: string, at: Date): Record<string, string> {
  const hexOf = (...signed: (string | Buffer)[]) =>
    signed.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest('hex');
  const hex = hexOf(raw);
  switch (kind) {
    case 'alertmanager':
      return { authorization: `Bearer ${secret}` };
    case 'cloud_monitoring':
      return { authorization: `Basic ${Buffer.from(`burndown:${secret}`).toString('base64')}` };
    case 'stripe': {
      const timestamp = Math.floor(at.getTime() / 1000);
      return { 'stripe-signature': `t=${timestamp},v1=${hexOf(`${timestamp}.`, raw)}` };
    }
    case 'fivetran':
      return { 'x-fivetran-signature-256': hex.toUpperCase() };
    case 'sentry':
      return { 'sentry-hook-signature': hex };
    case 'github':
      return { 'x-hub-signature-256': `sha256=${hex}` };
    case 'pagerduty':
      return { 'x-pagerduty-signature': `v1=${'0'.repeat(64)},v1=${hex}` };
    case 'json':
    case 'metrics':
      return { 'x-signature-256': `sha256=${hex}` };
  }
}
