import type { ClaimedMessage } from '../db/messages/outbox-claims.ts';
import { isAnythingDue, isAnythingWaiting } from '../db/messages/waiting-messages.ts';
import type { ChartRenderer } from './chart-pictures.ts';
import { type InFlight, startDue } from './deliver.ts';
import { type Delivery, type Outcome, placeOf } from './deliver-message.ts';
import { createPacer, EDITS, type Pace, POSTS } from './pacer.ts';

/** How fast posts into one channel, and edits, may follow each other. */
export type Paces = { posts: Pace; edits: Pace };

export type DelivererOptions = Pick<
  Delivery,
  'db' | 'clientOf' | 'clock' | 'elapsedMs' | 'owner' | 'random' | 'log' | 'mayBeTold'
> & {
  leaseMs?: number;
  /** No other process enqueues, and whoever does in this one wakes it: with nothing to wait for it need not look. */
  isAlone?: boolean | undefined;
  /** Where others must not wait behind it; as many as are sent at once unless given. */
  mostOfOne?: number | undefined;
  ambiguousWaitMs?: number;
  /** How often a workspace may be asked for its history, where Slack limits that; as often as one likes unless given. */
  lookEveryMs?: number | undefined;
  /** What the charts of messages are drawn with; without it they are said in words. */
  chartRenderer?: ChartRenderer | undefined;
  /** Slack's own limits unless given: where the clock is moved, a real second means nothing. */
  paces?: Paces | undefined;
  /** Hears what became of each message that was claimed, for the metrics. */
  observe?: (outcome: Outcome, tookMs: number) => void;
};

export type Deliverer = {
  /** Call it after a commit that enqueued something, so that it is sent at once. */
  wake: () => void;
  /** Resolves when nothing more is due and nothing is in flight. */
  idle: () => Promise<void>;
  /** Claims nothing more and waits for what is in flight, at most this long. False where that was too short. */
  stop: (deadlineMs?: number) => Promise<boolean>;
};

// The lease outlives the last moment at which a send may start, its timeout and the rest that a lost answer needs.
const LEASE_MS = 60_000;
// https://docs.slack.dev says no figure; a request that times out here may still be under way inside Slack.
const AMBIGUOUS_WAIT_MS = 30_000;
// What other processes enqueue is found by looking, and so are leases and rests that end.
const POLL_MS = 1_000;
const POLL_ALONE_MS = 60_000;
const MOST_IN_FLIGHT = 50;
// A workspace is never slowed down; it only rests where its token is refused.
const UNPACED = { perSecond: 1_000_000, burst: 1_000_000 };

/** Sends what is due until it is stopped. Several may run on one PostgreSQL; none of them leads. */
export function startDeliverer(options: DelivererOptions): Deliverer {
  const { clock, elapsedMs, log, observe } = options;
  const delivery: Delivery = {
    ...options,
    posts: createPacer(options.paces?.posts ?? POSTS),
    postPace: options.paces?.posts ?? POSTS,
    edits: createPacer(options.paces?.edits ?? EDITS),
    workspaces: createPacer(UNPACED),
    mostOfOne: options.mostOfOne ?? MOST_IN_FLIGHT,
    leaseMs: options.leaseMs ?? LEASE_MS,
    ambiguousWaitMs: options.ambiguousWaitMs ?? AMBIGUOUS_WAIT_MS,
    looks: options.lookEveryMs ? { everyMs: options.lookEveryMs, cursors: new Map() } : undefined,
    chartRenderer: options.chartRenderer && { ...options.chartRenderer, kept: new Map() },
  };
  const inFlight = new Map<number, { message: ClaimedMessage; settled: Promise<void> }>();
  let isStopped = false;
  let isAwake = true;
  let rouse = () => {};
  const idlers: (() => void)[] = [];
  const wake = () => {
    isAwake = true;
    rouse();
  };

  const held = () => delivery.workspaces.busy(elapsedMs());

  const pass = async () => {
    const room = MOST_IN_FLIGHT - inFlight.size;
    if (room <= 0) return;
    // Asked each second and most often not so: it costs far less than a claim.
    if (!(await isAnythingDue(delivery.db, clock.now(), held()))) return;
    for (const { message, outcome } of await startDue(delivery, room, underWay(inFlight.values()))) {
      const startedMs = elapsedMs();
      const about = {
        message: message.id,
        workspace: message.workspaceId,
        key: message.dedupeKey,
        channel: message.channel,
        ...(message.requestId ? { request: message.requestId } : {}),
      };
      const settled = outcome
        .then((became) => {
          observe?.(became, elapsedMs() - startedMs);
          const level = became === 'dead' ? 'error' : became === 'sent' ? 'info' : 'warn';
          log[level]({ ...about, outcome: became, attempts: message.attempts }, 'message settled');
        })
        .catch((error: unknown) => log.error({ ...about, error }, 'the outcome of a message was not recorded'))
        .finally(() => {
          inFlight.delete(message.id);
          wake();
        });
      inFlight.set(message.id, { message, settled });
      isAwake = true;
    }
  };

  const releaseIdlers = async () => {
    if (idlers.length === 0 || isAwake || inFlight.size > 0) return;
    const isBusy = await isAnythingDue(options.db, clock.now(), held()).catch(() => false);
    if (!isBusy && !isAwake) for (const release of idlers.splice(0)) release();
  };

  const sleepAtMost = (longestMs: number) =>
    new Promise<void>((resolve) => {
      const nowMs = elapsedMs();
      const freeMs = Math.min(
        delivery.posts.nextFreeAtMs(nowMs) ?? Infinity,
        delivery.edits.nextFreeAtMs(nowMs) ?? Infinity,
        delivery.workspaces.nextFreeAtMs(nowMs) ?? Infinity,
      );
      const timer = setTimeout(resolve, Math.max(1, Math.min(longestMs, Math.ceil(freeMs - nowMs))));
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isAwake || isStopped) rouse();
    });

  const hasNothingToWaitFor = async () =>
    options.isAlone && !isAwake && inFlight.size === 0 && !(await isAnythingWaiting(options.db));

  const loop = (async () => {
    while (!isStopped) {
      isAwake = false;
      let longestMs = POLL_MS;
      try {
        await pass();
        if (await hasNothingToWaitFor()) longestMs = POLL_ALONE_MS;
      } catch (error) {
        log.error({ error }, 'the outbox could not be read');
        isAwake = false;
      }
      await releaseIdlers();
      await sleepAtMost(longestMs);
    }
    for (const release of idlers.splice(0)) release();
  })();
  const unfollow = clock.onChange(wake);

  return {
    wake,
    idle: () =>
      new Promise((resolve) => {
        if (isStopped) return resolve();
        idlers.push(resolve);
        wake();
      }),
    stop: async (deadlineMs = 15_000) => {
      isStopped = true;
      unfollow();
      wake();
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<false>((resolve) => {
        timer = setTimeout(resolve, deadlineMs, false);
      });
      const finished = loop
        .then(() => Promise.all([...inFlight.values()].map(({ settled }) => settled)))
        .then(() => true);
      const isFinished = await Promise.race([finished, deadline]);
      clearTimeout(timer);
      return isFinished;
    },
  };
}

function underWay(sending: Iterable<{ message: ClaimedMessage }>): InFlight {
  const places: string[] = [];
  const counts: Record<string, number> = {};
  for (const { message } of sending) {
    if (message.kind === 'post') places.push(placeOf(message));
    counts[message.workspaceId] = (counts[message.workspaceId] ?? 0) + 1;
  }
  return { places, counts };
}
