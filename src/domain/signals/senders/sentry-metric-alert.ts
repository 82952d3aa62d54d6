import { factsOf } from '../../reports/facts.ts';
import { instantAt, isObject, linkAt, textAt, valueAt } from '../json-pointer.ts';
import { ignored, type ReportSignal, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, keyOf, seenAtOf, severityOf } from '../signal-words.ts';

export function isMetricAlert(body: unknown): boolean {
  return isObject(valueAt(body, '/data/metric_alert'));
}

/**
 * A metric alert of Sentry: the rule is the failure, its incident the occurrence. A warning that becomes critical is the
 * same incident, worse; `resolved` is its end.
 */
export function readMetricAlert({ body, receivedAt }: SignalDelivery, action: string): Signal[] {
  const alert = valueAt(body, '/data/metric_alert');
  const id = textAt(alert, '/id') ?? textAt(alert, '/identifier');
  if (!id) return ignored('a metric alert without an id');
  const of = keyOf('metric', id, '');
  if (action === 'resolved') {
    const at = seenAtOf(instantAt(alert, '/date_closed') ?? instantAt(alert, '/dateClosed'), receivedAt);
    return [{ kind: 'resolution', key: `${of}*`, at }];
  }
  if (!['critical', 'warning', 'open'].includes(action)) return ignored(keyOf('metric_alert', action));
  const started = [
    '/date_started',
    '/dateStarted',
    '/date_detected',
    '/dateDetected',
    '/date_created',
    '/dateCreated',
  ].map((place) => instantAt(alert, place));
  const seenAt = seenAtOf(started.find((at) => at !== null) ?? null, receivedAt);
  const ofRule = (name: string) => textAt(alert, `/alert_rule/${name}`) ?? textAt(alert, `/alertRule/${name}`);
  const rule = ofRule('id') ?? textAt(alert, '/title') ?? id;
  const said = textAt(body, '/data/description_title')?.replace(/^(critical|warning)\s*:\s*/i, '');
  const environment = ofRule('environment');
  const report: ReportSignal = {
    kind: 'report',
    key: `${of}${seenAt.toISOString()}`,
    event: keyOf('metric_alert', action),
    fingerprint: keyOf('sentry', 'metric', rule),
    title: titleOf(ofRule('name') ?? textAt(alert, '/title') ?? said) || 'Metric alert of Sentry',
    description: descriptionOf([textAt(body, '/data/description_text')]),
    facts: factsOf([
      ['Metric', ofRule('aggregate')],
      ['Query', ofRule('query')],
      ['Incident', textAt(alert, '/identifier')],
      ['Environment', environment],
      ['Projects', textAt(alert, '/projects/0')],
    ]),
    labels: null,
    severity: action === 'open' ? null : severityOf(action),
    areaNamed: null,
    account: null,
    affected: 0,
    environment,
    vendor: null,
    link: linkAt(body, '/data/web_url'),
    seenAt,
  };
  return [{ kind: 'revision', of, report }];
}
