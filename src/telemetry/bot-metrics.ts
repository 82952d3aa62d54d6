import type { Db } from '../db/engine/client.ts';
import type { PoolLoad } from '../db/engine/pool-load.ts';
import { outboxStats } from '../db/messages/dead-letters.ts';
import { countOpenRequests } from '../db/messages/requests.ts';
import { countOutcomes } from '../db/programs/schedules.ts';
import type { Clock } from '../domain/time/clock.ts';
import { isReachable } from '../process/is-reachable.ts';
import { type Counter, createMetrics, type Histogram } from './metrics.ts';

/** What the bot counts about itself, and how to print it. alerts.yml names the four that are worth waking up for. */
export type BotMetrics = {
  acks: Histogram;
  sends: Counter;
  sendSeconds: Histogram;
  ticks: Counter;
  failures: Counter;
  render: () => Promise<string>;
};

// Slack gives up after three seconds.
const ACK_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const SEND_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const DAY_MS = 86_400_000;

export function botMetrics(health: {
  db: Db;
  clock: Clock;
  /** Whether Slack can reach the bot at this moment. */
  isConnected: () => boolean;
  /** How often a connection to the database was lost since the start. */
  connectionsLost: () => number;
  databaseLoad: () => PoolLoad;
}): BotMetrics {
  const { db, clock } = health;
  const metrics = createMetrics();
  const stats = () => outboxStats(db, clock.now());
  metrics.gauge('burndown_outbox_messages', 'Messages that wait, may have been sent, or could not be.', async () => {
    const { due, ambiguous, dead } = await stats();
    return Object.entries({ due, ambiguous, dead }).map(([state, value]) => ({ labels: { state }, value }));
  });
  metrics.gauge('burndown_outbox_oldest_due_seconds', 'How long the oldest message has been due.', async () => [
    { value: (await stats()).oldestAgeSeconds },
  ]);
  metrics.gauge('burndown_requests_open', 'Requests that were acked and are not done and told yet.', async () => [
    { value: await countOpenRequests(db) },
  ]);
  metrics.gauge('burndown_occurrences_day', 'Scheduled runs of the last day by how they ended.', async () =>
    Object.entries(await countOutcomes(db, new Date(clock.now().getTime() - DAY_MS))).map(([outcome, value]) => ({
      labels: { outcome },
      value,
    })),
  );
  metrics.gauge('burndown_slack_connected', '1 while Slack can reach the bot.', async () => [
    { value: health.isConnected() ? 1 : 0 },
  ]);
  metrics.gauge('burndown_database_reachable', '1 while the database answers within two seconds.', async () => [
    { value: (await isReachable(db)) ? 1 : 0 },
  ]);
  metrics.gauge('burndown_database_connections_lost', 'Lost connections to PostgreSQL since the start.', async () => [
    { value: health.connectionsLost() },
  ]);
  metrics.gauge('burndown_database_connections', 'Connections to the database by their use.', async () => {
    const { inUse, idle } = health.databaseLoad();
    return Object.entries({ in_use: inUse, idle }).map(([state, value]) => ({ labels: { state }, value }));
  });
  metrics.gauge('burndown_database_waiting', 'Statements and transactions that wait for a connection.', async () => [
    { value: health.databaseLoad().waiting },
  ]);
  return {
    acks: metrics.histogram('burndown_ack_seconds', 'From the arrival of a request to its ack.', ACK_SECONDS),
    sends: metrics.counter('burndown_sends_total', 'Messages that were claimed, by what became of them.'),
    sendSeconds: metrics.histogram(
      'burndown_send_seconds',
      'From the claim of a message to its outcome.',
      SEND_SECONDS,
    ),
    ticks: metrics.counter('burndown_ticks_total', 'Beats of the clock, by whether everything due could be run.'),
    failures: metrics.counter('burndown_failures_total', 'What went wrong, by where.'),
    render: metrics.render,
  };
}
