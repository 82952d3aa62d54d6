import { fingerprintOf } from '../../grouping/fingerprint.ts';
import { factsOf } from '../../reports/facts.ts';
import { instantAt, linesAt, textAt } from '../json-pointer.ts';
import { pathOfAccount } from '../runs.ts';
import { ignored, type Signal, type SignalDelivery } from '../signal.ts';
import { titleOf } from '../signal-title.ts';
import { descriptionOf, fingerprintKey, keyOf, seenAtOf } from '../signal-words.ts';

const OUTCOMES = [
  'sync_end',
  'connection_failure',
  'connection_successful',
  'transformation_succeeded',
  'transformation_failed',
  'dbt_run_succeeded',
  'dbt_run_failed',
];

const DELETIONS = ['delete_connector', 'delete_connection'];
/** What runs without a connector, by the place of its id. */
const RUNS = ['/transformation_id', '/dbt_job_id', '/dbt_project_id'];
/** What tells of a connection rather than of a run of it. */
const CONNECTIONS = ['connection_failure', 'connection_successful'];
const REASONS = ['/data/reason', '/data/result/description', '/data/result', '/data/error'];

/**
 * A Fivetran event. A connector that fails is one occurrence a sync; its next success resolves the connector.
 * A connector that is deleted fails no more. Each sync or transformation that has succeeded is a run of it; what has failed
 * is none, so that a webhook that tells of failures alone tells of no runs. Rescheduled and canceled syncs are neither, and
 * the set-up test has no sync at all.
 */
export function readFivetran({ body, deliveryKey, receivedAt }: SignalDelivery): Signal[] {
  const event = textAt(body, '/event');
  const status = textAt(body, '/data/status')?.toUpperCase() ?? null;
  const of = (name: string) => textAt(body, `/connector_${name}`) ?? textAt(body, `/connection_${name}`);
  if (event && DELETIONS.includes(event) && of('id')) {
    const at = seenAtOf(instantAt(body, '/created'), receivedAt);
    return [{ kind: 'resolution', key: keyOf('connector', of('id'), '*'), at }];
  }
  if (!event || !OUTCOMES.includes(event)) return ignored(event ?? 'no event');
  const at = seenAtOf(instantAt(body, '/created'), receivedAt);
  const connector = of('id') ?? RUNS.map((place) => textAt(body, place)).find((id) => id !== null) ?? null;
  const hasFailed = event.endsWith('fail') || event.includes('fail') || status?.startsWith('FAIL');
  const hasSucceeded = event.includes('succe') || status === 'SUCCESSFUL';
  if (hasSucceeded && !hasFailed && connector) {
    const isRun = !CONNECTIONS.includes(event);
    return [
      { kind: 'resolution', key: keyOf('connector', connector, '*'), at },
      ...(isRun ? [{ kind: 'runs', path: pathOfAccount(connector), ran: 1, at } as const] : []),
    ];
  }
  if (!hasFailed) return ignored(keyOf(event, status));
  const type = of('type') ?? 'transformation';
  const name =
    of('name') ?? textAt(body, '/transformation_name') ?? textAt(body, '/dbt_job_name') ?? connector ?? 'a connector';
  const reason = REASONS.map((place) => textAt(body, place)).find((words) => words !== null) ?? null;
  const task = textAt(body, '/data/taskType');
  const what = task ?? (reason ? fingerprintOf(reason) : event);
  return [
    {
      kind: 'report',
      key: keyOf('connector', connector, textAt(body, '/sync_id') ?? deliveryKey),
      fingerprint: fingerprintKey(`fivetran:${type}|${what}`),
      title: titleOf(`Fivetran ${type.replaceAll('_', ' ')} fails: ${task ?? reason ?? event.replaceAll('_', ' ')}`),
      event,
      description: descriptionOf([REASONS.map((place) => linesAt(body, place)).find((words) => words !== null)]),
      facts: factsOf([
        ['Connector', name],
        ['Connector id', connector],
        ['Connector type', type],
        ['Sync', textAt(body, '/sync_id')],
        ['Task', task],
        ['Destination', textAt(body, '/destination_group_id') ?? textAt(body, '/group_id')],
      ]),
      labels: [name, type, connector].filter((one) => one !== null),
      severity: null,
      areaNamed: null,
      account: connector,
      affected: connector ? 1 : 0,
      environment: null,
      vendor: null,
      link: null,
      seenAt: at,
    },
  ];
}
