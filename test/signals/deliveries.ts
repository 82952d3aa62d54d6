import { expect } from 'vitest';
import type { SignalKind } from '../../src/domain/signals/signal.ts';
import {
  ALERT,
  alertGroup,
  CLOUD_INCIDENT,
  ERROR_GROUP,
  FIVETRAN_FAILURE,
  GITHUB_ISSUE,
  OWN_JSON,
  PAGERDUTY_INCIDENT,
  SENTRY_ISSUE,
  STRIPE_EVENT,
} from './payloads.ts';

/** One delivery of each kind that files a defect, and what is known of it then. */
export const FILING: readonly { kind: SignalKind; body: object; files: object }[] = [
  {
    kind: 'alertmanager',
    body: alertGroup([ALERT]),
    files: {
      title: 'HighErrorRate: 7 % of payments fail (checkout)',
      severity: 'S1',
      area: 'billing',
      environment: 'production',
    },
  },
  {
    kind: 'cloud_monitoring',
    body: CLOUD_INCIDENT,
    files: {
      title: 'Checkout uptime: Uptime check failing (checkout.example)',
      severity: 'S2',
      environment: 'production',
    },
  },
  {
    kind: 'cloud_monitoring',
    body: ERROR_GROUP,
    files: {
      title: 'TypeError: amount is undefined',
      severity: 'S3',
      area: 'billing',
      link: ERROR_GROUP.group_info.detail_link,
    },
  },
  {
    kind: 'stripe',
    body: STRIPE_EVENT,
    files: {
      title: 'A payment failed',
      severity: 'S3',
      environment: 'production',
      affected: 1,
      facts: expect.arrayContaining([
        { label: 'Event', value: 'invoice.payment_failed' },
        { label: 'Billing reason', value: 'subscription_cycle' },
      ]),
    },
  },
  {
    kind: 'fivetran',
    body: FIVETRAN_FAILURE,
    files: { title: 'Fivetran google cloud postgresql fails: reconnect', severity: 'S3', affected: 1 },
  },
  {
    kind: 'sentry',
    body: SENTRY_ISSUE,
    files: { title: 'TypeError: amount is undefined', severity: 'S2', affected: 12 },
  },
  {
    kind: 'github',
    body: GITHUB_ISSUE,
    files: { title: 'Deploy hangs on a migration', severity: 'S2', area: 'deployment' },
  },
  {
    kind: 'pagerduty',
    body: PAGERDUTY_INCIDENT,
    files: { title: 'Checkout is down in eu-west-3', severity: 'S1' },
  },
  {
    kind: 'json',
    body: OWN_JSON,
    files: { title: 'Nightly export is empty', severity: 'S2', area: 'connectivity', affected: 1 },
  },
];

/** An hour of a service before the Monday. */
export const FIGURES = {
  from: '2026-11-23T07:00:00Z',
  to: '2026-11-23T08:00:00Z',
  total: 12_000,
  bad: 14,
  up: 0.9991,
  p99: { ms: 248, above: 100, up_to: 250 },
  slow: 40,
};

/** A delivery of each kind that is good for something. */
export const EVERY_KIND: readonly { kind: SignalKind; body: object }[] = [
  ...FILING,
  { kind: 'metrics', body: FIGURES },
];

/** Each kind's event that is none of our business. */
export const UNKNOWN_EVENTS: readonly { kind: SignalKind; body: object; headers?: Record<string, string> }[] = [
  { kind: 'alertmanager', body: alertGroup([{ ...ALERT, status: 'pending' }]) },
  {
    kind: 'cloud_monitoring',
    body: { version: 'test', incident: { incident_id: 'f2e08c333dc64cb09f75eaab355393bz', state: 'OPEN' } },
  },
  { kind: 'stripe', body: { ...STRIPE_EVENT, type: 'customer.created' } },
  {
    kind: 'fivetran',
    body: {
      event: 'test_event',
      created: '2026-11-23T08:50:08.638Z',
      connector_type: '_connector_type',
      connector_id: '_connector_1',
      group_id: '_destination_1',
    },
  },
  { kind: 'sentry', body: { action: 'created', data: {} }, headers: { 'sentry-hook-resource': 'comment' } },
  { kind: 'github', body: { zen: 'Keep it logically awesome.', hook_id: 1 }, headers: { 'x-github-event': 'ping' } },
  { kind: 'pagerduty', body: { event: { ...PAGERDUTY_INCIDENT.event, event_type: 'incident.annotated' } } },
  { kind: 'json', body: { hello: 'world' } },
  { kind: 'metrics', body: { hello: 'world' } },
];
