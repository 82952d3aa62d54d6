/** What breaks on the path by which new customers of Kitebarn, an invented company, go live. */
export const launchIntegration = {
  area: 'launch integration',
  defects: [
    {
      key: 'sso-loop',
      severity: 'S1',
      told: [
        [
          'Login loops between us and Okta for new tenants',
          'Signed in, sent back, signed in, sent back. Clearing cookies does not help.',
        ],
        ['Nobody of the new customer can sign in', 'Go-live was today. 300 people in front of a loop.'],
        ['SSO redirect loop after go-live', 'Audience in the SAML response has a trailing slash.'],
        ['Okta login goes round in circles', 'Works in the admin account, not for users.'],
      ],
      seen: [{ from: 48, to: 25, count: 10 }],
      affected: [20, 310],
      tickets: 9,
      steps: [
        { ago: 47, do: 'accept', owner: 4, dueIn: -30, escape: 'test_gap' },
        {
          ago: 24,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'Audience is compared without the slash; https://ci.kitebarn.example/tests/saml-audience has six real responses.',
        },
      ],
    },
    {
      key: 'invite-mail',
      severity: 'S2',
      told: [
        [
          'Invitation mails end up in quarantine',
          'DKIM of the launch domain does not match. Microsoft tenants above all.',
        ],
        ['New users never get the invitation', 'Not in spam either. Their admin found it in quarantine.'],
        ['Invites not delivered to Outlook addresses', 'Five customers now.'],
        ['Onboarding stuck: no invitation mail', 'We send links by hand for now.'],
      ],
      seen: [{ from: 45, to: 1, count: 15 }],
      affected: [2, 28],
      tickets: 5,
      steps: [{ ago: 38, do: 'accept', owner: 2, dueIn: -3, escape: 'configuration' }],
    },
    {
      key: 'bulk-import',
      severity: 'S2',
      told: [
        ['User import stops at row 1000 without a word', 'Says done. 2,340 people in the file, 1,000 in the account.'],
        ['Only the first thousand users are there', 'Found on go-live day, of course.'],
        ['CSV import loses people', 'Page size of the directory API.'],
      ],
      seen: [{ from: 43, to: 29, count: 9 }],
      affected: [1, 5],
      tickets: 2,
      steps: [
        { ago: 40, do: 'accept', owner: 0, dueIn: -24, escape: 'no_test' },
        {
          ago: 28,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'The import reads every page and reports the count: https://ci.kitebarn.example/tests/import-5000',
        },
      ],
    },
    {
      key: 'sandbox-keys',
      severity: 'S1',
      told: [
        ['New tenant went live with test keys of Stripe', 'A week of orders that nobody paid for.'],
        ['Live account still on test mode', 'Noticed because revenue was exactly zero.'],
        [
          'Payments of a launched customer are all test payments',
          'The switch is a checkbox on page 4 of the checklist.',
        ],
      ],
      seen: [{ from: 39, to: 8, count: 6 }],
      affected: [1, 3],
      tickets: 2,
      steps: [
        { ago: 37, do: 'accept', owner: 1, dueIn: -14, escape: 'operator_step' },
        {
          ago: 6,
          do: 'claim',
          fixKind: 'operator_step',
          keepingNote: 'Go-live asks a second person to check the keys: https://wiki.kitebarn.example/runbooks/go-live',
        },
      ],
    },
    {
      key: 'webhook-partner',
      severity: 'S2',
      told: [
        [
          'Partner webhooks are sent before the tenant exists',
          'They answer 404 and never try again, so the account stays half set up.',
        ],
        ['Half of the set-up is missing after launch', 'Partner says we called too early.'],
        ['404 from the partner on tenant.created', 'A race between two queues.'],
      ],
      machine: {
        name: 'Partner gateway',
        told: ['tenant.created rejected with 404', 'No retry left. Tenant is marked incomplete.'],
      },
      seen: [{ from: 28, to: 1, count: 9 }],
      affected: [1, 6],
      tickets: 2,
      steps: [{ ago: 21, do: 'accept', owner: 3, dueIn: 2, escape: 'no_test' }],
    },
    {
      key: 'role-mapping',
      severity: 'S3',
      told: [
        ['Everybody becomes viewer after the first sign-in by SSO', 'Group names with a comma are cut.'],
        ['Admins lose their role at login', 'Only with groups like "Sales, EMEA".'],
      ],
      seen: [{ from: 34, to: 7, count: 6 }],
      affected: [1, 12],
      tickets: 2,
      steps: [{ ago: 30, do: 'accept', owner: 4, dueIn: 10, escape: 'test_gap' }],
    },
    {
      key: 'domain-verify',
      severity: 'S3',
      told: [
        ['Domain verification waits 24 hours for DNS that is there', 'We cache the failed look-up for a day.'],
        ['Cannot verify domain although the record is set', 'dig shows it. We do not.'],
      ],
      seen: [{ from: 46, to: 30, count: 8 }],
      affected: [1, 2],
      tickets: 1,
      steps: [
        { ago: 42, do: 'accept', owner: 3, dueIn: -26, escape: 'no_test' },
        {
          ago: 27,
          do: 'claim',
          fixKind: 'code',
          keepingNote: 'A failed look-up is kept for one minute; https://ci.kitebarn.example/tests/dns-cache',
        },
      ],
    },
    {
      key: 'welcome-tour',
      severity: 'S4',
      told: [['Welcome tour points at a button that has moved', 'Step 3 of 5. People click on nothing.']],
      seen: [{ from: 31, to: 2, count: 4 }],
      affected: [1, 9],
      steps: [{ ago: 16, do: 'accept', owner: 0, dueIn: 25, escape: 'no_test' }],
    },
    {
      key: 'region-pick',
      severity: 'S2',
      told: [
        ['EU customer was set up in the US region', 'The form remembers the last choice of whoever does the set-up.'],
      ],
      seen: [{ from: 19, to: 14, count: 2 }],
      affected: [1, 1],
      tickets: 1,
      steps: [
        { ago: 8, do: 'ask', words: 'Which tenant was it, and who did the set-up? The audit log has two that week.' },
      ],
    },
    {
      key: 'slow-first-load',
      severity: 'S3',
      told: [
        ['First dashboard of a new tenant takes a minute', 'Empty caches and 90 tiles.'],
        ['Launch demo: dashboard loads for ever', 'In front of the customer. Second time it was fast.'],
      ],
      seen: [{ from: 12, to: 1, count: 5 }],
      affected: [1, 3],
    },
    {
      key: 'test-tenant',
      severity: 'S4',
      told: [['Demo tenant shows up in the list of customers', 'Turned out to be wanted by sales.']],
      seen: [{ from: 25, to: 25, count: 1 }],
      affected: [0, 0],
      steps: [{ ago: 21, do: 'dismiss', words: 'On purpose: sales shows it in calls. It is left out of every count.' }],
    },
    {
      key: 'calendar-link',
      severity: 'S3',
      told: [
        ['Kick-off invitation has the wrong time zone', 'Sent as UTC. Customer came an hour early, we came on time.'],
      ],
      seen: [{ from: 7, to: 1, count: 3 }],
      affected: [1, 4],
      tickets: 1,
    },
    {
      key: 'scim-delete',
      severity: 'S2',
      told: [
        ['People who left are not removed by SCIM', 'DELETE is answered with 204 and does nothing.'],
        ['Former employee could still sign in', 'Security asked. Seven accounts at this customer.'],
      ],
      seen: [{ from: 2, to: 0.2, count: 3 }],
      affected: [2, 11],
      tickets: 2,
    },
  ],
} as const;
