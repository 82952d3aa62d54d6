export const ALERT = {
  status: 'firing',
  labels: {
    alertname: 'HighErrorRate',
    job: 'checkout',
    instance: '10.0.0.7:9090',
    severity: 'critical',
    area: 'billing',
  },
  annotations: { summary: '7 % of payments fail', description: 'More than 5 % for 10 minutes.' },
  startsAt: '2026-11-23T08:40:00.000Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up',
  fingerprint: 'b1f0a3c2d4e5f607',
};

export function alertGroup(alerts: unknown[], over: object = {}) {
  return {
    receiver: 'burndown',
    status: 'firing',
    alerts,
    groupLabels: { alertname: 'HighErrorRate' },
    commonLabels: { env: 'production' },
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example:9093',
    version: '4',
    groupKey: '{}:{alertname="HighErrorRate"}',
    truncatedAlerts: 0,
    notification_reason: 'a field nobody reads yet',
    ...over,
  };
}

export const CLOUD_INCIDENT = {
  version: '1.2',
  incident: {
    incident_id: '0.n4zkqr5f2wq1',
    scoping_project_id: 'acme-prod',
    scoping_project_number: 123456789012,
    url: 'https://console.cloud.google.com/monitoring/alerting/incidents/0.n4zkqr5f2wq1',
    started_at: 1795422000,
    ended_at: null,
    state: 'open',
    severity: 'Error',
    summary: 'Uptime check of checkout fails in three regions.',
    observed_value: '1.000',
    threshold_value: '0',
    policy_name: 'Checkout uptime',
    policy_user_labels: { env: 'production' },
    condition_name: 'Uptime check failing',
    condition: { name: 'projects/acme-prod/alertPolicies/1/conditions/2', displayName: 'Uptime check failing' },
    resource: { type: 'uptime_url', labels: { host: 'checkout.example' } },
    resource_id: '',
  },
};

/** Of Google's Error Reporting, which shares the notification channels of Cloud Monitoring. */
export const ERROR_GROUP = {
  version: '1.0',
  subject: '[Acme prod] TypeError: amount is undefined',
  group_info: {
    project_id: 'acme-prod',
    detail_link: 'https://console.cloud.google.com/errors/CMW4zvSC_example?project=acme-prod&time=P30D',
  },
  exception_info: { type: 'TypeError', message: 'amount is undefined' },
  event_info: {
    log_message: 'TypeError: amount is undefined\n  at pay (checkout.js:7)',
    request_method: 'POST',
    request_url: 'https://checkout.example/pay',
    referrer: '',
    user_agent: 'curl/8.5.0',
    service: 'billing',
    version: '20261123t080000',
    response_status: '500',
  },
};

export const STRIPE_EVENT = {
  id: 'evt_1QtestPaymentFailed',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: 1795422500,
  livemode: true,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type: 'invoice.payment_failed',
  data: {
    object: {
      id: 'in_1Qtest',
      object: 'invoice',
      attempt_count: 1,
      customer: 'cus_9acme',
      billing_reason: 'subscription_cycle',
      hosted_invoice_url: 'https://invoice.stripe.com/i/acct_1/test',
      parent: { subscription_details: { subscription: 'sub_1Qtest' } },
    },
  },
};

export const FIVETRAN_FAILURE = {
  event: 'sync_end',
  created: '2026-11-23T08:50:08.638Z',
  connector_type: 'google_cloud_postgresql',
  connector_id: 'assimilate_seem',
  connector_name: 'orders_pg',
  sync_id: 'b4703f73-5c2e-4a4e-9ad5-0f1c2d3e4f50',
  destination_group_id: 'inappropriate_implode',
  data: {
    status: 'FAILURE_WITH_TASK',
    reason: 'FATAL: too many connections for role "fivetran"',
    taskType: 'reconnect',
  },
};

export const SENTRY_ISSUE = {
  action: 'created',
  installation: { uuid: '7a485448-a9e2-4c85-8a3c-4f44175783c9' },
  data: {
    issue: {
      id: '1170820242',
      shortId: 'CHECKOUT-7',
      title: 'TypeError: amount is undefined',
      culprit: 'charge(invoice.ts)',
      level: 'error',
      status: 'unresolved',
      substatus: 'new',
      count: '41',
      userCount: 12,
      firstSeen: '2026-11-23T08:30:00.000Z',
      lastSeen: '2026-11-23T08:55:00.000Z',
      project: { id: '1', slug: 'checkout', name: 'checkout' },
      web_url: 'https://acme.sentry.io/issues/1170820242/',
    },
  },
  actor: { type: 'application', id: 'sentry', name: 'Sentry' },
};

export const GITHUB_ISSUE = {
  action: 'opened',
  issue: {
    number: 71,
    node_id: 'I_kwDOABCD71',
    title: 'Deploy hangs on a migration',
    body: 'Seen twice today.',
    state: 'open',
    labels: [{ name: 'bug' }, { name: 'severity: S2' }, { name: 'area: deployment' }],
    assignees: [],
    html_url: 'https://github.com/acme/checkout/issues/71',
    created_at: '2026-11-23T08:45:00Z',
    updated_at: '2026-11-23T08:45:00Z',
    closed_at: null,
  },
  repository: { full_name: 'acme/checkout' },
};

export const GITHUB_RELEASE = {
  action: 'published',
  release: {
    tag_name: 'v1.4.2',
    html_url: 'https://github.com/acme/checkout/releases/tag/v1.4.2',
    published_at: '2026-11-22T12:00:00Z',
  },
  repository: { full_name: 'acme/checkout' },
};

export const PAGERDUTY_INCIDENT = {
  event: {
    id: '01DEN1HNLBC1VITK1IVZ4RGGR5',
    event_type: 'incident.triggered',
    resource_type: 'incident',
    occurred_at: '2026-11-23T08:52:11.000Z',
    agent: null,
    client: null,
    data: {
      id: 'PGR0VU2',
      type: 'incident',
      number: 2,
      status: 'triggered',
      incident_key: 'd3640fbd41094207a1c11e58e46b1662',
      created_at: '2026-11-23T08:52:11Z',
      title: 'Checkout is down in eu-west-3',
      service: { id: 'PF9KMXH', summary: 'Checkout' },
      priority: { summary: 'P1' },
      urgency: 'high',
      html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
    },
  },
};

export const OWN_JSON = {
  title: 'Nightly export is empty',
  severity: 'high',
  area: 'connectivity',
  account: 'acme',
  environment: 'production',
  key: 'export-2026-11-23',
  link: 'https://jobs.example/export/2026-11-23',
  anything: { else: ['is', 'kept'] },
};
