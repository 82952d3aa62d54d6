import { accountsSaid } from '../../reports/counts.ts';
import { factsOf } from '../../reports/facts.ts';
import { instantAt, isObject, linesAt, linkAt, listAt, textAt, valueAt } from '../json-pointer.ts';
import { ignored, type ReportSignal, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { ACCOUNT_LABELS, descriptionOf, keyOf, seenAtOf, severityOf } from '../signal-words.ts';
import { isMetricAlert, readMetricAlert } from './sentry-metric-alert.ts';

/** What takes an issue off everybody's list in Sentry. */
const ENDS = ['resolved', 'archived', 'ignored', 'deleted', 'merged'];

/** Why Sentry brings an issue back by itself: what was resolved, or set aside, has failed again. */
const FAILED_ANEW = ['regressed', 'escalating'];

/**
 * A Sentry integration's issue, event alert or metric alert. An issue that comes back is an occurrence anew; the alert
 * about an issue's first event is no other occurrence than the issue, and one that a person reopens is none of its own.
 */
export function readSentry(delivery: SignalDelivery): Signal[] {
  const { body, event, deliveryKey, receivedAt } = delivery;
  const action = textAt(body, '/action') ?? '';
  if (event === 'metric_alert' || isMetricAlert(body)) return readMetricAlert(delivery, action);
  const resource = event ?? (isObject(valueAt(body, '/data/issue')) ? 'issue' : 'event_alert');
  if (resource === 'issue') return readIssue(body, action, receivedAt);
  if (resource === 'event_alert' && action === 'triggered') return readEventAlert(body, deliveryKey, receivedAt);
  return ignored(keyOf(resource, action));
}

function readIssue(body: unknown, action: string, receivedAt: Date): Signal[] {
  const issue = valueAt(body, '/data/issue');
  const id = textAt(issue, '/id');
  if (!id) return ignored('an issue without an id');
  if (ENDS.includes(action)) return [{ kind: 'resolution', key: keyOf('issue', id, '*'), at: receivedAt }];
  const isBack = action === 'unresolved';
  if (action !== 'created' && !isBack) return ignored(keyOf('issue', action));
  const { affected, note } = accountsSaid(valueAt(issue, '/userCount'));
  const isByHand = isBack && !hasFailedAnew(body, issue);
  const seenAt = seenAtOf(instantAt(issue, isBack ? '/lastSeen' : '/firstSeen'), receivedAt);
  const turn = isBack ? seenAt.toISOString() : 'created';
  const of = keyOf('issue', id, '');
  const report: ReportSignal = {
    ...NO_SIGNAL,
    ...turnOf(id, turn),
    ...(isBack && !isByHand ? { ifOver: { of, ...turnOf(id, receivedAt.toISOString()), seenAt: receivedAt } } : {}),
    event: keyOf('issue', action),
    fingerprint: keyOf('sentry', id),
    title: titleOf(textAt(issue, '/title')) || 'Issue in Sentry',
    description: descriptionOf([linesAt(issue, '/metadata/value'), note]),
    facts: factsOf([
      ['Culprit', textAt(issue, '/culprit')],
      ['Issue', textAt(issue, '/shortId')],
      ['Project', textAt(issue, '/project/slug')],
      ['State', textAt(issue, '/substatus') ?? textAt(issue, '/status')],
      ['Events', textAt(issue, '/count')],
      ['Users', textAt(issue, '/userCount')],
      ['File', textAt(issue, '/metadata/filename')],
      ['Assigned to', textAt(issue, '/assignedTo/name')],
    ]),
    labels: labelsOf(issue, textAt(issue, '/level')),
    severity: severityOf(textAt(issue, '/level')),
    affected: affected ?? 0,
    link: linkAt(issue, '/web_url') ?? linkAt(issue, '/permalink'),
    seenAt,
  };
  return [isByHand ? { kind: 'revision', of, report: { ...report, isReopenedByHand: true } } : report];
}

/** What tells one time that an issue fails from the others. */
function turnOf(id: string, turn: string): { key: string; names: string[] } {
  return { key: keyOf('issue', id, turn), names: [keyOf('issue', id), keyOf('turn', turn)] };
}

/** Sentry itself brings an issue back when it has failed again; a person, or time that goes by, when it has not. */
function hasFailedAnew(body: unknown, issue: unknown): boolean {
  if (textAt(body, '/actor/type') === 'user') return false;
  const substatus = textAt(issue, '/substatus')?.toLowerCase() ?? null;
  return substatus === null || FAILED_ANEW.includes(substatus);
}

function readEventAlert(body: unknown, deliveryKey: string, receivedAt: Date): Signal[] {
  const event = valueAt(body, '/data/event');
  if (!isObject(event)) return ignored('an alert without an event');
  const tags = listAt(event, '/tags').flatMap((pair): [string, string][] => {
    const [name, value] = [textAt(pair, '/0'), textAt(pair, '/1')];
    return name && value ? [[name, value]] : [];
  });
  const tag = (name: string) => tags.find(([one]) => one === name)?.[1] ?? null;
  const id = textAt(event, '/issue_id');
  const eventId = textAt(event, '/event_id') ?? deliveryKey;
  const account = ACCOUNT_LABELS.map(tag).find((one) => one !== null) ?? null;
  return [
    {
      ...NO_SIGNAL,
      key: keyOf('event', eventId),
      names: [keyOf('event', eventId), ...(id ? [keyOf('issue', id)] : [])],
      event: 'event_alert',
      fingerprint: keyOf('sentry', id ?? textAt(event, '/title')),
      title: titleOf(textAt(event, '/title')) || 'Alert of Sentry',
      description: descriptionOf([linesAt(event, '/message') ?? linesAt(event, '/metadata/value')]),
      facts: factsOf([
        ['Culprit', textAt(event, '/culprit')],
        ['Alert rule', textAt(body, '/data/triggered_rule')],
        ['Release', textAt(event, '/release') ?? tag('release')],
        ['Event', textAt(event, '/event_id')],
        ['File', textAt(event, '/metadata/filename')],
        ...tags,
      ]),
      labels: tags.map(([name, value]) => `${name}=${value}`),
      severity: severityOf(textAt(event, '/level')),
      account,
      affected: account ? 1 : 0,
      environment: tag('environment') ?? textAt(event, '/environment'),
      vendor: tag('vendor'),
      link: linkAt(event, '/web_url'),
      seenAt: seenAtOf(instantAt(event, '/timestamp') ?? instantAt(event, '/datetime'), receivedAt),
    },
  ];
}

function labelsOf(issue: unknown, level: string | null): string[] {
  const project = textAt(issue, '/project/slug');
  return [...(project ? [`project=${project}`] : []), ...(level ? [`level=${level}`] : [])];
}

const NO_SIGNAL = {
  kind: 'report' as const,
  areaNamed: null,
  account: null,
  affected: 0,
  environment: null,
  vendor: null,
} satisfies Partial<ReportSignal>;
