import { aDefect, type Golden, type GoldenDelivery } from './golden.ts';

let events = 0;

/** A V3 webhook event about an incident. */
function incident(type: string, over: object = {}, occurredAt = '2026-11-24T09:05:00.000Z'): GoldenDelivery {
  events += 1;
  return {
    body: {
      event: {
        id: `01GOLDEN${events}`,
        event_type: type,
        resource_type: 'incident',
        occurred_at: occurredAt,
        agent: null,
        client: null,
        data: {
          id: 'Q1GOLDEN',
          type: 'incident',
          self: 'https://api.pagerduty.example/incidents/Q1GOLDEN',
          html_url: 'https://harbour.pagerduty.example/incidents/Q1GOLDEN',
          number: 4411,
          status: 'triggered',
          incident_key: '3c1d5f0a',
          created_at: '2026-11-24T09:05:00Z',
          title: 'Order queue 31 stuck for 12 minutes',
          service: { id: 'PSHOP', summary: 'Shop', type: 'service_reference' },
          assignees: [],
          escalation_policy: { id: 'PESC', summary: 'Shop on call' },
          teams: [{ id: 'PTEAM', summary: 'Orders' }],
          priority: null,
          urgency: 'high',
          resolve_reason: null,
          ...over,
        },
      },
    },
  };
}

const TITLE = 'Order queue 31 stuck for 12 minutes';

export const PAGERDUTY: readonly Golden[] = [
  {
    kind: 'pagerduty',
    situation: 'an incident whose priority is set later',
    sends: [
      incident('incident.triggered'),
      incident('incident.priority_updated', { priority: { id: 'PP1', summary: 'P1' } }, '2026-11-24T09:06:00.000Z'),
    ],
    becomes: [aDefect(TITLE, { severity: 'S1', card: ['Service: Shop', 'Teams: Orders', 'Priority: P1'] })],
  },
  {
    kind: 'pagerduty',
    situation: 'a priority of an incident that was never told',
    sends: [incident('incident.priority_updated', { priority: { id: 'PP3', summary: 'P3' } })],
    becomes: [aDefect(TITLE, { severity: 'S3' })],
  },
  {
    kind: 'pagerduty',
    situation: 'the same failure in two incidents, of which one is resolved',
    sends: [
      incident('incident.triggered'),
      incident('incident.resolved', { status: 'resolved' }, '2026-11-24T09:20:00.000Z'),
      incident(
        'incident.triggered',
        { id: 'Q2GOLDEN', number: 4412, title: 'Order queue 7 stuck for 3 minutes' },
        '2026-11-24T09:40:00.000Z',
      ),
    ],
    becomes: [aDefect(TITLE, { severity: 'S2', occurrences: 2, over: 1 })],
  },
  {
    kind: 'pagerduty',
    situation: 'resolved, and reopened',
    sends: [
      incident('incident.triggered'),
      incident('incident.resolved', { status: 'resolved' }, '2026-11-24T09:20:00.000Z'),
      incident('incident.reopened', {}, '2026-11-24T09:45:00.000Z'),
    ],
    becomes: [aDefect(TITLE, { severity: 'S2', occurrences: 2, over: 1 })],
  },
  {
    kind: 'pagerduty',
    situation: 'a priority after the end, and who acknowledged',
    sends: [
      incident('incident.acknowledged', { status: 'acknowledged' }),
      incident('incident.priority_updated', { status: 'resolved', priority: { summary: 'P1' } }),
    ],
    becomes: [],
    leftOut: [
      { event: 'incident.acknowledged', why: 'It tells of no failure.', count: 1 },
      { event: 'incident.priority_updated', why: 'The incident is resolved.', count: 1 },
    ],
  },
  {
    kind: 'pagerduty',
    situation: 'a priority with words behind its number',
    sends: [
      incident('incident.triggered'),
      incident('incident.priority_updated', { priority: { summary: 'P1 - Customers cannot pay' } }),
    ],
    becomes: [aDefect(TITLE, { severity: 'S1' })],
  },
];
