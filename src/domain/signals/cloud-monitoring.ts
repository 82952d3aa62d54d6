import { isOfErrorReporting, readErrorReporting } from './error-reporting.ts';
import { instantAt, linkAt, textAt } from './json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, fingerprintKey, keyOf, seenAtOf, severityOf, titleOf } from './signal-words.ts';

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
  const account = label('account') ?? label('customer') ?? label('tenant');
  return [
    {
      kind: 'report',
      key,
      fingerprint: fingerprintKey(`cloud_monitoring:${[...what, text('resource/type')].join('|')}`),
      title: titleOf(what.join(': ') || text('summary') || 'Incident in Cloud Monitoring'),
      description: descriptionOf([
        text('summary'),
        text('documentation/subject'),
        text('documentation/content'),
        text('observed_value') && `Observed: ${text('observed_value')}, threshold: ${text('threshold_value') ?? '?'}`,
        text('resource_display_name') ?? text('resource_name'),
      ]),
      severity: severityOf(text('severity')),
      areaNamed: label('area'),
      account,
      affected: account ? 1 : 0,
      environment: label('environment') ?? label('env'),
      vendor: label('vendor'),
      link: linkAt(body, '/incident/url'),
      seenAt: seenAtOf(instantAt(body, '/incident/started_at'), receivedAt),
    },
  ];
}
