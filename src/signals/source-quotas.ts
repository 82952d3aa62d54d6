import { type Bucket, fullBucket, refill, secondsUntilLeft } from '../domain/signals/quota.ts';
import type { ElapsedMs } from '../domain/time/clock.ts';

export type Quotas = {
  deliveriesAMinute: number;
  bytesAMinute: number;
  /** Of bodies that somebody else than the source's sender sent to its address. */
  strangerBytesAMinute: number;
};

/**
 * A hundred deliveries a second are more than any of the senders makes of one program in an outage; thirty-two full bodies
 * a minute keep the embedded database busy for a tenth of the time. Each process counts by itself, so that a refusal costs
 * no statement: of several processes behind one address each lets as much through.
 */
export const QUOTAS: Quotas = {
  deliveriesAMinute: 6_000,
  bytesAMinute: 32 * 1_048_576,
  strangerBytesAMinute: 8 * 1_048_576,
};

/** Too much for now: when there is room again, and what was too much. */
export type Wait = { seconds: number; words: string };

export type SourceQuotas = {
  /** Whether a source has to wait before anything of it is read. */
  waitOf: (sourceId: number) => Wait | null;
  /** Counts a genuine delivery, unless others have used up the quota meanwhile. */
  spend: (sourceId: number, bytes: number) => Wait | null;
  /** Counts a body that was not genuine; strangers use up nothing of what the sender may send. */
  spendStranger: (sourceId: number, bytes: number) => void;
  /** Whether strangers have sent so much to this address that no large body is read there. */
  strangerWaitOf: (sourceId: number) => Wait | null;
};

export function countQuotas(elapsedMs: ElapsedMs, quotas: Quotas = QUOTAS): SourceQuotas {
  const deliveries = buckets(elapsedMs, quotas.deliveriesAMinute);
  const bytes = buckets(elapsedMs, quotas.bytesAMinute);
  const strangers = buckets(elapsedMs, quotas.strangerBytesAMinute);
  const waitOf = (sourceId: number): Wait | null =>
    tooMuch(deliveries.waitOf(sourceId), `It sends more than ${quotas.deliveriesAMinute} deliveries a minute.`) ??
    tooMuch(bytes.waitOf(sourceId), `It sends more than ${quotas.bytesAMinute} bytes a minute.`);
  return {
    waitOf,
    spend: (sourceId, length) => {
      const wait = waitOf(sourceId);
      if (wait) return wait;
      deliveries.spend(sourceId, 1);
      bytes.spend(sourceId, length);
      return null;
    },
    spendStranger: strangers.spend,
    strangerWaitOf: (sourceId) =>
      tooMuch(strangers.waitOf(sourceId), 'Somebody sends much to this address that is not signed with its secret.'),
  };
}

function tooMuch(seconds: number, words: string): Wait | null {
  return seconds > 0 ? { seconds, words } : null;
}

/** A bucket for each source that has sent anything: as many as people have added. */
function buckets(elapsedMs: ElapsedMs, aMinute: number) {
  const bySource = new Map<number, Bucket>();
  const now = (sourceId: number): Bucket => {
    const nowMs = elapsedMs();
    return refill(bySource.get(sourceId) ?? fullBucket(aMinute, nowMs), aMinute, nowMs);
  };
  return {
    waitOf: (sourceId: number) => secondsUntilLeft(now(sourceId), aMinute),
    spend: (sourceId: number, amount: number) => {
      const { left, atMs } = now(sourceId);
      bySource.set(sourceId, { left: left - amount, atMs });
    },
  };
}
