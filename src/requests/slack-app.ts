import { randomUUID } from 'node:crypto';
import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { withRequestId } from '../db/engine/request-id.ts';
import type { ElapsedMs } from '../domain/time/clock.ts';
import type { Logger } from '../log.ts';
import type { Door } from './door.ts';
import { record } from './once/recorded.ts';
import { eventType, isToldOnce } from './once/recorded-events.ts';

/** What is told of each request: how long its ack took, by the kind of request. */
export type ObserveAck = (kind: string, tookMs: number) => void;

export type Watching = Pick<Door, 'db' | 'clock'> & { log: Logger; elapsedMs: ElapsedMs; observeAck: ObserveAck };

/** `properties` are those of an event that is redone. */
type Follower = (body: ReceiverEvent['body'], properties: object) => Promise<void>;

/**
 * Bolt's app, with what must happen to every request before any listener, in this order: it gets an id, which its log lines
 * and its messages carry; its ack is measured; an event that nothing else tells of is recorded, since Bolt acks events
 * before their listeners run; and it counts as under way until its listeners are done.
 */
export class SlackApp extends App {
  readonly #watching: Watching;
  readonly #running = new Set<Promise<unknown>>();
  readonly #followers = new Map<string, Follower>();

  constructor(options: AppOptions, watching: Watching) {
    super(options);
    this.#watching = watching;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    const work = withRequestId(randomUUID(), async () => {
      if (isToldOnce(event.body) && !event.customProperties?.isRedone) await record(this.#watching, event.body);
      const ack = this.#measured(event);
      const follow = this.#followers.get(String(eventType(event.body)));
      if (!follow) return super.processEvent({ ...event, ack });
      await ack();
      await follow(event.body, event.customProperties ?? {});
    });
    this.#running.add(work);
    try {
      await work;
    } finally {
      this.#running.delete(work);
    }
  }

  /**
   * Follows an event without opening its workspace first, as Bolt does for its listeners: that would refuse the news that
   * the app is no longer there, whenever it comes again.
   */
  follow(type: string, follower: Follower): void {
    this.#followers.set(type, follower);
  }

  /** Whether somebody waits for what was asked. */
  isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** Listeners go on after their ack, so stopping waits for them rather than for open requests. */
  async settled(deadlineMs: number): Promise<void> {
    const deadline = AbortSignal.timeout(deadlineMs);
    const expired = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve(), { once: true }));
    while (this.#running.size > 0 && !deadline.aborted)
      await Promise.race([Promise.allSettled(this.#running), expired]);
  }

  #measured({ ack, body }: ReceiverEvent): ReceiverEvent['ack'] {
    const { elapsedMs, observeAck, log } = this.#watching;
    const startedMs = elapsedMs();
    const kind = kindOf(body);
    let isAcked = false;
    return async (answer) => {
      await ack(answer);
      if (isAcked) return;
      isAcked = true;
      const tookMs = elapsedMs() - startedMs;
      observeAck(kind, tookMs);
      log.info({ kind, tookMs: Math.round(tookMs) }, 'acked');
    };
  }
}

const INTERACTIONS = new Set(['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action']);

// Only known words: a label for each thing that somebody sends would never end.
function kindOf(body: unknown): string {
  const { type, command } = body as { type?: unknown; command?: unknown };
  if (typeof command === 'string') return 'command';
  if (type === 'event_callback') return 'event';
  return typeof type === 'string' && INTERACTIONS.has(type) ? type : 'other';
}
