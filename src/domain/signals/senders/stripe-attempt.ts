import { listAt, textAt } from '../json-pointer.ts';
import { keyOf } from '../signal-words.ts';

/** The events by which Stripe tells of one failed attempt to collect a payment. */
const ATTEMPTS = [
  'charge.failed',
  'payment_intent.payment_failed',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'checkout.session.async_payment_failed',
];

/** A failed attempt as one of its events tells of it. */
export type Attempt = {
  charge: string | null;
  intent: string | null;
  invoice: string | null;
  amountWords: string | null;
  /**
   * The names by which another event of the same attempt is known. An invoice and a payment that do not name each other
   * are told to be one by who pays how much.
   */
  names: string[];
};

export function isAttempt(type: string): boolean {
  return ATTEMPTS.includes(type);
}

export function attemptOf(type: string, object: unknown, payer: string | null): Attempt {
  const text = (pointer: string) => textAt(object, pointer);
  const own = (prefix: string) => (type.startsWith(prefix) ? text('/id') : null);
  const paid = listAt(object, '/payments/data')[0];
  const charge = own('charge.') ?? text('/last_payment_error/charge') ?? text('/latest_charge') ?? text('/charge');
  const intent =
    own('payment_intent.') ??
    text('/payment_intent') ??
    textAt(paid, '/payment/payment_intent') ??
    text('/last_payment_error/payment_intent/id');
  const invoice = own('invoice.') ?? text('/invoice');
  const amount = text('/amount_remaining') ?? text('/amount_due') ?? text('/amount') ?? text('/amount_total');
  const count = type.startsWith('invoice.') ? text('/attempt_count') : null;
  return {
    charge,
    intent,
    invoice,
    amountWords: amountWords(amount, text('/currency')),
    names: [
      ...(charge ? [keyOf('charge', charge)] : []),
      ...(intent ? [keyOf('intent', intent)] : []),
      ...(invoice ? [keyOf('invoice', invoice)] : []),
      ...(count ? [keyOf('attempt', count)] : []),
      ...(payer && amount ? [keyOf('pays', payer, amount)] : []),
    ],
  };
}

/** Stripe tells amounts in the smallest unit of their currency; without one, nobody could say how many of them make one. */
function amountWords(amount: string | null, currency: string | null): string | null {
  const units = Number(amount);
  if (amount === null || !Number.isFinite(units) || !/^[a-z]{3}$/i.test(currency ?? '')) return null;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency ?? '' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return `${(units / 10 ** digits).toFixed(digits)} ${(currency ?? '').toUpperCase()}`;
}

/** The code by which Stripe says why something failed. */
export function codeOf(object: unknown): string | null {
  const places = [
    '/failure_code',
    '/last_payment_error/code',
    '/last_setup_error/code',
    '/last_finalization_error/code',
    '/failure_reason',
  ];
  return places.map((place) => textAt(object, place)).find((code) => code !== null) ?? null;
}
