import type { WebClient } from '@slack/web-api';
import type { Db } from '../db/engine/client.ts';
import { takeLook } from '../db/messages/look-budget.ts';
import type { SentMessage } from '../db/messages/outbox.ts';
import {
  type ClaimedMessage,
  holdChannel,
  markAmbiguous,
  markDead,
  markPointless,
  markRetry,
  markSent,
  remakeNewestEdit,
} from '../db/messages/outbox-claims.ts';
import type { Clock, ElapsedMs } from '../domain/time/clock.ts';
import { backoffMs, retryAfterMs } from './backoff.ts';
import type { ChartRenderer, Pictures } from './chart-pictures.ts';
import { classifyError, type SendFailure } from './classify-error.ts';
import { findOwnMessage } from './find-own-message.ts';
import { giveUp } from './give-up.ts';
import type { Pace, Pacer } from './pacer.ts';
import { sendWithCharts } from './send-with-charts.ts';
import { OUTSIDER } from './undelivered-notice.ts';

export type Outcome = 'sent' | 'found' | 'retry' | 'rate_limited' | 'ambiguous' | 'dead' | 'pointless' | 'released';

export type DeliveryLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type Delivery = {
  db: Db;
  /** Who posts into a workspace; undefined where the app is not installed. */
  clientOf: (workspaceId: string) => Promise<WebClient | undefined>;
  clock: Clock;
  elapsedMs: ElapsedMs;
  /** Unique to this start of this process. */
  owner: string;
  random: () => number;
  log: DeliveryLog;
  posts: Pacer;
  /** The pace that `posts` keeps, kept with the other replicas through the database. */
  postPace: Pace;
  edits: Pacer;
  /** The workspaces that nothing can be sent to for a while. */
  workspaces: Pacer;
  /** How many messages of one workspace may be on their way at once. */
  mostOfOne: number;
  /** Without it charts are said in words. `kept` has the pictures of messages that are still to be sent, by their ids. */
  chartRenderer?: (ChartRenderer & { kept: Map<number, Pictures> }) | undefined;
  /** Whether a person may be written to about a program; everybody may unless given. */
  mayBeTold?:
    | ((workspaceId: string, programId: number, userId: string) => Promise<'yes' | 'no' | 'unknown'>)
    | undefined;
  /** How often a workspace may be asked for its history, a page at a time; as often as one likes unless given. */
  looks?: { everyMs: number; cursors: Map<number, string> } | undefined;
  leaseMs: number;
  /** How long a lost answer rests before anybody looks for the message. */
  ambiguousWaitMs: number;
};

/** The key of the pacer of posts: a channel that two workspaces share has a pace in each. That of edits is the workspace. */
export function placeOf({ workspaceId, channel }: Pick<ClaimedMessage, 'workspaceId' | 'channel'>): string {
  return `${workspaceId} ${channel}`;
}

// How long a workspace rests whose token Slack refuses, or that has none.
const NOT_INSTALLED_MS = 60_000;

// With the longest wait of five minutes, a day of trouble.
const MOST_ATTEMPTS = 300;

/** Sends one claimed message and records what became of it. Throws only where the database does. */
export async function deliverMessage(delivery: Delivery, message: ClaimedMessage, claimedMs: number): Promise<Outcome> {
  const { db, owner } = delivery;
  const held = { id: message.id, owner };
  if (message.anchor && !message.anchor.sent) return followAnchor(delivery, message);
  const client = await delivery.clientOf(message.workspaceId);
  if (!client) return awaitInstallation(delivery, message);

  // A process that slept must not send what others may have taken over since.
  const lateAtMs = claimedMs + delivery.leaseMs / 3;
  const isLate = () => delivery.elapsedMs() > lateAtMs;
  const giveBack = async (): Promise<Outcome> => {
    await markRetry(db, held, { waitMs: 0, error: null, countsAsAttempt: false, ambiguous: message.ambiguous });
    return 'released';
  };
  if (message.kind === 'post' && message.ambiguous) {
    if (isLate()) return giveBack();
    try {
      const looked = await lookFor(delivery, client, message);
      if (looked && 'waitMs' in looked) return awaitLook(delivery, message, looked.waitMs);
      if (looked) {
        await recordSent(delivery, { client, message, sent: looked.sent });
        return 'found';
      }
    } catch (error) {
      return settleLookup(delivery, message, classifyError(error));
    }
  }
  const withheld = await withholdFromOutsiders(delivery, message);
  if (withheld) return withheld;
  let sent: Awaited<ReturnType<typeof sendWithCharts>>;
  try {
    sent = await sendWithCharts({ ...delivery, client }, message, lateAtMs);
  } catch (error) {
    return settleSend(delivery, message, classifyError(error));
  }
  if (!sent) return giveBack();
  await recordSent(delivery, { client, message, sent });
  return 'sent';
}

/** Looks for a post whose answer was lost. Where looks are scarce it is one page a time, and `waitMs` is until the next. */
async function lookFor(
  { db, looks }: Delivery,
  client: WebClient,
  message: ClaimedMessage,
): Promise<{ sent: SentMessage } | { waitMs: number } | null> {
  const waitMs = looks ? await takeLook(db, message.workspaceId, looks.everyMs) : 0;
  if (waitMs > 0) return { waitMs };
  const looked = await findOwnMessage(client, message, looks && { cursor: looks.cursors.get(message.id) });
  if (!looked || !('cursor' in looked)) {
    looks?.cursors.delete(message.id);
    return looked;
  }
  looks?.cursors.set(message.id, looked.cursor);
  return { waitMs: looks?.everyMs ?? 0 };
}

/** It may be there, so it is not posted before somebody could look; that is nobody's failure. */
async function awaitLook({ db, owner }: Delivery, message: ClaimedMessage, waitMs: number): Promise<Outcome> {
  const retry = { waitMs, error: 'look_later', countsAsAttempt: false, ambiguous: true };
  await markRetry(db, { id: message.id, owner }, retry);
  return 'ambiguous';
}

/**
 * A process that was stopped on its way to Slack goes on when another has done its work, and nothing can keep it from
 * that. Whichever of the two comes second finds the work done, and puts right what it did.
 */
async function recordSent(
  { db, clock, log }: Delivery,
  { client, message, sent }: { client: WebClient; message: ClaimedMessage; sent: SentMessage },
): Promise<void> {
  const earlier = await markSent(db, message.id, sent, clock.now());
  if (!earlier) return;
  if (message.kind === 'update') {
    if (message.anchor) await remakeNewestEdit(db, message.workspaceId, message.anchor.key);
    return;
  }
  if (earlier.ts === sent.ts) return;
  log.warn({ message: message.id, key: message.dedupeKey, earlier, sent }, 'a message was posted twice: taken back');
  await client.chat.delete(sent).catch(() => client.chat.delete(sent));
}

/** A direct message names defects, so it goes only to whoever may see their program when it is sent. */
async function withholdFromOutsiders(delivery: Delivery, message: ClaimedMessage): Promise<Outcome | null> {
  const { db, owner, random } = delivery;
  if (!delivery.mayBeTold || message.programId === null || !/^[UW]/.test(message.channel)) return null;
  const answer = await delivery.mayBeTold(message.workspaceId, message.programId, message.channel);
  if (answer === 'yes') return null;
  const held = { id: message.id, owner };
  if (answer === 'no') {
    if (message.kind === 'post') return giveUp(delivery, message, { code: OUTSIDER, mayBeThere: false });
    await markPointless(db, held, OUTSIDER);
    return 'pointless';
  }
  const waitMs = backoffMs(message.attempts, random);
  await markRetry(db, held, { waitMs, error: 'standing_unknown', countsAsAttempt: true, ambiguous: message.ambiguous });
  return 'retry';
}

async function followAnchor({ db, owner }: Delivery, message: ClaimedMessage): Promise<Outcome> {
  const error = message.kind === 'update' ? 'target_undelivered' : 'parent_undelivered';
  await markDead(db, { id: message.id, owner }, error);
  return 'dead';
}

/** Nothing of a workspace can go while nothing opens it, so all of it waits, and nobody else's with it. */
async function awaitInstallation(delivery: Delivery, message: ClaimedMessage): Promise<Outcome> {
  const { db, owner, elapsedMs, workspaces } = delivery;
  workspaces.block(message.workspaceId, elapsedMs(), NOT_INSTALLED_MS);
  const { ambiguous } = message;
  const retry = { waitMs: NOT_INSTALLED_MS, error: 'not_installed', countsAsAttempt: false, ambiguous };
  await markRetry(db, { id: message.id, owner }, retry);
  return 'retry';
}

async function settleSend(delivery: Delivery, message: ClaimedMessage, failure: SendFailure): Promise<Outcome> {
  const { db, owner, random } = delivery;
  const held = { id: message.id, owner };
  const isEdit = message.kind === 'update';
  if (failure.kind === 'not_installed')
    delivery.workspaces.block(message.workspaceId, delivery.elapsedMs(), NOT_INSTALLED_MS);
  if (failure.kind === 'rate_limited') {
    const waitMs = retryAfterMs(failure.retryAfterSeconds, random);
    if (isEdit) delivery.edits.block(message.workspaceId, delivery.elapsedMs(), waitMs);
    else {
      delivery.posts.block(placeOf(message), delivery.elapsedMs(), waitMs);
      await holdChannel(db, message, { waitMs, pace: delivery.postPace });
    }
    await markRetry(db, held, { waitMs, error: failure.code, countsAsAttempt: false, ambiguous: false });
    return 'rate_limited';
  }
  if (failure.kind === 'pointless' && isEdit) {
    await markPointless(db, held, failure.code);
    return 'pointless';
  }
  const isFinal = failure.kind === 'permanent' || failure.kind === 'pointless';
  const isUncertain = failure.kind === 'ambiguous' && !isEdit;
  if (isFinal || message.attempts + 1 >= MOST_ATTEMPTS) {
    return giveUp(delivery, message, { code: failure.code, mayBeThere: isUncertain });
  }
  const waitMs = backoffMs(message.attempts, random);
  if (isUncertain) {
    await markAmbiguous(db, held, Math.max(waitMs, delivery.ambiguousWaitMs), failure.code);
    return 'ambiguous';
  }
  // An edit whose answer was lost is simply made again: it says the same.
  await markRetry(db, held, { waitMs, error: failure.code, countsAsAttempt: true, ambiguous: false });
  return 'retry';
}

// A look that failed changes nothing: the message may still be there, so it is not posted.
async function settleLookup(delivery: Delivery, message: ClaimedMessage, failure: SendFailure): Promise<Outcome> {
  const { db, owner, random } = delivery;
  const held = { id: message.id, owner };
  const cannotLook = failure.code === 'missing_scope' || failure.kind === 'permanent' || failure.kind === 'pointless';
  if (cannotLook || message.attempts + 1 >= MOST_ATTEMPTS) {
    return giveUp(delivery, message, { code: failure.code, mayBeThere: true });
  }
  const isLimited = failure.kind === 'rate_limited';
  await markRetry(db, held, {
    waitMs: isLimited ? retryAfterMs(failure.retryAfterSeconds, random) : backoffMs(message.attempts, random),
    error: failure.code,
    countsAsAttempt: !isLimited,
    ambiguous: true,
  });
  return isLimited ? 'rate_limited' : 'ambiguous';
}
