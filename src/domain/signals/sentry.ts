import { accountsSaid } from '../reports/counts.ts';
import { instantAt, isObject, linkAt, listAt, textAt, valueAt } from './json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, keyOf, seenAtOf, severityOf, titleOf } from './signal-words.ts';

/** A Sentry integration's issue or event alert. An issue that comes back is an occurrence anew. */
export function readSentry({ body, event, deliveryKey, receivedAt }: SignalDelivery): Signal[] {
  const action = textAt(body, '/action') ?? '';
  const resource = event ?? (isObject(valueAt(body, '/data/issue')) ? 'issue' : 'event_alert');
  if (resource === 'issue') return readIssue(body, action, receivedAt);
  if (resource === 'event_alert' && action === 'triggered') return readEventAlert(body, deliveryKey, receivedAt);
  return ignored(keyOf(resource, action));
}

function readIssue(body: unknown, action: string, receivedAt: Date): Signal[] {
  const issue = valueAt(body, '/data/issue');
  const id = textAt(issue, '/id');
  if (!id) return ignored('an issue without an id');
  if (action === 'resolved') return [{ kind: 'resolution', key: keyOf('issue', id, '*'), at: receivedAt }];
  const isBack = action === 'unresolved';
  if (action !== 'created' && !isBack) return ignored(keyOf('issue', action));
  const { affected, note } = accountsSaid(valueAt(issue, '/userCount'));
  const seenAt = seenAtOf(instantAt(issue, isBack ? '/lastSeen' : '/firstSeen'), receivedAt);
  return [
    {
      ...NO_SIGNAL,
      key: keyOf('issue', id, isBack ? seenAt.toISOString() : 'created'),
      fingerprint: keyOf('sentry', id),
      title: titleOf(textAt(issue, '/title') ?? 'Issue in Sentry'),
      description: descriptionOf([
        textAt(issue, '/culprit'),
        textAt(issue, '/shortId'),
        isBack ? `Back: ${textAt(issue, '/substatus') ?? 'unresolved'}` : null,
        note,
      ]),
      severity: severityOf(textAt(issue, '/level')),
      affected: affected ?? 0,
      link: linkAt(issue, '/web_url') ?? linkAt(issue, '/permalink'),
      seenAt,
    },
  ];
}

function readEventAlert(body: unknown, deliveryKey: string, receivedAt: Date): Signal[] {
  const event = valueAt(body, '/data/event');
  if (!isObject(event)) return ignored('an alert without an event');
  const tag = (name: string) => {
    const found = listAt(event, '/tags').find((pair) => textAt(pair, '/0') === name);
    return textAt(found, '/1');
  };
  const id = textAt(event, '/issue_id');
  return [
    {
      ...NO_SIGNAL,
      key: keyOf('event', textAt(event, '/event_id') ?? deliveryKey),
      fingerprint: keyOf('sentry', id ?? textAt(event, '/title')),
      title: titleOf(textAt(event, '/title') ?? 'Alert of Sentry'),
      description: descriptionOf([
        textAt(event, '/culprit'),
        textAt(body, '/data/triggered_rule'),
        textAt(event, '/release') && `Release ${textAt(event, '/release')}`,
      ]),
      severity: severityOf(textAt(event, '/level')),
      account: tag('account') ?? tag('customer') ?? tag('tenant'),
      affected: tag('account') || tag('customer') || tag('tenant') ? 1 : 0,
      environment: tag('environment') ?? textAt(event, '/environment'),
      vendor: tag('vendor'),
      link: linkAt(event, '/web_url'),
      seenAt: seenAtOf(instantAt(event, '/timestamp') ?? instantAt(event, '/datetime'), receivedAt),
    },
  ];
}

const NO_SIGNAL = {
  kind: 'report' as const,
  areaNamed: null,
  account: null,
  affected: 0,
  environment: null,
  vendor: null,
};
