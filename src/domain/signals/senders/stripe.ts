import { factsOf } from '../../reports/facts.ts';
import { instantAt, linkAt, listAt, textAt, valueAt } from '../json-pointer.ts';
import { ignored, leftOut, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, fingerprintIn, keyOf, seenAtOf } from '../signal-words.ts';
import { type Attempt, attemptOf, codeOf, isAttempt } from './stripe-attempt.ts';
import { ENDS, FAILURES, NETWORK_FAULTS, OWN_FAULTS } from './stripe-events.ts';

/** Why a subscription ended, where that is a failure and no decision of the customer. */
const FAILED_ENDS = ['payment_failed', 'payment_disputed'];

/**
 * A Stripe event. What failed is named by the event; all attempts to collect a payment are one failure, apart by whose
 * fault it is: the customer's means of payment, the payment network, or the integration. The events that tell of one
 * attempt are one occurrence.
 */
export function readStripe({ body, deliveryKey, receivedAt }: SignalDelivery): Signal[] {
  const type = textAt(body, '/type');
  const object = valueAt(body, '/data/object');
  const at = seenAtOf(instantAt(body, '/created'), receivedAt);
  const text = (pointer: string) => textAt(object, pointer);
  const ends = type && Object.hasOwn(ENDS, type) ? ENDS[type] : undefined;
  if (ends && text('/id')) return [{ kind: 'resolution', key: keyOf(ends, text('/id'), '*'), at }];
  const failure = type && Object.hasOwn(FAILURES, type) ? FAILURES[type] : undefined;
  if (!type || !failure) return ignored(type ?? 'no type');
  const ended = type === 'customer.subscription.deleted' ? text('/cancellation_details/reason') : null;
  if (type === 'customer.subscription.deleted' && !FAILED_ENDS.includes(ended ?? ''))
    return leftOut(type, 'A customer has decided so.');
  const account = text('/customer') ?? text('/customer/id') ?? textAt(body, '/account');
  const live = valueAt(body, '/livemode');
  const environment = live === true ? 'production' : live === false ? 'test' : null;
  const attempt = isAttempt(type) ? attemptOf(type, object, account) : null;
  const code = codeOf(object);
  const fault = code && [...NETWORK_FAULTS, ...OWN_FAULTS].includes(code) ? code : null;
  const reason = attempt ? fault : (ended ?? code ?? text('/reason') ?? text('/billing_reason'));
  const what = attempt ? 'payment' : type;
  return [
    {
      kind: 'report',
      key: keyOf('event', textAt(body, '/id') ?? deliveryKey),
      ...(attempt ? { names: attempt.names } : {}),
      event: type,
      fingerprint: fingerprintIn(environment, `stripe:${what}|${reason ?? ''}`),
      title: titleOf(failure.words, reason?.replaceAll('_', ' '), live === false ? 'test mode' : null),
      description: descriptionOf([saidBy(object)]),
      facts: factsFor(object, type, attempt, code),
      labels: [type, code].filter((one) => one !== null),
      severity: failure.severity ?? null,
      areaNamed: null,
      account,
      affected: account ? 1 : 0,
      environment,
      vendor: code && NETWORK_FAULTS.includes(code) ? 'payment network' : null,
      link: linkAt(object, '/hosted_invoice_url') ?? linkAt(object, '/receipt_url'),
      seenAt: at,
    },
  ];
}

/** The sentence with which Stripe says why. */
function saidBy(object: unknown): string | null {
  const places = ['/failure_message', '/last_payment_error/message', '/last_setup_error/message'];
  return (
    [...places, '/last_finalization_error/message', '/outcome/seller_message']
      .map((place) => textAt(object, place))
      .find((words) => words !== null) ?? null
  );
}

function factsFor(object: unknown, type: string, attempt: Attempt | null, code: string | null) {
  const text = (pointer: string) => textAt(object, pointer);
  return factsOf([
    ['Event', type],
    ['Customer', text('/customer') ?? text('/customer/id')],
    ['Customer e-mail', text('/customer_email') ?? text('/billing_details/email') ?? text('/receipt_email')],
    ['Amount', attempt?.amountWords],
    ['Code', code],
    ['Decline code', text('/last_payment_error/decline_code') ?? text('/outcome/reason')],
    ['Attempt', text('/attempt_count')],
    ['Billing reason', text('/billing_reason')],
    ['Invoice', attempt?.invoice ?? (type.startsWith('invoice.') ? text('/id') : null)],
    ['Invoice number', text('/number')],
    ['Charge', attempt?.charge],
    ['Payment', attempt?.intent],
    ['Subscription', text('/parent/subscription_details/subscription') ?? text('/subscription')],
    ['Plan', textAt(listAt(object, '/lines/data')[0], '/description')],
    ['Next attempt', instantAt(object, '/next_payment_attempt')?.toISOString()],
    ['Id', attempt ? null : text('/id')],
  ]);
}
