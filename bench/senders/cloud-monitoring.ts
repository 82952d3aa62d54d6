import { aDefect, type Golden, type GoldenDelivery } from './golden.ts';

const OPENED = Date.UTC(2026, 10, 24, 9, 0) / 1000;

/** A notification of Cloud Monitoring, version 1.2. */
function incident(over: object, version = '1.2'): GoldenDelivery {
  return {
    body: {
      version,
      incident: {
        incident_id: '0.golden1',
        scoping_project_id: 'harbour-live',
        scoping_project_number: 4_711,
        url: 'https://console.cloud.google.example/monitoring/alerting/incidents/0.golden1',
        started_at: OPENED,
        ended_at: null,
        state: 'open',
        severity: 'Critical',
        summary: 'Request latency for orders is above the threshold of 2000 ms.',
        observed_value: '2730.1',
        threshold_value: '2000',
        policy_name: 'Orders are slow',
        policy_user_labels: {},
        condition_name: 'p99 over 2 s',
        condition: { name: 'projects/harbour-live/alertPolicies/1/conditions/2', displayName: 'p99 over 2 s' },
        documentation: { content: 'Look at the queue first.', mime_type: 'text/markdown' },
        metric: { type: 'run.googleapis.com/request_latencies', displayName: 'Request latency', labels: {} },
        resource: { type: 'cloud_run_revision', labels: { service_name: 'orders', revision_name: 'orders-00017-wex' } },
        resource_id: '',
        resource_name: 'harbour-live orders',
        metadata: { system_labels: {}, user_labels: {} },
        ...over,
      },
    },
  };
}

const errorGroup = (message: string): GoldenDelivery => ({
  body: {
    version: '1.0',
    subject: `[Harbour live] ValueError: ${message}`,
    group_info: {
      project_id: 'harbour-live',
      detail_link: 'https://console.cloud.google.example/errors/CGolden?project=harbour-live',
    },
    exception_info: { type: 'ValueError', message },
    event_info: {
      log_message: `ValueError: ${message}\n  at total (cart.py:12)`,
      request_method: 'GET',
      request_url: 'https://shop.harbour.example/cart',
      service: 'cart',
      version: 'v31',
      response_status: '500',
    },
  },
});

const TITLE = 'Orders are slow: p99 over 2 s (harbour-live orders)';

export const CLOUD_MONITORING: readonly Golden[] = [
  {
    kind: 'cloud_monitoring',
    situation: 'an incident opens and closes',
    sends: [incident({}), incident({ state: 'closed', ended_at: OPENED + 900 })],
    becomes: [
      aDefect(TITLE, {
        severity: 'S1',
        over: 1,
        card: ['Observed: 2730.1', 'Metric: Request latency', 'Look at the queue first.'],
      }),
    ],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'the next revision of a service, in an incident of its own',
    sends: [
      incident({}),
      incident({
        incident_id: '0.golden2',
        resource: { type: 'cloud_run_revision', labels: { service_name: 'orders', revision_name: 'orders-00018-qib' } },
      }),
    ],
    becomes: [aDefect(TITLE, { severity: 'S1', occurrences: 2 })],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'two services under one policy',
    sends: [
      incident({}),
      incident({
        incident_id: '0.golden3',
        resource: { type: 'cloud_run_revision', labels: { service_name: 'mailer' } },
        resource_name: 'harbour-live mailer',
      }),
    ],
    becomes: [
      aDefect(TITLE, { severity: 'S1' }),
      aDefect('Orders are slow: p99 over 2 s (harbour-live mailer)', { severity: 'S1' }),
    ],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'a policy that is called like its condition, without a severity',
    sends: [
      incident({
        policy_name: 'Uptime of shop.harbour.example',
        condition_name: 'Uptime of shop.harbour.example',
        resource: { type: 'uptime_url', labels: { host: 'shop.harbour.example' } },
        resource_name: '',
        severity: 'No severity',
        policy_user_labels: { env: 'production', customer: 'cus_9' },
      }),
    ],
    becomes: [aDefect('Uptime of shop.harbour.example', { environment: 'production', accounts: ['cus_9'] })],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'an incident that closes since its policy was deleted',
    sends: [
      incident({ observed_value: null }),
      incident({
        state: 'closed',
        ended_at: OPENED + 60,
        observed_value: 'Incident cancelled because the alert policy condition was deleted or modified.',
      }),
    ],
    becomes: [aDefect(TITLE, { severity: 'S1', over: 1 })],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'two notifications of one group of Error Reporting',
    sends: [errorGroup('total of 0 items'), errorGroup('total of 41 items')],
    becomes: [
      aDefect('ValueError: total of 0 items', {
        occurrences: 2,
        card: ['Service: cart', 'Area, as sent: cart', '  at total (cart.py:12)'],
      }),
    ],
    leftOut: [
      {
        event: 'area “cart”',
        why: 'No area is called so, and it went to billing. Add the word to the labels of an area.',
        count: 1,
      },
    ],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'the test notification of the console',
    sends: [incident({ state: 'OPEN' }, 'test')],
    becomes: [],
    leftOut: [{ event: 'test notification', why: 'It tells of no failure.', count: 1 }],
  },
  {
    kind: 'cloud_monitoring',
    situation: 'two queues of a metric of our own, two jobs of Prometheus, two instances',
    sends: [
      ...['invoices', 'mails'].map((queue) =>
        incident({
          incident_id: `0.queue-${queue}`,
          resource: { type: 'global', labels: {} },
          resource_name: '',
          metric: { type: 'custom.example/age', labels: { queue } },
        }),
      ),
      ...['checkout', 'mailer'].map((job) =>
        incident({
          incident_id: `0.job-${job}`,
          resource: { type: 'prometheus_target', labels: { job, namespace: 'live', instance: '10.0.0.7:80' } },
          resource_name: '',
        }),
      ),
      ...['batch-1', 'web-1'].map((name, i) =>
        incident({
          incident_id: `0.instance-${name}`,
          resource: { type: 'gce_instance', labels: { instance_id: `88812${i}`, zone: 'a' } },
          resource_name: name,
        }),
      ),
    ],
    becomes: ['invoices', 'mails', 'checkout in live', 'mailer in live', 'batch-1', 'web-1'].map((what) =>
      aDefect(`Orders are slow: p99 over 2 s (${what})`, { severity: 'S1' }),
    ),
  },
];
