import { aDefect, type Golden, type GoldenDelivery } from './golden.ts';

const FIRST = Date.UTC(2026, 10, 24, 8, 0) / 1000;
const ATTEMPT_LATER = 90 * 60;

let events = 0;

/** An event as Stripe's API of 2025 wraps its object. */
function event(type: string, object: object, over: { created?: number; livemode?: boolean } = {}): GoldenDelivery {
  events += 1;
  return {
    body: {
      id: `evt_golden_${events}`,
      object: 'event',
      api_version: '2025-09-30.clover',
      created: over.created ?? FIRST,
      livemode: over.livemode ?? true,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
      data: { object },
    },
  };
}

const charge = (id: string, over: object = {}) => ({
  id,
  object: 'charge',
  amount: 12_900,
  currency: 'usd',
  customer: 'cus_harbour',
  failure_code: 'card_declined',
  failure_message: 'Your card was declined.',
  invoice: 'in_november',
  outcome: { network_status: 'declined_by_network', reason: 'do_not_honor', type: 'issuer_declined' },
  paid: false,
  payment_intent: 'pi_november',
  status: 'failed',
  ...over,
});

const intent = (id: string, chargeId: string, over: object = {}) => ({
  id,
  object: 'payment_intent',
  amount: 12_900,
  currency: 'usd',
  customer: 'cus_harbour',
  last_payment_error: { charge: chargeId, code: 'card_declined', decline_code: 'do_not_honor', type: 'card_error' },
  status: 'requires_payment_method',
  ...over,
});

const invoice = (id: string, attempt: number, over: object = {}) => ({
  id,
  object: 'invoice',
  amount_due: 12_900,
  amount_remaining: 12_900,
  attempt_count: attempt,
  attempted: true,
  billing_reason: 'subscription_cycle',
  collection_method: 'charge_automatically',
  currency: 'usd',
  customer: 'cus_harbour',
  number: 'HB-2026-11',
  parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_harbour' } },
  status: 'open',
  ...over,
});

const ONE_ATTEMPT = [
  event('charge.failed', charge('ch_first')),
  event('payment_intent.payment_failed', intent('pi_november', 'ch_first'), { created: FIRST + 1 }),
  event('invoice.payment_failed', invoice('in_november', 1), { created: FIRST + 2 }),
];
const SECOND_ATTEMPT = [
  event('charge.failed', charge('ch_second'), { created: FIRST + ATTEMPT_LATER }),
  event('payment_intent.payment_failed', intent('pi_november', 'ch_second'), { created: FIRST + ATTEMPT_LATER }),
  event('invoice.payment_failed', invoice('in_november', 2), { created: FIRST + ATTEMPT_LATER + 1 }),
];

const subscription = (reason: string) => ({
  id: 'sub_harbour',
  object: 'subscription',
  cancellation_details: { comment: null, feedback: null, reason },
  customer: 'cus_harbour',
  status: 'canceled',
});

const A_PAYMENT = { environment: 'production', accounts: ['cus_harbour'] };

export const STRIPE: readonly Golden[] = [
  {
    kind: 'stripe',
    situation: 'one failed renewal, told by three events',
    sends: ONE_ATTEMPT,
    becomes: [
      aDefect('A payment failed', {
        ...A_PAYMENT,
        card: ['Charge: ch_first', 'Invoice number: HB-2026-11', 'Amount: 129.00 USD', 'Your card was declined.'],
      }),
    ],
  },
  {
    kind: 'stripe',
    situation: 'the same three in the opposite order',
    sends: [...ONE_ATTEMPT].reverse(),
    becomes: [aDefect('A payment failed', { ...A_PAYMENT, card: ['Charge: ch_first', 'Decline code: do_not_honor'] })],
  },
  {
    kind: 'stripe',
    situation: 'the second attempt on the same invoice, told by three events',
    sends: [...ONE_ATTEMPT, ...SECOND_ATTEMPT],
    becomes: [aDefect('A payment failed', { ...A_PAYMENT, occurrences: 2 })],
  },
  {
    kind: 'stripe',
    situation: 'two attempts whose events come mixed and twice',
    sends: [2, 0, 4, 1, 3, 5, 0, 4].flatMap((i) => [...ONE_ATTEMPT, ...SECOND_ATTEMPT][i] ?? []),
    becomes: [aDefect('A payment failed', { ...A_PAYMENT, occurrences: 2 })],
  },
  {
    kind: 'stripe',
    situation: 'an invoice and a payment that do not name each other',
    sends: [
      event('payment_intent.payment_failed', intent('pi_alone', 'ch_alone')),
      event('invoice.payment_failed', invoice('in_alone', 1), { created: FIRST + 3 }),
    ],
    becomes: [aDefect('A payment failed', A_PAYMENT)],
  },
  {
    kind: 'stripe',
    situation: 'two customers who pay the same amount at once',
    sends: [
      event('charge.failed', charge('ch_a', { invoice: null, payment_intent: 'pi_a' })),
      event('charge.failed', charge('ch_b', { invoice: null, payment_intent: 'pi_b', customer: 'cus_other' })),
    ],
    becomes: [
      aDefect('A payment failed', {
        environment: 'production',
        accounts: ['cus_harbour', 'cus_other'],
        occurrences: 2,
      }),
    ],
  },
  {
    kind: 'stripe',
    situation: 'a renewal that is paid in the end',
    sends: [
      ...ONE_ATTEMPT,
      event('invoice.paid', invoice('in_november', 2, { status: 'paid', amount_remaining: 0 }), {
        created: FIRST + 5_400,
      }),
    ],
    becomes: [aDefect('A payment failed', { ...A_PAYMENT, over: 1 })],
  },
  {
    kind: 'stripe',
    situation: 'a fault of the payment network, and one of the integration',
    sends: [
      event(
        'charge.failed',
        charge('ch_net', { failure_code: 'processing_error', invoice: null, payment_intent: 'pi_n' }),
      ),
      event(
        'payment_intent.payment_failed',
        intent('pi_own', '', {
          customer: 'cus_b',
          last_payment_error: { code: 'parameter_missing', type: 'invalid_request_error' },
        }),
      ),
    ],
    becomes: [
      aDefect('A payment failed: processing error', { ...A_PAYMENT, vendor: 'payment network' }),
      aDefect('A payment failed: parameter missing', { environment: 'production', accounts: ['cus_b'] }),
    ],
  },
  {
    kind: 'stripe',
    situation: 'a subscription that its customer cancels',
    sends: [event('customer.subscription.deleted', subscription('cancellation_requested'))],
    becomes: [],
    leftOut: [{ event: 'customer.subscription.deleted', why: 'A customer has decided so.', count: 1 }],
  },
  {
    kind: 'stripe',
    situation: 'a subscription that ends since nobody could collect, and one in dispute',
    sends: [
      event('customer.subscription.deleted', subscription('payment_failed')),
      event('customer.subscription.deleted', { ...subscription('payment_disputed'), id: 'sub_2', customer: 'cus_2' }),
    ],
    becomes: [
      aDefect('A subscription ended: payment failed', A_PAYMENT),
      aDefect('A subscription ended: payment disputed', { environment: 'production', accounts: ['cus_2'] }),
    ],
  },
  {
    kind: 'stripe',
    situation: 'test mode beside the live one',
    sends: [
      ...ONE_ATTEMPT,
      event('charge.failed', charge('ch_test', { invoice: 'in_test', payment_intent: 'pi_test' }), { livemode: false }),
    ],
    becomes: [
      aDefect('A payment failed', A_PAYMENT),
      aDefect('A payment failed: test mode', { environment: 'test', accounts: ['cus_harbour'] }),
    ],
  },
  {
    kind: 'stripe',
    situation: 'test mode, at a source that counts only what users meet',
    rules: { environments: 'users' },
    sends: [event('charge.failed', charge('ch_test_2'), { livemode: false })],
    becomes: [],
    leftOut: [
      {
        event: 'charge.failed: A payment failed: test mode',
        why: 'It is from test, and the source counts only what users meet.',
        count: 1,
      },
    ],
  },
  {
    kind: 'stripe',
    situation: 'a payout and a dispute, at a source that leaves out charge.dispute.*',
    rules: { events: ['charge.dispute.*'] },
    sends: [
      event('payout.failed', {
        id: 'po_1',
        object: 'payout',
        amount: 90_000,
        currency: 'usd',
        failure_code: 'account_closed',
      }),
      event('charge.dispute.created', { id: 'dp_1', object: 'dispute', charge: 'ch_9', reason: 'fraudulent' }),
    ],
    becomes: [aDefect('A payout failed: account closed', { severity: 'S1', environment: 'production' })],
    leftOut: [
      {
        event: 'charge.dispute.created: A charge is disputed: fraudulent',
        why: 'The source leaves out this event.',
        count: 1,
      },
    ],
  },
  {
    kind: 'stripe',
    situation: 'events that tell of no failure',
    sends: [event('customer.created', { id: 'cus_new', object: 'customer' })],
    becomes: [],
    leftOut: [{ event: 'customer.created', why: 'It tells of no failure.', count: 1 }],
  },
];
