import { fingerprintOf } from '../../grouping/fingerprint.ts';
import { type Fact, factsOf } from '../../reports/facts.ts';
import { counted } from '../../text/counted.ts';
import { type AlertSubject, subjectOf } from '../alert-subject.ts';
import { countAt, instantAt, linesAt, linkAt, listAt, membersAt, textAt, valueAt } from '../json-pointer.ts';
import { ignored, leftOut, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { ACCOUNT_LABELS, descriptionOf, fingerprintIn, keyOf, seenAtOf, severityOf } from '../signal-words.ts';

/** Alerts that exist to fire always, or to hold others back: that they fire says that alerting works. */
const ALWAYS_FIRING =
  /^((prometheus|alertmanager|alerting|vmalert|vm|kube|grafana|mimir|thanos|cluster|monitoring|e2e|test)*(watchdog|heartbeat|alwaysfiring|alwayson)|.*(infoinhibitor|deadmans?(switch|snitch)|deadmans?))(alert)?$/i;
/** How such an alert says so of itself, whatever it is called. */
const SAYS_ALWAYS = /\balways (be )?firing\b|\bentire alerting pipeline\b|\bdead man.?s (switch|snitch)\b/i;
/** Grafana reports a rule that cannot be evaluated under one of these, and names the rule itself in a label. */
const NO_DATA = /^(datasource)?(no ?data|error)$/i;
const RULE_NAMES = ['rulename', 'rule_name', 'alert_rule', 'alertrule', '__alert_rule_name__', 'rule'];
/** Labels that are said elsewhere or only mean something to the sender. */
const OWN_LABELS = /^(alertname|rulename|severity|__.*|prometheus)$/;
const OWN_NOTES = /^(summary|description|message|__.*)$/;

/**
 * Alertmanager's webhook, version 4: one delivery carries the alerts of a group. An alert is one occurrence from its
 * `startsAt` on, however often it is repeated while it fires. The failure is the rule with what it is about.
 */
export function readAlertmanager({ body, receivedAt }: SignalDelivery): Signal[] {
  const alerts = listAt(body, '/alerts');
  if (alerts.length === 0) return ignored('no alerts');
  const cut = countAt(body, '/truncatedAlerts');
  const isFirst = valueAt(body, '/isFollowing') !== true;
  return [
    ...alerts.flatMap((alert) => readAlert(alert, body, cut, receivedAt)),
    ...(cut > 0 && isFirst
      ? leftOut('alerts that were cut off', `The sender cut ${counted(cut, 'more alert')} off the group.`, cut)
      : []),
  ];
}

function readAlert(alert: unknown, group: unknown, cut: number, receivedAt: Date): Signal[] {
  const label = (name: string) => textAt(alert, `/labels/${name}`) ?? textAt(group, `/commonLabels/${name}`);
  const note = (name: string) => textAt(alert, `/annotations/${name}`) ?? textAt(group, `/commonAnnotations/${name}`);
  const lines = (name: string) => linesAt(alert, `/annotations/${name}`) ?? note(name);
  const alertname = label('alertname');
  const status = textAt(alert, '/status');
  const startsAt = instantAt(alert, '/startsAt');
  const subject = subjectOf(
    label,
    labelsOf(alert, group).map(([name]) => name),
  );
  const ruleName = RULE_NAMES.map(label).find((one) => one !== null) ?? null;
  const isNoData = alertname !== null && NO_DATA.test(alertname) && ruleName !== null;
  const rule = isNoData ? ruleName : alertname;
  const classKey = [rule ?? '', isNoData ? 'no data' : '', subject.identity].join('|');
  const key = keyOf(textAt(alert, '/fingerprint') ?? fingerprintOf(classKey), startsAt?.toISOString());
  if (status === 'resolved') {
    return [{ kind: 'resolution', key, at: seenAtOf(instantAt(alert, '/endsAt'), receivedAt) }];
  }
  if (status !== 'firing' || !rule)
    return ignored(status === 'firing' ? 'an alert without a name' : `status ${status}`);
  const says = [note('description'), note('message'), note('summary')].filter((one) => one !== null);
  const isAlways = ALWAYS_FIRING.test(rule.replace(/[^a-z\d]/gi, '')) || says.some((one) => SAYS_ALWAYS.test(one));
  if (isAlways || label('severity') === 'none')
    return leftOut(rule, 'It exists to fire always, and says that alerting works.');
  const account = ACCOUNT_LABELS.map(label).find((one) => one !== null) ?? null;
  const environment = label('environment') ?? label('env');
  return [
    {
      kind: 'report',
      key,
      event: rule,
      fingerprint: fingerprintIn(environment, `alertmanager:${classKey}`),
      title: titleFor(rule, isNoData ? 'no data' : note('summary'), subject, label),
      description: descriptionOf([lines('description') ?? lines('message'), cutWords(cut)]),
      facts: factsFor(alert, group, cut),
      labels: labelsOf(alert, group).map(([name, value]) => `${name}=${value}`),
      severity: severityOf(label('severity')),
      areaNamed: label('area'),
      account,
      affected: account ? 1 : 0,
      environment,
      vendor: label('vendor'),
      link: linkAt(alert, '/generatorURL') ?? linkAt(group, '/externalURL'),
      seenAt: seenAtOf(startsAt, receivedAt),
    },
  ];
}

/** The rule and what it says, with what it is about; a pod that will be gone is called by its workload. */
function titleFor(
  rule: string,
  summary: string | null,
  { what, workload }: AlertSubject,
  label: (name: string) => string | null,
): string {
  const pod = label('pod');
  const lasting = pod && workload ? summary?.replaceAll(pod, workload) : summary;
  const title = titleOf(rule, lasting);
  if (!what || title.includes(what)) return title;
  const isNamed = workload !== null && title.includes(workload);
  return isNamed ? title : titleOf(`${title} (${what})`);
}

function factsFor(alert: unknown, group: unknown, cut: number): Fact[] {
  const notes = membersOf(group, '/commonAnnotations', alert, '/annotations');
  return factsOf([
    ...(cut > 0 ? [['Cut off by the sender', counted(cut, 'more alert')] as const] : []),
    ['Dashboard', linkAt(alert, '/dashboardURL')],
    ...notes.filter(([name]) => !OWN_NOTES.test(name)),
    ...labelsOf(alert, group).filter(([name]) => !OWN_LABELS.test(name)),
  ]);
}

function cutWords(cut: number): string | null {
  return cut > 0
    ? `${counted(cut, 'more alert')} of this group ${cut === 1 ? 'was' : 'were'} cut off by the sender.`
    : null;
}

function labelsOf(alert: unknown, group: unknown): [string, string][] {
  return membersOf(group, '/commonLabels', alert, '/labels');
}

/** What a group has in common, and what an alert says of its own in place of it. */
function membersOf(group: unknown, common: string, alert: unknown, own: string): [string, string][] {
  return [...new Map([...membersAt(group, common), ...membersAt(alert, own)])];
}
