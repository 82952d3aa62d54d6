import { aDefect, type Golden, type GoldenDelivery } from './golden.ts';

function event(name: string, over: object = {}, data: object = {}): GoldenDelivery {
  return {
    body: {
      event: name,
      created: '2026-11-24T08:05:11.102Z',
      connector_type: 'postgres_rds',
      connector_id: 'quiet_lantern',
      connector_name: 'orders_replica',
      sync_id: '0d9f4a31-77c2-4f0e-8d55-1b2a3c4d5e6f',
      destination_group_id: 'calm_harbour',
      data,
      ...over,
    },
  };
}

const FAILED = {
  status: 'FAILURE_WITH_TASK',
  reason: 'java.sql.SQLException: FATAL: password of role "sync" has expired',
  taskType: 'reconnect',
};
const TITLE = 'Fivetran postgres rds fails: reconnect';

export const FIVETRAN: readonly Golden[] = [
  {
    kind: 'fivetran',
    situation: 'a connector that fails in two syncs and then succeeds',
    sends: [
      event('sync_end', {}, FAILED),
      event('sync_end', { sync_id: 'sync-2', created: '2026-11-24T08:35:11Z' }, FAILED),
      event('sync_end', { sync_id: 'sync-3', created: '2026-11-24T09:05:11Z' }, { status: 'SUCCESSFUL' }),
    ],
    becomes: [
      aDefect(TITLE, {
        occurrences: 2,
        over: 2,
        accounts: ['quiet_lantern'],
        card: ['Connector: orders_replica', 'java.sql.SQLException: FATAL: password of role "sync" has expired'],
      }),
    ],
  },
  {
    kind: 'fivetran',
    situation: 'two connectors of one type with the same failure',
    sends: [
      event('sync_end', {}, FAILED),
      event('sync_end', { connector_id: 'brisk_anchor', connector_name: 'stock', sync_id: 'sync-4' }, FAILED),
    ],
    becomes: [aDefect(TITLE, { occurrences: 2, accounts: ['brisk_anchor', 'quiet_lantern'] })],
  },
  {
    kind: 'fivetran',
    situation: 'a connector that is deleted while it fails',
    sends: [event('sync_end', {}, FAILED), event('delete_connector', { created: '2026-11-24T09:00:00Z' })],
    becomes: [aDefect(TITLE, { over: 1, accounts: ['quiet_lantern'] })],
  },
  {
    kind: 'fivetran',
    situation: 'rescheduled, canceled, started, and the set-up test',
    sends: [
      event('sync_end', {}, { status: 'RESCHEDULED' }),
      event('sync_end', { sync_id: 'sync-5' }, { status: 'CANCELED' }),
      event('sync_start'),
      {
        body: {
          event: 'test_event',
          created: '2026-11-24T08:00:00Z',
          connector_type: '_connector_type',
          connector_id: '_connector_1',
          group_id: '_destination_1',
        },
      },
    ],
    becomes: [],
    leftOut: ['sync_end:RESCHEDULED', 'sync_end:CANCELED', 'sync_start', 'test_event'].map((name) => ({
      event: name,
      why: 'It tells of no failure.',
      count: 1,
    })),
  },
  {
    kind: 'fivetran',
    situation: 'a connector that its sender calls a connection, which fails and then succeeds',
    sends: ['FAILURE', 'SUCCESSFUL'].map((status, i) => ({
      body: {
        event: 'sync_end',
        created: `2026-11-24T08:0${i}:00Z`,
        connection_type: 'salesforce',
        connection_id: 'calm_harbour',
        connection_name: 'crm',
        sync_id: `sync-${i}`,
        data: { status, ...(i === 0 ? { reason: 'Session expired' } : {}) },
      },
    })),
    becomes: [
      aDefect('Fivetran salesforce fails: Session expired', {
        over: 1,
        accounts: ['calm_harbour'],
        card: ['Connector: crm'],
      }),
    ],
  },
  {
    kind: 'fivetran',
    situation: 'two runs of dbt, of which one succeeds in the end',
    sends: [
      {
        body: {
          event: 'dbt_run_failed',
          created: '2026-11-24T08:00:00Z',
          dbt_job_id: 'nightly',
          dbt_job_name: 'nightly',
          data: { result: { description: 'Model orders failed' } },
        },
      },
      {
        body: {
          event: 'dbt_run_failed',
          created: '2026-11-24T08:01:00Z',
          dbt_job_id: 'hourly',
          dbt_job_name: 'hourly',
          data: { result: { description: 'Model orders failed' } },
        },
      },
      {
        body: {
          event: 'dbt_run_succeeded',
          created: '2026-11-24T09:00:00Z',
          dbt_job_id: 'nightly',
          dbt_job_name: 'nightly',
          data: {},
        },
      },
    ],
    becomes: [
      aDefect('Fivetran transformation fails: Model orders failed', {
        occurrences: 2,
        over: 1,
        accounts: ['hourly', 'nightly'],
      }),
    ],
  },
];
