import type { Severity } from '../vocabulary.ts';
import { instantAt, linkAt, textAt, valueAt } from './json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, fingerprintKey, keyOf, seenAtOf, titleOf } from './signal-words.ts';

/** The events that something failed, in words, and how bad one is where it is not for the source to say. */
const FAILURES: Record<string, readonly [string, Severity?]> = {
  'invoice.payment_failed': ['Payment of an invoice failed'],
  'invoice.payment_action_required': ['An invoice waits for the customer to act'],
  'invoice.finalization_failed': ['An invoice could not be finalized', 'S2'],
  'invoice.marked_uncollectible': ['An invoice was given up'],
  'invoice.overdue': ['An invoice is overdue'],
  'charge.failed': ['A charge failed'],
  'charge.dispute.created': ['A charge is disputed'],
  'payment_intent.payment_failed': ['A payment failed'],
  'setup_intent.setup_failed': ['A payment method could not be set up'],
  'checkout.session.async_payment_failed': ['A payment at checkout failed'],
  'refund.failed': ['A refund failed', 'S2'],
  'payout.failed': ['A payout failed', 'S1'],
  'customer.subscription.paused': ['A subscription was paused'],
  'customer.subscription.deleted': ['A subscription ended'],
  'subscription_schedule.aborted': ['A subscription schedule was aborted', 'S2'],
  'radar.early_fraud_warning.created': ['An early fraud warning came'],
  'billing.alert.triggered': ['A billing alert was triggered'],
};

/** Codes by which Stripe says that the payment network failed, not the card and not the request. */
const NETWORK_FAULTS = ['processing_error', 'issuer_not_available', 'try_again_later'];

/**
 * A Stripe event. The class is the event with its failure code, or with the billing reason: a declined card and a broken
 * integration are two failures. A paid invoice resolves its failed one.
 */
export function readStripe({ body, deliveryKey, receivedAt }: SignalDelivery): Signal[] {
  const type = textAt(body, '/type');
  const object = valueAt(body, '/data/object');
  const at = seenAtOf(instantAt(body, '/created'), receivedAt);
  const text = (pointer: string) => textAt(object, pointer);
  if (type === 'invoice.paid' && text('/id')) return [{ kind: 'resolution', key: keyOf('invoice', text('/id')), at }];
  const failure = type && Object.hasOwn(FAILURES, type) ? FAILURES[type] : undefined;
  if (!type || !failure) return ignored(type ?? 'no type');
  const reason =
    text('/failure_code') ??
    text('/last_payment_error/code') ??
    text('/last_setup_error/code') ??
    text('/last_finalization_error/code') ??
    text('/failure_reason') ??
    text('/reason') ??
    text('/billing_reason');
  const account = text('/customer') ?? textAt(object, '/customer/id') ?? textAt(body, '/account');
  const isInvoice = type === 'invoice.payment_failed' && text('/id');
  const live = valueAt(body, '/livemode');
  return [
    {
      kind: 'report',
      // The attempts on one invoice are one failure of that invoice; each other event is one by itself.
      key: isInvoice ? keyOf('invoice', text('/id')) : keyOf('event', textAt(body, '/id') ?? deliveryKey),
      fingerprint: fingerprintKey(`stripe:${type}|${reason ?? ''}`),
      title: titleOf(reason ? `${failure[0]}: ${reason.replaceAll('_', ' ')}` : failure[0]),
      description: descriptionOf([
        `${type} ${text('/id') ?? ''}`.trim(),
        text('/failure_message') ?? text('/last_payment_error/message') ?? text('/last_finalization_error/message'),
        text('/attempt_count') && `Attempt ${text('/attempt_count')}`,
        text('/parent/subscription_details/subscription') ?? text('/subscription'),
      ]),
      severity: failure[1] ?? null,
      areaNamed: null,
      account,
      affected: account ? 1 : 0,
      environment: live === true ? 'production' : live === false ? 'test' : null,
      vendor: reason && NETWORK_FAULTS.includes(reason) ? 'payment network' : null,
      link: linkAt(object, '/hosted_invoice_url'),
      seenAt: at,
    },
  ];
}
