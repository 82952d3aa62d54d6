import { randomUUID } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { BotMetrics } from './bot-metrics.ts';
import { withRequestId } from './db/request-id.ts';
import type { ElapsedMs } from './domain/clock.ts';
import type { Logger } from './log.ts';

/** Gives every request of Slack an id, which its log lines and its messages carry, and measures its ack. */
export function watchRequests(app: App, options: { elapsedMs: ElapsedMs; metrics: BotMetrics; log: Logger }): void {
  const { elapsedMs, metrics, log } = options;
  const process = app.processEvent.bind(app);
  app.processEvent = (event) =>
    withRequestId(randomUUID(), () => {
      const startedMs = elapsedMs();
      const kind = kindOf(event.body);
      let isAcked = false;
      const ack: typeof event.ack = async (answer) => {
        await event.ack(answer);
        if (isAcked) return;
        isAcked = true;
        const tookMs = elapsedMs() - startedMs;
        metrics.acks.observe(tookMs / 1_000, { kind });
        log.info({ kind, tookMs: Math.round(tookMs) }, 'acked');
      };
      return process({ ...event, ack });
    });
}

const INTERACTIONS = new Set(['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action']);

// Only known words: a label for each thing that somebody sends would never end.
function kindOf(body: unknown): string {
  const { type, command } = body as { type?: unknown; command?: unknown };
  if (typeof command === 'string') return 'command';
  if (type === 'event_callback') return 'event';
  return typeof type === 'string' && INTERACTIONS.has(type) ? type : 'other';
}
