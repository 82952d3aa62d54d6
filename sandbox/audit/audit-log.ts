import type { BrokenRule, CallRecord, DeliveryRecord } from './records.ts';

export type AuditLog = ReturnType<typeof createAuditLog>;

const KEPT = 20_000;

function bounded<Entry>() {
  let entries: Entry[] = [];
  return {
    add(entry: Entry): void {
      entries.push(entry);
      if (entries.length > KEPT * 1.5) entries = entries.slice(-KEPT);
    },
    all: () => entries,
    clear() {
      entries = [];
    },
  };
}

/** What happened, the newest twenty thousand entries of each sort. */
export function createAuditLog() {
  const calls = bounded<CallRecord>();
  const deliveries = bounded<DeliveryRecord>();
  const brokenRules = bounded<BrokenRule>();
  let lastId = 0;
  return {
    calls,
    deliveries,
    brokenRules,
    nextId: () => {
      lastId += 1;
      return lastId;
    },
    clear() {
      for (const log of [calls, deliveries, brokenRules]) log.clear();
    },
  };
}
