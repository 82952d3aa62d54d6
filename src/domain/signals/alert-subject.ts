/** A label of an alert by its name, or null. */
export type LabelOf = (name: string) => string | null;

/** What an alert is about: `what` in words, and what tells it from others of the same rule. */
export type AlertSubject = { what: string | null; workload: string | null; identity: string };

/** Labels that name a workload, the surest first. */
const OWNERS = ['deployment', 'statefulset', 'daemonset', 'cronjob', 'rollout', 'workload', 'horizontalpodautoscaler'];

/** Labels that name one of many, whose name holds something generated. */
const MEMBERS = ['job_name', 'replicaset', 'persistentvolumeclaim'];

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
  /exporter|kube-?state-?metrics|kubelet|cadvisor|blackbox|pushgateway|alertmanager|vmagent|statsd|cloudwatch|stackdriver|(otel|opentelemetry)-?collector|grafana-agent|(^|[-_./])(prometheus|federate|telegraf|alloy)([-_./]|$)|^node$|^kubernetes-(nodes|pods|services|service-endpoints|endpoints)/i;
/** Of these, the address is that of the watcher, and no part of what it watches. */
const WATCH_FROM_AFAR = /kube-?state-?metrics|kubelet|cadvisor|pushgateway|prometheus|federate|collector|^kubernetes-/i;

/**
 * What an alert of Prometheus is about, from its labels.
 * 1. A workload: by its own label, else by its pod's name without what is generated in it, else by its container.
 * 2. Else the node, the volume, or what an exporter was pointed at.
 * 3. Else the service or job, unless that is who watches: labels of the exporter never name what failed.
 * Labels that a scrape has pushed aside (`exported_pod`) are the failing thing's own, so they come first.
 */
export function subjectOf(label: LabelOf): AlertSubject {
  const own: LabelOf = (name) => label(`exported_${name}`) ?? label(name);
  const namespace = own('namespace');
  const service = firstOf(own, SERVICES, (name) => !isWatcher(name));
  const workload = workloadOf(own);
  const place = workload ?? own('node') ?? own('nodename') ?? pointedAt(label);
  // Without the address of a scrape, the rule was asked about its jobs.
  const summed = label('instance') || label('pod') ? null : firstOf(own, SERVICES, () => true);
  const what = place ?? service ?? summed;
  const parts = PARTS.flatMap((name) => {
    const value = name === 'endpoint' && !own(name)?.includes('/') ? null : own(name);
    return value && value !== what ? [`${name}=${value}`] : [];
  });
  const named = [what, ...parts.map((part) => part.slice(part.indexOf('=') + 1)).slice(0, 1)].filter(Boolean);
  const words = named.join(' ') || null;
  return {
    what: words && namespace ? `${words} in ${namespace}` : (words ?? namespace),
    workload,
    identity: [namespace, what, ...parts].map((part) => part ?? '').join('|'),
  };
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
