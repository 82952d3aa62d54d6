/** What breaks where Kitebarn, an invented company, gets its customers' data through Fivetran. */
export const connectivity = {
  area: 'connectivity',
  defects: [
    {
      key: 'sync-stuck',
      severity: 'S2',
      told: [
        [
          'Fivetran sync stays at "in progress" for hours',
          'Connector salesforce_eu, last row at 03:10, no error anywhere. Pausing and resuming helps.',
        ],
        ['Salesforce data is from yesterday', 'Dashboard says fresh, numbers say otherwise.'],
        ['Sync never finishes for big accounts', 'Everybody with more than two million rows in opportunity_history.'],
        ['Data not updated since last night', 'Customer meeting in an hour, numbers from Tuesday.'],
        ['Salesforce connector hangs without an error', 'Third time this month for this account.'],
      ],
      machine: {
        name: 'Fivetran webhooks',
        told: ['sync_end is missing after 6 h', 'Connector group production_eu, schema salesforce.'],
      },
      seen: [{ from: 54, to: 1, count: 20 }],
      affected: [1, 22],
      tickets: 4,
      vendor: { name: 'Fivetran', every: 9 },
      steps: [{ ago: 48, do: 'accept', owner: 3, dueIn: -7, escape: 'no_monitor' }],
    },
    {
      key: 'schema-change',
      severity: 'S2',
      told: [
        [
          'New column upstream breaks the staging models',
          'Customer added a field, the column order changed, our view selects by position.',
        ],
        [
          'dbt run fails after a schema change',
          'column "region" does not exist. It is called region_code since this morning.',
        ],
        ['Pipeline red: renamed column in HubSpot', 'Nobody told us. Nobody will.'],
      ],
      seen: [{ from: 51, to: 22, count: 11 }],
      affected: [1, 7],
      tickets: 1,
      steps: [
        { ago: 46, do: 'accept', owner: 2, dueIn: -24, escape: 'no_test' },
        {
          ago: 21,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'Models select by name and an unknown column only warns: https://ci.kitebarn.example/tests/schema-drift',
        },
      ],
    },
    {
      key: 'oauth-expired',
      severity: 'S2',
      told: [
        [
          'Google Ads connector loses its token every few weeks',
          'Customer has to log in again. We only notice when they ask where the numbers are.',
        ],
        ['Connector disconnected, nobody was told', 'Broken for nine days before anybody looked.'],
        ['Re-authorisation needed again', 'Same customer as in September.'],
        ['Ads numbers flat at zero', 'Token revoked, the chart shows zero and not "no data".'],
      ],
      seen: [{ from: 47, to: 5, count: 11 }],
      affected: [1, 9],
      tickets: 3,
      steps: [
        { ago: 39, do: 'accept', owner: 4, dueIn: -10, escape: 'no_monitor' },
        {
          ago: 4,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'A revoked token mails the customer within the hour; https://alerts.kitebarn.example/policies/connector-auth',
        },
      ],
    },
    {
      key: 'duplicate-rows',
      severity: 'S1',
      told: [
        [
          'Orders counted twice after a historical re-sync',
          'Primary key is missing on the Shopify order lines, so the re-sync appends. Revenue doubled on the dashboard.',
        ],
        ['Revenue chart shows twice the real number', 'A customer put it into a board deck before somebody noticed.'],
        ['Duplicate rows in order_lines', '40 % of the ids twice.'],
        ['Everything doubled since the re-sync', 'Started on Monday after support triggered a full sync.'],
      ],
      seen: [{ from: 27, to: 5, count: 12 }],
      affected: [3, 35],
      tickets: 6,
      steps: [
        { ago: 25, do: 'accept', owner: 1, dueIn: -8, escape: 'test_gap' },
        {
          ago: 3,
          do: 'claim',
          fixKind: 'code',
          keepingNote: 'Lines have a key of order and position; https://ci.kitebarn.example/tests/resync-twice',
        },
      ],
    },
    {
      key: 'rate-limit',
      severity: 'S3',
      told: [
        ['HubSpot answers 429 during the hourly sync', 'We and the customer’s own tool share the quota.'],
        ['Contacts sync fails with too many requests', 'Only around full hours.'],
        ['429 from HubSpot, sync skipped', 'Catches up an hour later.'],
      ],
      machine: {
        name: 'Fivetran webhooks',
        told: ['Sync failed: 429 Too Many Requests', 'Connector hubspot, retry in 60 min.'],
      },
      seen: [{ from: 44, to: 2, count: 10 }],
      affected: [1, 4],
      steps: [{ ago: 37, do: 'accept', owner: 0, dueIn: 13, escape: 'no_monitor' }],
    },
    {
      key: 'ssh-tunnel',
      severity: 'S2',
      told: [
        [
          'SSH tunnel to the customer database drops every night',
          'Their firewall closes idle connections at 02:00. We do not reconnect.',
        ],
        ['Nightly Postgres sync fails: connection reset', 'Works when started by hand in the morning.'],
      ],
      seen: [{ from: 42, to: 22, count: 9 }],
      affected: [1, 3],
      tickets: 1,
      steps: [
        { ago: 38, do: 'accept', owner: 3, dueIn: -18, escape: 'configuration' },
        {
          ago: 20,
          do: 'claim',
          fixKind: 'configuration',
          keepingNote: 'Keep-alive of 60 s on our side, watched by https://alerts.kitebarn.example/policies/tunnel',
        },
      ],
    },
    {
      key: 'timezone-cut',
      severity: 'S3',
      told: [
        [
          'Daily totals cut at midnight UTC, not at the customer’s midnight',
          'West coast customers see seven hours of today in yesterday.',
        ],
        ['Yesterday’s numbers change during the day', 'Because yesterday is not over for them.'],
      ],
      seen: [{ from: 36, to: 4, count: 6 }],
      affected: [2, 16],
      tickets: 1,
      steps: [{ ago: 29, do: 'accept', owner: 2, dueIn: 18, escape: 'test_gap' }],
    },
    {
      key: 'ip-allowlist',
      severity: 'S3',
      told: [
        [
          'Customer firewall blocks the new Fivetran addresses',
          'Two addresses were added in the region. Mail about it went to a person on leave.',
        ],
      ],
      seen: [{ from: 32, to: 28, count: 5 }],
      affected: [2, 6],
      tickets: 2,
      vendor: { name: 'Fivetran', every: 2 },
      steps: [
        { ago: 24, do: 'accept_risk', words: 'Changes once a year at most, and customers are now told by us as well.' },
      ],
    },
    {
      key: 'currency-table',
      severity: 'S3',
      told: [
        [
          'Exchange rates missing for weekends',
          'The rate table has no rows for Saturday and Sunday, so the join drops the orders.',
        ],
        ['Weekend revenue is zero in euros', 'In dollars it is fine.'],
      ],
      seen: [{ from: 15, to: 1, count: 6 }],
      affected: [1, 12],
    },
    {
      key: 'stale-badge',
      severity: 'S4',
      told: [
        [
          'Freshness badge is green although the last sync failed',
          'It looks at the start of the sync, not at its end.',
        ],
      ],
      seen: [{ from: 11, to: 3, count: 3 }],
      affected: [0, 2],
    },
    {
      key: 'old-numbers',
      severity: 'S3',
      told: [['Numbers are from yesterday for one Salesforce account', 'Sync says in progress since last night.']],
      seen: [{ from: 9, to: 6, count: 2 }],
      affected: [1, 1],
      tickets: 1,
    },
    {
      key: 'deleted-rows',
      severity: 'S2',
      told: [
        [
          'Deleted contacts come back in reports',
          'Soft deletes are not filtered in the new mart. A customer calls it a privacy matter, and is right.',
        ],
      ],
      seen: [{ from: 3, to: 0.5, count: 3 }],
      affected: [2, 8],
      tickets: 3,
    },
  ],
} as const;
