import type { Severity } from '../../vocabulary.ts';

/** The events that something failed, in words, and how bad one is where it is not for the source to say. */
export const FAILURES: Record<string, { words: string; severity?: Severity }> = {
  'invoice.payment_failed': { words: 'A payment failed' },
  'invoice.payment_action_required': { words: 'A payment failed' },
  'charge.failed': { words: 'A payment failed' },
  'payment_intent.payment_failed': { words: 'A payment failed' },
  'checkout.session.async_payment_failed': { words: 'A payment failed' },
  'invoice.finalization_failed': { words: 'An invoice could not be finalized', severity: 'S2' },
  'invoice.marked_uncollectible': { words: 'An invoice was given up' },
  'invoice.overdue': { words: 'An invoice is overdue' },
  'charge.dispute.created': { words: 'A charge is disputed' },
  'setup_intent.setup_failed': { words: 'A payment method could not be set up' },
  'refund.failed': { words: 'A refund failed', severity: 'S2' },
  'payout.failed': { words: 'A payout failed', severity: 'S1' },
  'customer.subscription.paused': { words: 'A subscription was paused' },
  'customer.subscription.deleted': { words: 'A subscription ended' },
  'subscription_schedule.aborted': { words: 'A subscription schedule was aborted', severity: 'S2' },
  'radar.early_fraud_warning.created': { words: 'An early fraud warning came' },
  'billing.alert.triggered': { words: 'A billing alert was triggered' },
};

/** What ends an occurrence, by the kind of its name that the event's object has the id of. */
export const ENDS: Record<string, string> = {
  'invoice.paid': 'invoice',
  'invoice.payment_succeeded': 'invoice',
  'invoice.voided': 'invoice',
  'payment_intent.succeeded': 'intent',
  'payment_intent.canceled': 'intent',
};

/** Codes by which Stripe says that the payment network failed, not the card and not the request. */
export const NETWORK_FAULTS = ['processing_error', 'issuer_not_available', 'try_again_later'];

/** Codes by which Stripe says that whoever asked for the payment asked wrongly. */
export const OWN_FAULTS = [
  'amount_too_large',
  'amount_too_small',
  'api_key_expired',
  'currency_not_supported',
  'invalid_amount',
  'invalid_account',
  'idempotency_key_in_use',
  'missing',
  'parameter_invalid_empty',
  'parameter_invalid_integer',
  'parameter_missing',
  'parameter_unknown',
  'payment_intent_invalid_parameter',
  'payment_intent_unexpected_state',
  'payment_method_unactivated',
  'payment_method_unexpected_state',
  'rate_limit',
  'resource_missing',
  'testmode_charges_only',
  'token_already_used',
  'token_in_use',
  'url_invalid',
];
