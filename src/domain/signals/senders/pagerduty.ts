import { fingerprintOf } from '../../grouping/fingerprint.ts';
import { factsOf } from '../../reports/facts.ts';
import { instantAt, linesAt, linkAt, listAt, textAt, valueAt } from '../json-pointer.ts';
import { ignored, leftOut, type ReportSignal, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, fingerprintKey, keyOf, seenAtOf, severityNamed } from '../signal-words.ts';

/** What changes how bad an incident is, or whose it is, while it goes on. */
const REVISIONS = ['incident.priority_updated', 'incident.service_updated'];

/**
 * A PagerDuty V3 webhook: an incident triggers or reopens, its priority changes, and it is resolved. Who acknowledged it
 * is not ours to keep.
 */
export function readPagerduty({ body, receivedAt }: SignalDelivery): Signal[] {
  const type = textAt(body, '/event/event_type');
  const incident = valueAt(body, '/event/data');
  const id = textAt(incident, '/id');
  const at = seenAtOf(instantAt(body, '/event/occurred_at'), receivedAt);
  if (!type || !id) return ignored(type ?? 'no event');
  if (type === 'incident.resolved') return [{ kind: 'resolution', key: keyOf('incident', id, '*'), at }];
  if (type === 'incident.triggered') return [incidentReport(incident, type, keyOf('incident', id, 'triggered'), at)];
  if (type === 'incident.reopened')
    return [incidentReport(incident, type, keyOf('incident', id, at.toISOString()), at)];
  if (!REVISIONS.includes(type)) return ignored(type);
  if (textAt(incident, '/status') === 'resolved') return leftOut(type, 'The incident is resolved.');
  const began = seenAtOf(instantAt(incident, '/created_at'), at);
  const report = incidentReport(incident, type, keyOf('incident', id, 'triggered'), began);
  return [{ kind: 'revision', of: keyOf('incident', id, ''), report }];
}

function incidentReport(incident: unknown, event: string, key: string, seenAt: Date): ReportSignal {
  const title = textAt(incident, '/title') ?? 'Incident in PagerDuty';
  const service = textAt(incident, '/service/summary');
  const urgency = textAt(incident, '/urgency');
  const priority = textAt(incident, '/priority/summary');
  const names = (pointer: string) =>
    listAt(incident, pointer)
      .map((one) => textAt(one, '/summary'))
      .filter(Boolean)
      .join(', ');
  return {
    kind: 'report',
    key,
    event,
    fingerprint: fingerprintKey(`pagerduty:${textAt(incident, '/service/id') ?? ''}|${fingerprintOf(title)}`),
    title: titleOf(title),
    description: descriptionOf([linesAt(incident, '/body/details')]),
    facts: factsOf([
      ['Service', service],
      ['Incident', textAt(incident, '/number')],
      ['Priority', priority],
      ['Urgency', urgency],
      ['Teams', names('/teams')],
      ['Escalation policy', textAt(incident, '/escalation_policy/summary')],
    ]),
    labels: [service, priority, urgency].filter((one) => one !== null),
    severity:
      severityNamed(priority ? [priority] : []) ?? (urgency === 'high' ? 'S2' : urgency === 'low' ? 'S3' : null),
    areaNamed: null,
    account: null,
    affected: 0,
    environment: null,
    vendor: null,
    link: linkAt(incident, '/html_url'),
    seenAt,
  };
}
