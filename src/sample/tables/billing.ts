/** What breaks where Kitebarn, an invented company, charges its customers through Stripe. */
export const billing = {
  area: 'billing',
  defects: [
    {
      key: 'webhook-timeout',
      severity: 'S1',
      told: [
        [
          'Stripe webhook times out and invoices stay unpaid in our books',
          'invoice.paid arrives, our handler recomputes the whole account before it answers. Stripe gives up and tries again an hour later.',
        ],
        [
          'Invoice shows as open although the customer has paid',
          'Payment is there in Stripe since yesterday. Customer got a dunning mail.',
        ],
        ['Paid invoices marked overdue', 'Finance found nine this morning. All of them with webhook retries.'],
        [
          'webhook endpoint answers too slowly, Stripe disables it',
          'Got the mail from Stripe that the endpoint fails for 20 % of deliveries.',
        ],
        ['Customer dunned for an invoice that was paid', 'They sent the bank statement. Not a good look.'],
        ['Payment received, access still blocked', 'Account locked until the webhook came through on the fourth try.'],
      ],
      machine: {
        name: 'Stripe webhooks',
        told: ['Webhook delivery failed: timed out after 20 s', 'Endpoint /hooks/stripe, event type invoice.paid.'],
      },
      seen: [{ from: 55, to: 0.3, count: 31 }],
      affected: [2, 45],
      tickets: 6,
      steps: [
        { ago: 51, do: 'accept', owner: 1, dueIn: -4, escape: 'no_monitor' },
        { ago: 30, do: 'defer', words: 'The queue in front of the handler is half built; decide again next week.' },
      ],
    },
    {
      key: 'double-charge',
      severity: 'S1',
      told: [
        [
          'Customer charged twice when the checkout is sent again',
          'No idempotency key on the second attempt after a network error.',
        ],
        ['Double charge on plan upgrade', 'Two PaymentIntents 4 seconds apart, same amount.'],
        ['Two charges for one order', 'Support refunded one. Customer asks how often this happens.'],
        ['Card charged two times', 'Pressed the button once, they say. The logs agree.'],
      ],
      seen: [
        { from: 53, to: 30, count: 14 },
        { from: 6, to: 2, count: 3 },
      ],
      affected: [1, 9],
      tickets: 5,
      steps: [
        { ago: 52, do: 'accept', owner: 0, dueIn: -33, escape: 'test_gap' },
        {
          ago: 28,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'Key is made from the cart, not the click: https://ci.kitebarn.example/tests/checkout-idempotency',
        },
      ],
    },
    {
      key: 'proration',
      severity: 'S2',
      told: [
        [
          'Proration wrong by a day for customers east of UTC',
          'Change of plan on the 1st counts as the 31st. Off by one day of price.',
        ],
        ['Upgrade on the first of the month billed for the old month', 'Sydney again.'],
        ['Prorated amount does not match the preview', 'Preview says 118.40, the invoice says 122.22.'],
        ['Wrong credit after a downgrade', 'One day too little. Small, but the customer is an auditor.'],
      ],
      seen: [{ from: 50, to: 3, count: 13 }],
      affected: [1, 14],
      tickets: 3,
      steps: [{ ago: 44, do: 'accept', owner: 2, dueIn: 2, escape: 'no_test' }],
    },
    {
      key: 'vat-id',
      severity: 'S2',
      told: [
        [
          'VAT added although the customer has a valid VAT id',
          'Check against the tax office times out, and we treat that as invalid.',
        ],
        ['Reverse charge missing on invoice', 'Dutch customer, id is fine on the official page.'],
        ['Tax on invoices of business customers in the EU', 'Happens on some days to many, on others to nobody.'],
      ],
      seen: [{ from: 47, to: 24, count: 11 }],
      affected: [1, 18],
      tickets: 4,
      steps: [
        { ago: 42, do: 'accept', owner: 3, dueIn: -22, escape: 'vendor' },
        {
          ago: 23,
          do: 'claim',
          fixKind: 'code',
          keepingNote: 'A timeout keeps the last known answer; https://ci.kitebarn.example/tests/vat-check-timeout',
        },
      ],
    },
    {
      key: 'usage-late',
      severity: 'S2',
      told: [
        [
          'Metered usage arrives after the invoice is final',
          'The nightly job takes five hours since October. Last hours of the month go to the next one.',
        ],
        ['Usage of the last day is missing on the invoice', 'Finance reconciled by hand, 2.1 % too low.'],
        ['Customers billed for last month in this month', 'Usage records after the period end.'],
      ],
      seen: [
        { from: 33, to: 29, count: 5 },
        { from: 4, to: 1, count: 4 },
      ],
      affected: [8, 60],
      tickets: 3,
      steps: [{ ago: 27, do: 'accept', owner: 1, dueIn: 6, escape: 'no_monitor' }],
    },
    {
      key: 'card-3ds',
      severity: 'S3',
      told: [
        [
          '3-D Secure window closes itself in the in-app browser',
          'Only from the mobile app. The payment stays at requires_action.',
        ],
        ['Cannot confirm card in the app', 'Bank page flashes and is gone.'],
        ['Payment stuck at requires_action', 'Eight of them this week, all from phones.'],
      ],
      seen: [
        { from: 51, to: 33, count: 3 },
        { from: 24, to: 15, count: 3 },
        { from: 13, to: 7, count: 5 },
        { from: 6.5, to: 0.4, count: 9 },
      ],
      affected: [1, 5],
      tickets: 2,
      steps: [{ ago: 26, do: 'accept', owner: 4, dueIn: 12, escape: 'test_gap' }],
    },
    {
      key: 'dunning-mail',
      severity: 'S3',
      told: [
        [
          'Dunning mail sent to people who have left the company',
          'We mail the contact of the first invoice, not the current one.',
        ],
        ['Reminders go to an old address', 'Customer changed billing contact in June.'],
      ],
      seen: [{ from: 40, to: 9, count: 4 }],
      affected: [1, 3],
      tickets: 2,
      steps: [{ ago: 36, do: 'accept', owner: 0, dueIn: 15, escape: 'no_test' }],
    },
    {
      key: 'coupon-stack',
      severity: 'S3',
      told: [
        ['Two coupons can be used on one checkout', 'Partner code plus launch code gives 70 % off.'],
        ['Launch coupon stacks with partner discount', 'Sales noticed. Eleven orders so far.'],
      ],
      seen: [{ from: 45, to: 31, count: 9 }],
      affected: [2, 11],
      steps: [
        {
          ago: 41,
          do: 'accept',
          owner: 2,
          dueIn: -26,
          escape: 'test_gap',
          criteria: [
            { kind: 'max_reports', limit: 0 },
            { kind: 'link', what: 'Test of the checkout with two codes' },
          ],
        },
        {
          ago: 29,
          do: 'claim',
          fixKind: 'configuration',
          keepingNote: 'Promotion codes exclude each other: https://ci.kitebarn.example/tests/coupon-rules',
        },
      ],
    },
    {
      key: 'refund-partial',
      severity: 'S2',
      told: [
        [
          'Partial refund shows as full refund in the customer portal',
          'Amount is right in Stripe, wrong in our ledger.',
        ],
        ['Ledger and Stripe disagree after partial refunds', 'Six rows differ by the part that was not refunded.'],
      ],
      seen: [{ from: 10, to: 1, count: 6 }],
      affected: [1, 4],
      tickets: 2,
    },
    {
      key: 'invoice-pdf',
      severity: 'S4',
      told: [['Invoice PDF cuts long company names', 'Ends in the middle of the legal form. Looks silly, is legal.']],
      seen: [{ from: 38, to: 5, count: 4 }],
      affected: [1, 2],
      steps: [
        {
          ago: 30,
          do: 'accept_risk',
          words: 'A new invoice template comes in spring. Until then support sends a corrected one on demand.',
        },
      ],
    },
    {
      key: 'stripe-outage',
      severity: 'S1',
      told: [
        ['Checkout down: Stripe API returns 500', 'Confirmed on their status page, elevated errors on PaymentIntents.'],
        ['Nobody can pay', 'All cards, all countries, since 14:10.'],
        ['Payments fail with api_error', 'Not us this time. Still, our page shows a spinner for ever.'],
      ],
      seen: [{ from: 22, to: 21.6, count: 6 }],
      affected: [30, 190],
      tickets: 15,
      vendor: { name: 'Stripe', every: 1 },
      steps: [
        { ago: 20, do: 'accept', owner: 1, dueIn: -5, escape: 'vendor' },
        {
          ago: 7,
          do: 'claim',
          fixKind: 'vendor_mitigation',
          keepingNote:
            'Checkout offers to be told when paying works again; drill in https://wiki.kitebarn.example/runbooks/payments-down',
        },
      ],
    },
    {
      key: 'paid-but-open',
      severity: 'S2',
      told: [
        [
          'Customer paid, invoice is still open a day later',
          'Payment visible in Stripe. Portal says overdue. Third one this week.',
        ],
      ],
      seen: [{ from: 18, to: 13, count: 4 }],
      affected: [1, 3],
      tickets: 2,
      steps: [{ ago: 11, do: 'merge', into: 'webhook-timeout' }],
    },
    {
      key: 'currency-round',
      severity: 'S3',
      told: [
        [
          'Yen amounts a hundred times too small in the preview',
          'Zero-decimal currency. Only the preview, the charge is right.',
        ],
      ],
      seen: [{ from: 5, to: 2, count: 2 }],
      affected: [1, 2],
    },
  ],
} as const;
