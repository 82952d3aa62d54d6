import { describe, expect, it } from 'vitest';
import { subjectOf, withoutGenerated } from '../../../src/domain/signals/alert-subject.ts';

const subject = (labels: Record<string, string>) => subjectOf((name) => labels[name] ?? null, Object.keys(labels));
const SEEN_BY_KUBE = { job: 'kube-state-metrics', service: 'kube-state-metrics', instance: '10.42.3.17:8080' };

describe('what an alert is about', () => {
  it.each([
    [
      'a workload by its own label',
      { deployment: 'ledger', namespace: 'billing', pod: 'kube-state-metrics-0' },
      'ledger in billing',
    ],
    ['a workload by its pod', { pod: 'ledger-7d9f8b6c5d-x2x4q', namespace: 'billing' }, 'ledger in billing'],
    ['a pod that a scrape has pushed aside', { exported_pod: 'ledger-0', pod: 'kube-state-metrics-0' }, 'ledger'],
    ['a job that a schedule has made', { job_name: 'backup-28419420', namespace: 'ops' }, 'backup in ops'],
    ['a volume', { persistentvolumeclaim: 'data-postgres-0', namespace: 'ops' }, 'data-postgres in ops'],
    ['a node', { node: 'node-3', pod: 'kube-state-metrics-7d9f8b6c5d-x2x4q' }, 'node-3'],
  ])('is %s', (_, labels, what) => {
    expect(subject({ ...SEEN_BY_KUBE, ...labels }).what).toBe(what);
  });

  it.each([
    ['a service', { service: 'ledger', namespace: 'billing' }, 'ledger in billing'],
    ['a job', { job: 'checkout', instance: '10.0.0.7:9090' }, 'checkout'],
    ['the jobs of a rule that was asked about them', { job: 'node-exporter' }, 'node-exporter'],
    [
      'what a probe was pointed at',
      { job: 'blackbox', instance: 'https://checkout.example' },
      'https://checkout.example',
    ],
    ['the host of an exporter', { job: 'node-exporter', instance: 'db-1.example:9100' }, 'db-1.example'],
    ['a queue beside its service', { service: 'ledger', queue: 'invoices' }, 'ledger invoices'],
    ['nothing that is named', { instance: '10.42.3.17:8080', job: 'kube-state-metrics' }, null],
  ])('is %s', (_, labels, what) => {
    expect(subject(labels as Record<string, string>).what).toBe(what);
  });

  it('is the same whoever has seen it and in whichever of its pods', () => {
    const one = subject({ ...SEEN_BY_KUBE, pod: 'ledger-7d9f8b6c5d-x2x4q', namespace: 'billing' });
    const other = subject({
      job: 'agent',
      instance: '10.1.1.1:1',
      pod: 'ledger-6c8d7f5b94-9kk2p',
      namespace: 'billing',
    });
    expect(other.identity).toBe(one.identity);
  });

  it('is the same whatever says how bad it is, where it runs and in which revision', () => {
    const seen = { job: 'cloudwatch-exporter', load_balancer: 'app/shop' };
    const changed = { severity: 'critical', region: 'eu', revision_name: 'shop-00042', code: '503', value: '17' };
    expect(subject({ ...seen, ...changed }).identity).toBe(subject({ ...seen, revision_name: 'shop-00041' }).identity);
    expect(subject(seen)).toMatchObject({ what: 'app/shop' });
  });

  it.each([
    [{ queue: 'invoices' }, { queue: 'emails' }],
    [{ mountpoint: '/data' }, { mountpoint: '/var' }],
    [{ endpoint: '/v1/pay' }, { endpoint: '/v1/refund' }],
    [{ namespace: 'billing' }, { namespace: 'ingest' }],
    [{ secret_name: 'shop-tls' }, { secret_name: 'admin-tls' }],
    [{ dimension_QueueName: 'orders' }, { dimension_QueueName: 'mails' }],
  ])('is not the same for %j and %j', (one, other) => {
    const service = { service: 'ledger' };
    const named = (labels: object) => subject({ ...service, ...labels } as Record<string, string>).identity;
    expect(named(one)).not.toBe(named(other));
  });

  it('does not hang on the name of the port that was scraped', () => {
    expect(subject({ service: 'ledger', endpoint: 'http' }).identity).toBe(subject({ service: 'ledger' }).identity);
  });
});

describe('the name of a workload', () => {
  it.each([
    ['sync-worker-7d9f8b6c5d-x2x4q', 'sync-worker'],
    ['sync-worker-7d9f8b6c5d', 'sync-worker'],
    ['schema-registry-0', 'schema-registry'],
    ['fluent-bit-8x2kq', 'fluent-bit'],
    ['backup-28419420-abc12', 'backup'],
    ['api-proxy', 'api-proxy'],
    ['my-frontend-proxy', 'my-frontend-proxy'],
    ['postgres', 'postgres'],
  ])('of %s is %s', (name, workload) => {
    expect(withoutGenerated(name)).toBe(workload);
  });
});
