import { type AnyColumn, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Kept } from '../../domain/programs/retention.ts';
import type { Db } from '../engine/client.ts';
import { liveMessages, openHomes } from '../schema/live-messages.ts';
import { channelPaces, maintenanceDays, outbox, requests } from '../schema/messages.ts';
import { firingCounts, metricPushes, metricReadings } from '../schema/reliability.ts';
import { nudges, occurrences } from '../schema/rituals.ts';
import { signalEnds, signalLeftOut, signalRuns } from '../schema/signals.ts';

type Old = { table: PgTable; age: AnyColumn; only?: SQLWrapper };

// A reply or an edit that still waits asks where its post stands.
const nobodyWaitsForIt = sql`not exists (
  select from outbox waiting where waiting.state = 'due' and waiting.workspace_id = ${outbox.workspaceId}
    and coalesce(waiting.target_key, waiting.parent_key) = ${outbox.dedupeKey})`;

const OLD: Record<Kept, Old> = {
  edits: {
    table: outbox,
    age: outbox.createdAt,
    only: sql`${outbox.kind} = 'update' and ${outbox.state} <> 'due' and ${outbox.state} <> 'dead'`,
  },
  'sent posts': {
    table: outbox,
    age: outbox.createdAt,
    only: sql`${outbox.kind} = 'post' and ${outbox.state} <> 'due' and ${outbox.state} <> 'dead' and ${nobodyWaitsForIt}`,
  },
  'dead messages': {
    table: outbox,
    age: outbox.createdAt,
    only: sql`${outbox.state} <> 'due' and ${outbox.state} = 'dead'`,
  },
  paces: { table: channelPaces, age: channelPaces.nextAt },
  requests: { table: requests, age: requests.receivedAt, only: sql`${requests.state} = 'closed'` },
  'maintenance days': { table: maintenanceDays, age: maintenanceDays.startedAt },
  nudges: { table: nudges, age: nudges.sentAt },
  'live messages': { table: liveMessages, age: liveMessages.sentAt },
  'open homes': { table: openHomes, age: openHomes.openedAt },
  occurrences: { table: occurrences, age: occurrences.dueAt },
  readings: { table: metricReadings, age: metricReadings.endsAt },
  'pushed figures': { table: metricPushes, age: metricPushes.endsAt },
  'firing counts': { table: firingCounts, age: firingCounts.endsAt },
  'early ends': { table: signalEnds, age: signalEnds.keptAt },
  'left out': { table: signalLeftOut, age: signalLeftOut.lastAt },
  runs: { table: signalRuns, age: signalRuns.startsAt },
};

/** Deletes at most `limit` of what is older, oldest first. Returns how many: fewer than `limit` where nothing is left. */
export async function deleteOld(db: Db, what: Kept, before: Date, limit: number): Promise<number> {
  const oldest = oldestOf(what, before, limit);
  const { table } = OLD[what];
  const deleted = await db.delete(table).where(sql`ctid in (${oldest})`).returning({ one: sql<number>`1` });
  return deleted.length;
}

export function oldestOf(what: Kept, before: Date, limit: number): SQL {
  const { table, age, only } = OLD[what];
  const old = lt(age, before);
  const where = only ? sql`${old} and ${only}` : old;
  return sql`select ctid from ${table} where ${where} order by ${age} limit ${limit}`;
}
