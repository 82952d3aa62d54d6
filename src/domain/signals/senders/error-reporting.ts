import { fingerprintOf } from '../../grouping/fingerprint.ts';
import { factsOf } from '../../reports/facts.ts';
import { isObject, linesAt, linkAt, textAt, valueAt } from '../json-pointer.ts';
import type { Signal, SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, fingerprintKey, keyOf } from '../signal-words.ts';

/** Google's Error Reporting sends through the same channels as Cloud Monitoring, in a shape of its own. */
export function isOfErrorReporting(body: unknown): boolean {
  return isObject(valueAt(body, '/exception_info')) || isObject(valueAt(body, '/event_info'));
}

/**
 * An Error Reporting notification, version 1.0: a group of errors is new, or open again. It tells of no time and no count,
 * and nothing when a group is over.
 */
export function readErrorReporting({ body, deliveryKey, receivedAt }: SignalDelivery): Signal[] {
  const text = (pointer: string) => textAt(body, pointer);
  const [type, message] = [text('/exception_info/type'), text('/exception_info/message')];
  const log = text('/event_info/log_message');
  const service = text('/event_info/service');
  const said = [type, message].filter(Boolean).join(': ') || log || text('/subject') || 'Error in Error Reporting';
  const request = [text('/event_info/request_method'), text('/event_info/request_url')].filter(Boolean).join(' ');
  const status = text('/event_info/response_status');
  // The link names the group; what follows the question mark names who may look.
  const group = text('/group_info/detail_link')?.split('?')[0];
  const what =
    group ?? [text('/group_info/project_id'), service, type, fingerprintOf(message ?? log ?? said)].join('|');
  return [
    {
      kind: 'report',
      key: keyOf('error', group, deliveryKey),
      fingerprint: fingerprintKey(`cloud_monitoring:error|${what}`),
      title: titleOf(said),
      event: 'error group',
      description: descriptionOf([text('/subject'), log === said ? null : linesAt(body, '/event_info/log_message')]),
      facts: factsOf([
        ['Request', request && `${request}${status ? `, answered ${status}` : ''}`],
        ['Service', service],
        ['Version', text('/event_info/version')],
        ['User agent', text('/event_info/user_agent')],
        ['Referrer', text('/event_info/referrer')],
        ['Project', text('/group_info/project_id')],
      ]),
      labels: null,
      severity: null,
      areaNamed: service,
      account: null,
      affected: 0,
      environment: null,
      vendor: null,
      link: linkAt(body, '/group_info/detail_link'),
      seenAt: receivedAt,
    },
  ];
}
