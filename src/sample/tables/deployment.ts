/** What breaks while Kitebarn, an invented company, rolls out on GCP. */
export const deployment = {
  area: 'deployment',
  defects: [
    {
      key: 'gke-drain',
      severity: 'S1',
      told: [
        [
          '502s for about a minute on every api rollout',
          'Old pods get SIGTERM while the load balancer still sends to them. Every deploy, same dip in the graph.',
        ],
        [
          'API returns 502 while a deploy is running',
          'Customer saw a burst of 502 at the moment we shipped. Gone after 60 to 90 seconds.',
        ],
        [
          'Bad gateway during rollout of api',
          'Rolled out the api at lunch, status page bot complained. Connections were not drained.',
        ],
        [
          'Deploy drops requests in flight',
          'Two exports died half way when the pod was replaced. Looks like no preStop wait.',
        ],
        [
          'Short outage each time we deploy the api',
          'Third customer asking whether we restart servers at noon. In a way we do.',
        ],
      ],
      machine: {
        name: 'Uptime check',
        told: ['api: 5xx over 2 % for 60 s', 'Backend service kitebarn-api, europe-west3. Response code class 502.'],
      },
      seen: [{ from: 55, to: 1, count: 18 }],
      affected: [4, 70],
      tickets: 4,
      steps: [
        { ago: 50, do: 'accept', owner: 0, dueIn: -9, escape: 'no_test' },
        { ago: 20, do: 'defer', words: 'Waits for the load balancer change that is planned this sprint.' },
      ],
    },
    {
      key: 'cloudrun-cold',
      severity: 'S2',
      told: [
        [
          'First request after idle takes 20 seconds on the import worker',
          'Cloud Run scales to zero at night; the first upload in the morning times out in the browser.',
        ],
        ['Import page hangs in the morning', 'Always the first person of the day. Second try works.'],
        ['Cold start of import-worker over 15 s', 'Image is 1.9 GB and the JVM warms up on top.'],
      ],
      seen: [{ from: 49, to: 27, count: 10 }],
      affected: [1, 6],
      tickets: 1,
      steps: [
        { ago: 43, do: 'accept', owner: 1, dueIn: -20, escape: 'no_monitor' },
        {
          ago: 26,
          do: 'claim',
          fixKind: 'configuration',
          keepingNote:
            'Minimum of one instance is set in Terraform, and https://alerts.kitebarn.example/policies/cold-start pages above 5 s.',
        },
      ],
    },
    {
      key: 'migration-lock',
      severity: 'S1',
      told: [
        [
          'Migration locks the accounts table and the api stops answering',
          'ALTER TABLE waited behind a long report query, everything queued behind it. Eleven minutes until we killed it.',
        ],
        [
          'Everything slow while migrations run',
          'Release 214. Login, billing page, all of it. Recovered by itself when the job finished.',
        ],
        ['Schema change blocked writes in production', 'lock_timeout is not set for the migration job.'],
      ],
      seen: [
        { from: 52, to: 33, count: 8 },
        { from: 24, to: 20, count: 3 },
      ],
      affected: [40, 260],
      tickets: 12,
      steps: [
        { ago: 51, do: 'accept', owner: 2, dueIn: -30, escape: 'operator_step' },
        {
          ago: 31,
          do: 'claim',
          fixKind: 'runbook',
          keepingNote: 'Runbook says to set lock_timeout by hand: https://wiki.kitebarn.example/runbooks/migrations',
        },
        {
          ago: 17,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'The job refuses to start without lock_timeout; covered by https://ci.kitebarn.example/tests/migration-lock-timeout',
        },
      ],
    },
    {
      key: 'terraform-drift',
      severity: 'S3',
      told: [
        [
          'Terraform plan wants to recreate the NAT gateway',
          'Somebody changed it in the console in spring. Nobody dares to apply since.',
        ],
        ['Infra pipeline red because of drift', 'Plan shows 3 to destroy. Stopped there.'],
      ],
      seen: [{ from: 41, to: 6, count: 5 }],
      affected: [0, 1],
      environments: ['staging', 'production'],
      steps: [{ ago: 34, do: 'accept', owner: 3, dueIn: 2, escape: 'operator_step' }],
    },
    {
      key: 'secret-rotation',
      severity: 'S2',
      told: [
        [
          'Pods keep the old database password after rotation',
          'Secret Manager has version 7, the pods still mount 6 and fail to connect until somebody restarts them.',
        ],
        ['password authentication failed after secret rotation', 'api and scheduler both. Restart fixed it.'],
        ['Rotating secrets takes the scheduler down', 'It reads the secret once at start.'],
      ],
      seen: [{ from: 46, to: 19, count: 9 }],
      affected: [2, 30],
      tickets: 2,
      steps: [
        { ago: 40, do: 'accept', owner: 1, dueIn: -12, escape: 'test_gap', confirmer: 4 },
        {
          ago: 18,
          do: 'claim',
          fixKind: 'code',
          keepingNote:
            'Secrets are read at use and cached for five minutes; https://ci.kitebarn.example/tests/secret-rotation rotates one under load.',
        },
        { ago: 9, do: 'confirm' },
      ],
    },
    {
      key: 'image-pull',
      severity: 'S3',
      told: [
        [
          'ImagePullBackOff on new nodes for ten minutes',
          'Artifact Registry answers 429 when the pool scales by more than six nodes at once.',
        ],
        ['New nodes cannot pull images', 'Quota of requests a minute in europe-west3, I think.'],
        ['Scale-up stuck in ImagePullBackOff', 'Black Friday rehearsal. Half of the new pods came up late.'],
      ],
      machine: {
        name: 'GKE events',
        told: ['Failed to pull image: 429 Too Many Requests', 'Pool spot-16, reason ImagePullBackOff.'],
      },
      seen: [{ from: 30, to: 1, count: 8 }],
      affected: [0, 4],
      vendor: { name: 'Google Cloud', every: 3 },
      steps: [{ ago: 22, do: 'accept', owner: 3, dueIn: 9, escape: 'vendor' }],
    },
    {
      key: 'canary-ignored',
      severity: 'S2',
      told: [
        [
          'Canary goes to 100 % although its error rate is up',
          'Analysis looks at the old revision. 1.8 % errors and it promoted all the same.',
        ],
        ['Bad build promoted to everybody', 'We had to roll back by hand. The canary step was green.'],
      ],
      seen: [{ from: 13, to: 2, count: 5 }],
      affected: [10, 120],
      tickets: 5,
      steps: [{ ago: 8, do: 'accept', owner: 2, dueIn: 4, escape: 'test_gap' }],
    },
    {
      key: 'rollback-assets',
      severity: 'S3',
      told: [
        [
          'White page after a rollback until people reload',
          'index.html points to chunks that the older build never had. CDN keeps it for an hour.',
        ],
        ['ChunkLoadError after we rolled back', 'Sentry is full of it for an hour, then silence.'],
      ],
      seen: [{ from: 37, to: 12, count: 6 }],
      affected: [3, 40],
      tickets: 3,
      steps: [
        { ago: 33, do: 'accept', owner: 4, dueIn: -2, escape: 'no_test' },
        {
          ago: 5,
          do: 'relabel',
          severity: 'S4',
          words: 'Only seen for an hour after a rollback, and a reload helps. We rolled back twice in eight weeks.',
        },
      ],
    },
    {
      key: 'staging-quota',
      severity: 'S4',
      told: [
        ['Staging out of CPU quota on Thursdays', 'Load tests and nightly builds share a project. Mostly annoying.'],
      ],
      seen: [{ from: 35, to: 8, count: 3 }],
      affected: [0, 0],
      environments: ['staging'],
      steps: [{ ago: 27, do: 'accept_risk', words: 'Staging only. A second project costs more than the wait.' }],
    },
    {
      key: 'clock-skew',
      severity: 'S3',
      told: [
        [
          'Token used before issued on one node',
          'JWT rejected, node clock 4 s ahead. Seen on a preemptible node that is gone.',
        ],
      ],
      seen: [{ from: 29, to: 26, count: 2 }],
      steps: [
        {
          ago: 23,
          do: 'dismiss',
          words: 'The node was a lab machine with NTP off. Production nodes were never off by more than 20 ms.',
        },
      ],
    },
    {
      key: 'log-flood',
      severity: 'S4',
      told: [['Debug logging left on after rollout of 221', 'Ingest bill doubled for two days.']],
      seen: [{ from: 6, to: 2, count: 2 }],
      affected: [0, 0],
    },
    {
      key: 'bad-gateway-noon',
      severity: 'S2',
      told: [
        [
          'Bad gateway for a minute around noon',
          'Three customers at 12:05. Nothing in the application log, so something before it?',
        ],
      ],
      seen: [{ from: 16, to: 12, count: 3 }],
      affected: [3, 12],
      tickets: 2,
      steps: [{ ago: 10, do: 'merge', into: 'gke-drain' }],
    },
  ],
} as const;
