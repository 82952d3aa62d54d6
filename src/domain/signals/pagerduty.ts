import { fingerprintOf } from '../grouping/fingerprint.ts';
import { instantAt, linkAt, textAt, valueAt } from './json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, fingerprintKey, keyOf, seenAtOf, severityOf, titleOf } from './signal-words.ts';

/** A PagerDuty V3 webhook: an incident triggers or reopens, and is resolved. Who acknowledged it is not ours to keep. */
export function readPagerduty({ body, receivedAt }: SignalDelivery): Signal[] {
  const type = textAt(body, '/event/event_type');
  const incident = valueAt(body, '/event/data');
  const id = textAt(incident, '/id');
  const at = seenAtOf(instantAt(body, '/event/occurred_at'), receivedAt);
  if (type === 'incident.resolved' && id) return [{ kind: 'resolution', key: keyOf('incident', id, '*'), at }];
  const isBack = type === 'incident.reopened';
  if ((type !== 'incident.triggered' && !isBack) || !id) return ignored(type ?? 'no event');
  const title = textAt(incident, '/title') ?? 'Incident in PagerDuty';
  const service = textAt(incident, '/service/summary');
  const urgency = textAt(incident, '/urgency');
  return [
    {
      kind: 'report',
      key: keyOf('incident', id, isBack ? at.toISOString() : 'triggered'),
      fingerprint: fingerprintKey(`pagerduty:${textAt(incident, '/service/id') ?? ''}|${fingerprintOf(title)}`),
      title: titleOf(title),
      description: descriptionOf([
        service && `Service ${service}`,
        textAt(incident, '/number') && `Incident ${textAt(incident, '/number')}`,
      ]),
      severity:
        severityOf(textAt(incident, '/priority/summary')) ??
        (urgency === 'high' ? 'S2' : urgency === 'low' ? 'S3' : null),
      areaNamed: null,
      account: null,
      affected: 0,
      environment: null,
      vendor: null,
      link: linkAt(incident, '/html_url'),
      seenAt: at,
    },
  ];
}
