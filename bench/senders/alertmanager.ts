import { aDefect, type Golden } from './golden.ts';

type Labels = Record<string, string>;

/** An alert as Alertmanager 0.25 sends it; one that is over carries its end. */
function alert(
  labels: Labels,
  over: { annotations?: Labels; startsAt?: string; endsAt?: string; fingerprint?: string },
) {
  return {
    status: over.endsAt ? 'resolved' : 'firing',
    labels,
    annotations: over.annotations ?? {},
    startsAt: over.startsAt ?? '2026-11-24T09:10:00.000Z',
    endsAt: over.endsAt ?? '0001-01-01T00:00:00Z',
    generatorURL: over.endsAt ? '' : 'http://prometheus.monitoring.svc:9090/graph?g0.expr=up&g0.tab=1',
    fingerprint: over.fingerprint ?? '8f0c4a5be1d27396',
  };
}

function group(alerts: readonly ReturnType<typeof alert>[], truncatedAlerts = 0) {
  const alertname = alerts[0]?.labels.alertname ?? '';
  return {
    receiver: 'burndown',
    status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    alerts,
    groupLabels: { alertname },
    commonLabels: { alertname },
    commonAnnotations: {},
    externalURL: 'http://alertmanager.monitoring.svc:9093',
    version: '4',
    groupKey: `{}:{alertname="${alertname}"}`,
    truncatedAlerts,
  };
}

/** As kube-state-metrics tells of a container: its own labels stand beside those of the pod. */
function notReady(pod: string, container: string): Labels {
  return {
    alertname: 'KubeContainerWaiting',
    container,
    endpoint: 'http',
    instance: '10.42.7.21:8080',
    job: 'kube-state-metrics',
    namespace: 'payments',
    pod,
    service: 'kube-state-metrics',
    severity: 'warning',
  };
}

const waiting = (pod: string) => ({
  summary: 'Container has been waiting for an hour.',
  description: `Container of pod payments/${pod} waits: ImagePullBackOff.`,
  runbook_url: 'https://runbooks.harbour.example/waiting',
});

const SLOW: Labels = { alertname: 'SlowCheckout', service: 'checkout', namespace: 'shop', severity: 'critical' };
const slow = { annotations: { summary: 'Checkout takes over 2 s' } };
const SLOW_TITLE = 'SlowCheckout: Checkout takes over 2 s (checkout in shop)';

export const ALERTMANAGER: readonly Golden[] = [
  {
    kind: 'alertmanager',
    situation: 'pods of two workloads behind one exporter',
    sends: [
      {
        body: group([
          alert(notReady('card-vault-6c9d5f7b8-k4x2v', 'vault'), {
            annotations: waiting('card-vault-6c9d5f7b8-k4x2v'),
            fingerprint: 'a1',
          }),
          alert(notReady('card-vault-6c9d5f7b8-q7zp9', 'vault'), {
            annotations: waiting('card-vault-6c9d5f7b8-q7zp9'),
            fingerprint: 'a2',
          }),
          alert(notReady('ledger-db-0', 'postgres'), { annotations: waiting('ledger-db-0'), fingerprint: 'a3' }),
        ]),
      },
    ],
    becomes: [
      aDefect('KubeContainerWaiting: Container has been waiting for an hour (card-vault in payments)', {
        occurrences: 2,
        card: [
          'runbook_url: https://runbooks.harbour.example/waiting',
          'Container of pod payments/card-vault-6c9d5f7b8-k4x2v waits: ImagePullBackOff.',
        ],
      }),
      aDefect('KubeContainerWaiting: Container has been waiting for an hour (ledger-db in payments)', {
        card: ['Container of pod payments/ledger-db-0 waits: ImagePullBackOff.'],
      }),
    ],
  },
  {
    kind: 'alertmanager',
    situation: 'an alert repeated while it fires, in a group that has grown',
    sends: [
      { body: group([alert(SLOW, slow)]) },
      { body: group([alert(SLOW, slow), alert({ ...SLOW, service: 'basket' }, { ...slow, fingerprint: 'b2' })]) },
    ],
    becomes: [
      aDefect(SLOW_TITLE, { severity: 'S1' }),
      aDefect('SlowCheckout: Checkout takes over 2 s (basket in shop)', { severity: 'S1' }),
    ],
  },
  {
    kind: 'alertmanager',
    situation: 'an alert that ends and fires again',
    sends: [
      { body: group([alert(SLOW, { ...slow, startsAt: '2026-11-24T08:00:00.000Z' })]) },
      {
        body: group([
          alert(SLOW, { ...slow, startsAt: '2026-11-24T08:00:00.000Z', endsAt: '2026-11-24T08:20:00.000Z' }),
        ]),
      },
      { body: group([alert(SLOW, { ...slow, startsAt: '2026-11-24T09:30:00.000Z' })]) },
    ],
    becomes: [aDefect(SLOW_TITLE, { severity: 'S1', occurrences: 2, over: 1 })],
  },
  {
    kind: 'alertmanager',
    situation: 'an end that comes before its beginning',
    sends: [
      { body: group([alert(SLOW, { ...slow, endsAt: '2026-11-24T09:20:00.000Z' })]) },
      { body: group([alert(SLOW, slow)]) },
    ],
    becomes: [aDefect(SLOW_TITLE, { severity: 'S1', over: 1 })],
  },
  {
    kind: 'alertmanager',
    situation: 'alerts that exist to fire always',
    sends: [
      { body: group([alert({ alertname: 'Watchdog', severity: 'none' }, {})]) },
      { body: group([alert({ alertname: 'InfoInhibitor', severity: 'none', namespace: 'shop' }, {})]) },
      { body: group([alert({ alertname: 'DeadMansSwitch', severity: 'critical' }, {})]) },
    ],
    becomes: [],
    leftOut: ['Watchdog', 'InfoInhibitor', 'DeadMansSwitch'].map((event) => ({
      event,
      why: 'It exists to fire always, and says that alerting works.',
      count: 1,
    })),
  },
  {
    kind: 'alertmanager',
    situation: 'a group of which the sender cut off 37 alerts',
    sends: [{ body: group([alert(SLOW, slow)], 37) }],
    becomes: [aDefect(SLOW_TITLE, { severity: 'S1', card: ['Cut off by the sender: 37 more alerts'] })],
    leftOut: [{ event: 'alerts that were cut off', why: 'The sender cut 37 more alerts off the group.', count: 37 }],
  },
  {
    kind: 'alertmanager',
    situation: 'two rules of Grafana without data, under its one name for that',
    sends: [
      {
        body: group([
          alert(
            { alertname: 'DatasourceNoData', rulename: 'Orders per minute', grafana_folder: 'Shop' },
            { fingerprint: 'c1' },
          ),
          alert(
            { alertname: 'DatasourceNoData', rulename: 'Refund queue', grafana_folder: 'Shop' },
            { fingerprint: 'c2' },
          ),
        ]),
      },
    ],
    becomes: [aDefect('Orders per minute: no data'), aDefect('Refund queue: no data')],
  },
  {
    kind: 'alertmanager',
    situation: 'the same alert from staging and from production',
    sends: [
      { body: group([alert({ ...SLOW, env: 'production' }, { ...slow, fingerprint: 'd1' })]) },
      { body: group([alert({ ...SLOW, env: 'staging' }, { ...slow, fingerprint: 'd2' })]) },
    ],
    becomes: [
      aDefect(SLOW_TITLE, { severity: 'S1', environment: 'production' }),
      aDefect(SLOW_TITLE, { severity: 'S1', environment: 'staging' }),
    ],
  },
  {
    kind: 'alertmanager',
    situation: 'staging, at a source that counts only what users meet',
    rules: { environments: 'users' },
    sends: [{ body: group([alert({ ...SLOW, env: 'staging' }, slow)]) }],
    becomes: [],
    leftOut: [
      {
        event: `SlowCheckout: ${SLOW_TITLE}`,
        why: 'It is from staging, and the source counts only what users meet.',
        count: 1,
      },
    ],
  },
  {
    kind: 'alertmanager',
    situation: 'an area by its own name, by a word of the sender, and by one that nobody knows',
    sends: [
      { body: group([alert({ alertname: 'RolloutStuck', area: 'deployment' }, { fingerprint: 'e1' })]) },
      { body: group([alert({ alertname: 'PipelineRed', area: 'ci' }, { fingerprint: 'e2' })]) },
      { body: group([alert({ alertname: 'QueueFull', area: 'fulfilment' }, { fingerprint: 'e3' })]) },
    ],
    becomes: [
      aDefect('RolloutStuck', { area: 'deployment' }),
      aDefect('PipelineRed', { area: 'deployment' }),
      aDefect('QueueFull', { card: ['Area, as sent: fulfilment'] }),
    ],
    leftOut: [
      {
        event: 'area “fulfilment”',
        why: 'No area is called so, and it went to billing. Add the word to the labels of an area.',
        count: 1,
      },
    ],
  },
  {
    kind: 'alertmanager',
    situation: 'what a blackbox exporter was pointed at, and a disk of a node',
    sends: [
      {
        body: group([
          alert(
            { alertname: 'ProbeFailed', job: 'blackbox-exporter', instance: 'https://status.harbour.example/health' },
            { fingerprint: 'f1' },
          ),
          alert(
            {
              alertname: 'DiskFillsUp',
              job: 'node-exporter',
              instance: 'db-7.harbour.example:9100',
              mountpoint: '/var/lib/postgresql',
              customer: 'cus_west',
            },
            { fingerprint: 'f2' },
          ),
        ]),
      },
    ],
    becomes: [
      aDefect('ProbeFailed (https://status.harbour.example/health)'),
      aDefect('DiskFillsUp (db-7.harbour.example /var/lib/postgresql)', { accounts: ['cus_west'] }),
    ],
  },
  {
    kind: 'alertmanager',
    situation: 'two of a kind that only a label of their own tells apart, behind one exporter',
    sends: [
      {
        body: group([
          alert(
            { alertname: 'DatabaseBusy', job: 'cloudwatch-exporter', dbinstance_identifier: 'orders' },
            { fingerprint: 'a1' },
          ),
          alert(
            { alertname: 'DatabaseBusy', job: 'cloudwatch-exporter', dbinstance_identifier: 'stock' },
            { fingerprint: 'a2' },
          ),
          alert(
            {
              alertname: 'PodRestarts',
              job: 'otel-collector',
              k8s_deployment_name: 'ledger',
              k8s_namespace_name: 'live',
            },
            { fingerprint: 'a3' },
          ),
          alert(
            {
              alertname: 'PodRestarts',
              job: 'otel-collector',
              k8s_deployment_name: 'mailer',
              k8s_namespace_name: 'live',
            },
            { fingerprint: 'a4' },
          ),
          alert(
            {
              alertname: 'UnitFailed',
              job: 'node-exporter',
              instance: 'db-7.harbour.example:9100',
              name: 'backup.service',
            },
            { fingerprint: 'a5' },
          ),
          alert(
            {
              alertname: 'UnitFailed',
              job: 'node-exporter',
              instance: 'db-7.harbour.example:9100',
              name: 'cron.service',
            },
            { fingerprint: 'a6' },
          ),
          alert(
            { alertname: 'BalancerErrors', job: 'yace', load_balancer: 'app/shop', region: 'eu' },
            { fingerprint: 'a7' },
          ),
          alert(
            { alertname: 'BalancerErrors', job: 'yace', load_balancer: 'app/admin', region: 'eu' },
            { fingerprint: 'a8' },
          ),
        ]),
      },
    ],
    becomes: [
      'DatabaseBusy (orders)',
      'DatabaseBusy (stock)',
      'PodRestarts (ledger in live)',
      'PodRestarts (mailer in live)',
      'UnitFailed (db-7.harbour.example backup.service)',
      'UnitFailed (db-7.harbour.example cron.service)',
      'BalancerErrors (app/shop)',
      'BalancerErrors (app/admin)',
    ].map((title) => aDefect(title)),
  },
  {
    kind: 'alertmanager',
    situation:
      'alerts that exist to fire always, by other names and by what they say, beside one that misses a heartbeat',
    sends: [
      {
        body: group([
          alert({ alertname: 'PrometheusAlertmanagerE2eDeadManSwitch', severity: 'critical' }, {}),
          alert({ alertname: 'vmalert-watchdog', severity: 'warning' }, { fingerprint: 'b2' }),
          alert(
            { alertname: 'PipelineCheck' },
            { fingerprint: 'b3', annotations: { description: 'This alert is always firing.' } },
          ),
          alert({ alertname: 'HeartbeatMissing', service: 'importer' }, { fingerprint: 'b4' }),
        ]),
      },
    ],
    becomes: [aDefect('HeartbeatMissing (importer)')],
    leftOut: ['PipelineCheck', 'PrometheusAlertmanagerE2eDeadManSwitch', 'vmalert-watchdog'].map((event) => ({
      event,
      why: 'It exists to fire always, and says that alerting works.',
      count: 1,
    })),
  },
];
