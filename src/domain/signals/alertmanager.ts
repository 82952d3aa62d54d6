import { fingerprintOf } from '../grouping/fingerprint.ts';
import { instantAt, linkAt, listAt, textAt } from './json-pointer.ts';
import { ignored, type Signal, type SignalDelivery } from './signal.ts';
import { descriptionOf, fingerprintKey, keyOf, seenAtOf, severityOf, titleOf } from './signal-words.ts';

/** The labels that tell where an alert is, not what it is: instances of one rule in one job are one failure. */
const CLASS_LABELS = ['alertname', 'namespace', 'job', 'service', 'area'] as const;

/**
 * Alertmanager's webhook, version 4: one delivery carries the alerts of a group. An alert is one occurrence from its
 * `startsAt` on, however often it is repeated while it fires.
 */
export function readAlertmanager({ body, receivedAt }: SignalDelivery): Signal[] {
  const alerts = listAt(body, '/alerts');
  if (alerts.length === 0) return ignored('no alerts');
  return alerts.flatMap((alert) => readAlert(alert, body, receivedAt));
}

function readAlert(alert: unknown, group: unknown, receivedAt: Date): Signal[] {
  const label = (name: string) => textAt(alert, `/labels/${name}`) ?? textAt(group, `/commonLabels/${name}`);
  const note = (name: string) => textAt(alert, `/annotations/${name}`) ?? textAt(group, `/commonAnnotations/${name}`);
  const name = label('alertname');
  const status = textAt(alert, '/status');
  const startsAt = instantAt(alert, '/startsAt');
  const classKey = CLASS_LABELS.map((one) => label(one) ?? '').join('|');
  const key = keyOf(textAt(alert, '/fingerprint') ?? fingerprintOf(classKey), startsAt?.toISOString());
  if (status === 'resolved') {
    return [{ kind: 'resolution', key, at: seenAtOf(instantAt(alert, '/endsAt'), receivedAt) }];
  }
  if (status !== 'firing' || !name)
    return ignored(status === 'firing' ? 'an alert without a name' : `status ${status}`);
  const account = label('account') ?? label('customer') ?? label('tenant');
  return [
    {
      kind: 'report',
      key,
      fingerprint: fingerprintKey(`alertmanager:${classKey}`),
      title: titleOf(note('summary') ? `${name}: ${note('summary')}` : name),
      description: descriptionOf([note('description') ?? note('message'), note('runbook_url'), label('instance')]),
      severity: severityOf(label('severity')),
      areaNamed: label('area'),
      account,
      affected: account ? 1 : 0,
      environment: label('environment') ?? label('env'),
      vendor: label('vendor'),
      link: linkAt(alert, '/generatorURL') ?? linkAt(group, '/externalURL'),
      seenAt: seenAtOf(startsAt, receivedAt),
    },
  ];
}
