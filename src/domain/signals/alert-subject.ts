/** A label of an alert by its name, or null. */
export type LabelOf = (name: string) => string | null;

/** What an alert is about: `what` in words, and what tells it from others of the same rule. */
export type AlertSubject = { what: string | null; workload: string | null; identity: string };

/** Labels that name a workload, the surest first. */
const OWNERS = [
  'deployment',
  'statefulset',
  'daemonset',
  'cronjob',
  'rollout',
  'workload',
  'horizontalpodautoscaler',
  'scaledobject',
  'scaledObject',
  'created_by_name',
  'owner_name',
];

/** Labels that name one of many, whose name holds something generated. */
const MEMBERS = ['job_name', 'replicaset', 'persistentvolumeclaim'];

/** How those who collect call a label of Kubernetes or of a pod: OpenTelemetry, promtail, kube-state-metrics. */
const ALIASES = [
  (name: string) => `exported_${name}`,
  (name: string) => name,
  (name: string) => `k8s_${name}_name`,
  (name: string) => `kubernetes_${name}_name`,
  (name: string) => `kubernetes_${name}`,
  (name: string) => `kube_${name}`,
  (name: string) => `label_${name}`,
];

/** Labels that end so name something, whatever it is. */
const NAMES_SOMETHING = /(^|_)(name|identifier)$|^dimension_/i;
/** Of those, what is read elsewhere, or what many things have in common. */
const NAMES_NO_PART =
  /^(alert|rule|job|container|pod|replicaset|revision|version|release|build|run|service|node|namespace|cluster|region|zone|team|owner|created_by|image|project|account|customer|tenant|environment|env|workspace|org|organization|receiver|stack|app_kubernetes_io)_?name$|^(uname|nodename|rulename|alertname|__name__)$|^(exported_|k8s_|kubernetes_|kube_|label_)|container_name$|namespace_name$/i;

/** What is said about an alert, or differs from one time to the next, and names nothing that fails. */
const NAMES_NOTHING =
  /^(alertname|rule|rulename|rule_name|alert_?rule|alertgroup|severity|level|priority|team|owner|squad|area|env|environment|stage|tier|cluster|region|zone|availability_zone|provider|prometheus|monitor|replica|receiver|instance|job|service|endpoint|namespace|pod|pod_name|container|container_name|pod_ip|host_ip|uid|ip|port|code|status|status_code|reason|state|phase|condition|result|method|version|revision|release|image|image_id|le|quantile|value|threshold|window|slo|sloth_.*|long(_window)?|short(_window)?|runbook.*|summary|description|message|vendor|account.*|customer.*|tenant.*|org|organization|workspace|datasource.*|ref_?id|grafana_.*|metrics_path|scheme|exported_(job|instance|service|endpoint)|__.*)$/i;

/** Labels of things that fail by themselves, beside a workload or without one. */
const PARTS = [
  'queue',
  'topic',
  'consumergroup',
  'consumer_group',
  'connector',
  'database',
  'datname',
  'vhost',
  'host',
  'domain',
  'target',
  'url',
  'route',
  'path',
  'handler',
  // Of a scrape it is the name of a port; of an interface it has a path.
  'endpoint',
  'check',
  'probe',
  'upstream',
  'backend',
  'mountpoint',
  'device',
];

const SERVICES = ['service', 'app', 'app_kubernetes_io_name', 'application', 'component', 'service_name', 'job'];

/** Names of what watches others: it stands in the labels of whatever it has seen. */
const WATCHERS =
  /exporter|^yace$|^ksm$|kube-?state-?metrics|kubelet|cadvisor|blackbox|pushgateway|alertmanager|vmagent|statsd|cloudwatch|stackdriver|(otel|opentelemetry)-?collector|grafana-agent|(^|[-_./])(prometheus|federate|telegraf|alloy)([-_./]|$)|^node$|^kubernetes-(nodes|pods|services|service-endpoints|endpoints)/i;
/** Of these, the address is that of the watcher, and no part of what it watches. */
const WATCH_FROM_AFAR = /kube-?state-?metrics|kubelet|cadvisor|pushgateway|prometheus|federate|collector|^kubernetes-/i;

/**
 * What an alert of Prometheus is about, from its labels.
 * 1. A workload: by its own label, else by its pod's name without what is generated in it, else by its container.
 * 2. Else the node, the volume, or what an exporter was pointed at.
 * 3. Else the service or job, unless that is who watches: labels of the exporter never name what failed.
 * 4. Else whatever other labels there are, but those that many alerts have in common or that change while it goes on.
 * Labels that a scrape has pushed aside (`exported_pod`) are the failing thing's own, so they come first.
 */
export function subjectOf(label: LabelOf, names: readonly string[] = []): AlertSubject {
  const own: LabelOf = (name) =>
    firstOf(
      label,
      ALIASES.map((alias) => alias(name)),
      () => true,
    );
  const namespace = own('namespace');
  const service = firstOf(own, SERVICES, (name) => !isWatcher(name));
  const workload = workloadOf(own);
  const place = workload ?? own('node') ?? own('nodename') ?? pointedAt(label);
  // Without the address of a scrape, the rule was asked about its jobs.
  const summed = label('instance') || label('pod') ? null : firstOf(own, SERVICES, () => true);
  const what = place ?? service ?? summed;
  const named = partsOf(own, names, place === null && service === null);
  const parts = named.filter(([, value]) => value !== what);
  // Who watches is no name of what it has seen, where anything else is.
  const isSeen = what !== null && (workload !== null || !isWatcher(what) || parts.length === 0);
  const words =
    [isSeen ? what : null, ...parts.map(([, value]) => value).slice(0, isSeen ? 1 : 2)].filter(Boolean).join(' ') ||
    null;
  return {
    what: words && namespace ? `${words} in ${namespace}` : (words ?? namespace),
    workload,
    identity: [namespace, what, ...parts.map(([name, value]) => `${name}=${value}`)]
      .map((part) => part ?? '')
      .join('|'),
  };
}

/** The parts that fail by themselves, by their labels; with nothing else to go by, whatever else the labels name. */
function partsOf(own: LabelOf, names: readonly string[], isUnnamed: boolean): [name: string, value: string][] {
  const known = PARTS.filter((name) => name !== 'endpoint' || own(name)?.includes('/'));
  const naming = names.filter((name) => NAMES_SOMETHING.test(name) && !NAMES_NO_PART.test(name)).sort();
  const parts = valuesOf(own, [...known, ...naming]);
  if (parts.length > 0 || !isUnnamed) return parts;
  return valuesOf(own, names.filter((name) => !NAMES_NOTHING.test(name) && !NAMES_NO_PART.test(name)).sort());
}

function valuesOf(label: LabelOf, names: readonly string[]): [name: string, value: string][] {
  return [...new Set(names)].flatMap((name) => {
    const value = label(name);
    return value ? [[name, value] satisfies [string, string]] : [];
  });
}

function workloadOf(own: LabelOf): string | null {
  const owner = firstOf(own, OWNERS, () => true);
  if (owner) return owner;
  const member = firstOf(own, MEMBERS, () => true) ?? own('pod') ?? own('pod_name');
  if (!member) return own('container') ?? own('container_name');
  const workload = withoutGenerated(member);
  // What is said of a node may carry the pod of who has seen it.
  return isWatcher(workload) && own('node') ? null : workload;
}

/** What an exporter was pointed at, where it shows in the address; an address within a cluster says nothing lasting. */
function pointedAt(label: LabelOf): string | null {
  const instance = label('instance');
  const watcher = [label('job'), label('service')].find((name) => name && isWatcher(name));
  if (!instance || !watcher || WATCH_FROM_AFAR.test(watcher)) return null;
  return instance.includes('://') ? instance : instance.replace(/:\d{1,5}$/, '');
}

/**
 * The name of a workload from that of one of its pods or jobs: without the hashes of a Deployment's pod, the ordinal of a
 * StatefulSet's, the suffix of a DaemonSet's or the instant of a CronJob's.
 */
export function withoutGenerated(name: string): string {
  const deployment = /^(.+?)-([a-z\d]{8,10})-[a-z\d]{5}$/.exec(name);
  if (deployment?.[1] && isGenerated(deployment[2] ?? '')) return deployment[1];
  const ordinal = /^(.+)-\d{1,4}$/.exec(name);
  if (ordinal?.[1]) return ordinal[1];
  const instant = /^(.+)-\d{8,}$/.exec(name);
  if (instant?.[1]) return instant[1];
  const suffix = /^(.+)-([a-z\d]{5}|[a-z\d]{8,10})$/.exec(name);
  return suffix?.[1] && isGenerated(suffix[2] ?? '') ? suffix[1] : name;
}

/** Kubernetes draws from an alphabet without vowels, so that no word comes of it. */
function isGenerated(text: string): boolean {
  return /\d/.test(text) || !/[aeiouy]/.test(text);
}

function isWatcher(name: string): boolean {
  return WATCHERS.test(name);
}

function firstOf(label: LabelOf, names: readonly string[], isMeant: (value: string) => boolean): string | null {
  for (const name of names) {
    const value = label(name);
    if (value && isMeant(value)) return value;
  }
  return null;
}
