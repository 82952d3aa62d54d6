import { factsOf } from '../../reports/facts.ts';
import { subjectOf, withoutGenerated } from '../alert-subject.ts';
import { instantAt, linesAt, linkAt, membersAt, textAt } from '../json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { ACCOUNT_LABELS, descriptionOf, fingerprintIn, keyOf, seenAtOf, severityOf } from '../signal-words.ts';
import { isOfErrorReporting, readErrorReporting } from './error-reporting.ts';

/** Labels of monitored resources that name what failed, the narrowest first; ids of instances and revisions come and go. */
const RESOURCES = [
  'service_name',
  'function_name',
  'job_name',
  'table_id',
  'dataset_id',
  'instance_name',
  'api',
  'container_name',
  'host',
  'database_id',
  'subscription_id',
  'topic_id',
  'queue_id',
  'backend_target_name',
  'url_map_name',
  'bucket_name',
  'cluster_name',
] as const;

/** A Google Cloud Monitoring notification, version 1.2: an incident opens, and later it closes. Error Reporting shares the channel. */
export function readCloudMonitoring(delivery: SignalDelivery): Signal[] {
  const { body, receivedAt } = delivery;
  if (isOfErrorReporting(body)) return readErrorReporting(delivery);
  const text = (name: string) => textAt(body, `/incident/${name}`);
  // The console's "send test notification": proves the address and the password, and is no failure.
  if (textAt(body, '/version') === 'test') return ignored('test notification');
  const incidentId = text('incident_id');
  const state = text('state')?.toLowerCase();
  if (!incidentId || (state !== 'open' && state !== 'closed')) return ignored(`incident ${state ?? 'without a state'}`);
  const key = keyOf(incidentId);
  if (state === 'closed') {
    return [{ kind: 'resolution', key, at: seenAtOf(instantAt(body, '/incident/ended_at'), receivedAt) }];
  }
  const label = (name: string) =>
    text(`policy_user_labels/${name}`) ?? text(`metadata/user_labels/${name}`) ?? text(`resource/labels/${name}`);
  const what = [text('policy_name'), text('condition_name')].filter(Boolean);
  const resource =
    resourceOf((name) => text(`resource/labels/${name}`)) ??
    instanceOf(text) ??
    subjectOf(
      (name) => text(`metric/labels/${name}`) ?? text(`resource/labels/${name}`),
      membersAt(body, '/incident/metric/labels').map(([name]) => name),
    ).what;
  const resourceName = text('resource_display_name') ?? text('resource_name');
  const account = ACCOUNT_LABELS.map(label).find((one) => one !== null) ?? null;
  const environment = label('environment') ?? label('env');
  return [
    {
      kind: 'report',
      key,
      event: 'incident',
      fingerprint: fingerprintIn(
        environment,
        `cloud_monitoring:${[...what, text('resource/type'), resource].join('|')}`,
      ),
      title: titleFor(
        titleOf(...what) || titleOf(text('summary')) || 'Incident in Cloud Monitoring',
        resourceName ?? resource,
      ),
      description: descriptionOf([
        text('summary'),
        text('documentation/subject'),
        linesAt(body, '/incident/documentation/content'),
      ]),
      facts: factsOf([
        ['Observed', text('observed_value')],
        ['Threshold', text('threshold_value')],
        ['Resource', resourceName],
        ['Metric', text('metric/displayName') ?? text('metric/type')],
        ['Project', text('scoping_project_id')],
        ...['resource/labels', 'metric/labels', 'policy_user_labels', 'metadata/user_labels'].flatMap((under) =>
          membersAt(body, `/incident/${under}`),
        ),
      ]),
      labels: membersAt(body, '/incident/policy_user_labels').map(([name, value]) => `${name}=${value}`),
      severity: severityOf(text('severity')),
      areaNamed: label('area'),
      account,
      affected: account ? 1 : 0,
      environment,
      vendor: label('vendor'),
      link: linkAt(body, '/incident/url'),
      seenAt: seenAtOf(instantAt(body, '/incident/started_at'), receivedAt),
    },
  ];
}

function resourceOf(label: (name: string) => string | null): string | null {
  const pod = label('pod_name');
  const named = (pod && withoutGenerated(pod)) ?? RESOURCES.map(label).find((one) => one !== null) ?? null;
  const namespace = label('namespace_name');
  return named && namespace ? `${named} in ${namespace}` : named;
}

/** One of many instances that has a name of its own, or the group that it is of. */
function instanceOf(text: (name: string) => string | null): string | null {
  if (!text('resource/type')?.includes('instance')) return null;
  const path = text('resource/labels/instance_id');
  const named =
    text('metadata/system_labels/instance_group') ??
    text('metadata/system_labels/name') ??
    text('resource_display_name') ??
    text('resource_name') ??
    (path?.includes('/') ? path.slice(path.lastIndexOf('/') + 1) : null);
  return named && withoutGenerated(named);
}

function titleFor(title: string, resource: string | null): string {
  return !resource || title.toLowerCase().includes(resource.toLowerCase()) ? title : titleOf(`${title} (${resource})`);
}
