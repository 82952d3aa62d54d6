import { Counter, Histogram, type Registry } from 'prom-client';
import type { Db } from '../db/engine/client.ts';
import type { PoolLoad } from '../db/engine/pool-load.ts';
import { listLongestWaiting, outboxStats } from '../db/messages/dead-letters.ts';
import { countOpenRequests } from '../db/messages/requests.ts';
import { countOutcomes } from '../db/programs/schedules.ts';
import type { Clock } from '../domain/time/clock.ts';
import { DAY_MS } from '../domain/time/durations.ts';
import { isReachable } from '../process/is-reachable.ts';
import { type GaugeSample, readGauge } from './read-gauge.ts';

/** What the bot counts about itself as it goes. */
export type BotMetrics = {
  acks: Histogram<'kind'>;
  sends: Counter<'outcome'>;
  sendSeconds: Histogram;
  ticks: Counter<'outcome'>;
  failures: Counter<'where'>;
};

// Slack gives up after three seconds.
const ACK_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
// However many workspaces there are, a scrape has no more lines than these.
const MOST_WORKSPACES = 10;
const SEND_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Registers what the bot tells about itself. alerts.yml names the four figures that are worth waking up for. */
export function botMetrics(
  registry: Registry,
  health: {
    db: Db;
    clock: Clock;
    /** Whether Slack can reach the bot at this moment. */
    isConnected: () => boolean;
    /** How often a connection to the database was lost since the start. */
    connectionsLost: () => number;
    databaseLoad: () => PoolLoad;
  },
): BotMetrics {
  registerGauges(registry, health);
  const registers = [registry];
  return {
    acks: new Histogram({
      name: 'burndown_ack_seconds',
      help: 'From the arrival of a request to its ack.',
      labelNames: ['kind'],
      buckets: ACK_SECONDS,
      registers,
    }),
    sends: new Counter({
      name: 'burndown_sends_total',
      help: 'Messages that were claimed, by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
    sendSeconds: new Histogram({
      name: 'burndown_send_seconds',
      help: 'From the claim of a message to its outcome.',
      buckets: SEND_SECONDS,
      registers,
    }),
    ticks: new Counter({
      name: 'burndown_ticks_total',
      help: 'Beats of the clock, by whether everything due could be run.',
      labelNames: ['outcome'],
      registers,
    }),
    failures: new Counter({
      name: 'burndown_failures_total',
      help: 'What went wrong, by where.',
      labelNames: ['where'],
      registers,
    }),
  };
}

function registerGauges(registry: Registry, health: Parameters<typeof botMetrics>[1]): void {
  const { db, clock } = health;
  const stats = () => outboxStats(db, clock.now());
  const gauge = (name: string, help: string, read: Parameters<typeof readGauge>[2], ...labelNames: string[]) =>
    readGauge(registry, { name, help, labelNames }, read);
  gauge(
    'burndown_outbox_messages',
    'Messages that wait, may have been sent, or could not be.',
    async () => {
      const { due, ambiguous, dead } = await stats();
      return samplesOf('state', { due, ambiguous, dead });
    },
    'state',
  );
  gauge('burndown_outbox_oldest_due_seconds', 'How long the oldest message has been due.', async () => [
    { value: (await stats()).oldestAgeSeconds },
  ]);
  gauge(
    'burndown_workspace_oldest_due_seconds',
    'How long the oldest message of a workspace has been due, of the ten where that is longest.',
    async () =>
      (await listLongestWaiting(db, clock.now(), MOST_WORKSPACES)).map(({ workspaceId, ageSeconds }) => ({
        labels: { workspace: workspaceId },
        value: ageSeconds,
      })),
    'workspace',
  );
  gauge('burndown_requests_open', 'Requests that were acked and are not done and told yet.', async () => [
    { value: await countOpenRequests(db) },
  ]);
  gauge(
    'burndown_occurrences_day',
    'Scheduled runs of the last day by how they ended.',
    async () => samplesOf('outcome', await countOutcomes(db, new Date(clock.now().getTime() - DAY_MS))),
    'outcome',
  );
  gauge('burndown_slack_connected', '1 while Slack can reach the bot.', () => [
    { value: health.isConnected() ? 1 : 0 },
  ]);
  gauge('burndown_database_reachable', '1 while the database answers within two seconds.', async () => [
    { value: (await isReachable(db)) ? 1 : 0 },
  ]);
  gauge('burndown_database_connections_lost', 'Lost connections to PostgreSQL since the start.', () => [
    { value: health.connectionsLost() },
  ]);
  gauge(
    'burndown_database_connections',
    'Connections to the database by their use.',
    () => {
      const { inUse, idle } = health.databaseLoad();
      return samplesOf('state', { in_use: inUse, idle });
    },
    'state',
  );
  gauge('burndown_database_waiting', 'Statements and transactions that wait for a connection.', () => [
    { value: health.databaseLoad().waiting },
  ]);
}

function samplesOf(label: string, values: Readonly<Record<string, number>>): GaugeSample[] {
  return Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));
}
