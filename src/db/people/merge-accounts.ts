import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { defects, reports } from '../schema/defects.ts';
import { openHomes } from '../schema/live-messages.ts';
import { channelPaces } from '../schema/messages.ts';
import { nudges, snoozes } from '../schema/rituals.ts';
import { trackerPeople } from '../schema/trackers.ts';
import { areas, people, programs } from '../schema/workspaces.ts';
import { replaceInEveryTable } from './replace-in-every-table.ts';

/** By these messages and requests are known again, so they stay what they were called. */
const KEYS = ['dedupe_key', 'parent_key', 'target_key', 'key'];

/**
 * Puts the account `into` in the place of `userId` in all that a workspace stores. Where the two stand beside each other in
 * one row, or each has the row that only one may have, one is left; people are counted anew.
 */
export async function mergeAccounts(
  tx: Db,
  { workspaceId, userId, into }: { workspaceId: string; userId: string; into: string },
): Promise<void> {
  const ours = sql`program_id in (select id from ${programs} where workspace_id = ${workspaceId})`;
  // What the next look, visit or message writes again.
  await tx.execute(sql`delete from ${people} where workspace_id = ${workspaceId} and user_id = ${userId}`);
  await tx.execute(sql`delete from ${openHomes} where workspace_id = ${workspaceId} and user_id = ${userId}`);
  await tx.execute(sql`delete from ${channelPaces} where workspace_id = ${workspaceId} and channel = ${userId}`);
  await tx.execute(sql`delete from ${nudges} mine where user_id = ${userId} and ${ours} and exists (
    select 1 from ${nudges} theirs where theirs.program_id = mine.program_id and theirs.on_date = mine.on_date
      and theirs.user_id = ${into})`);
  await tx.execute(sql`delete from ${snoozes} mine where user_id = ${userId} and exists (
    select 1 from ${snoozes} theirs where theirs.defect_id = mine.defect_id and theirs.user_id = ${into})
    and defect_id in (select id from ${defects} where ${ours})`);
  await tx.execute(sql`delete from ${trackerPeople} mine where user_id = ${userId} and account is null and ${ours} and exists (
    select 1 from ${trackerPeople} theirs where theirs.program_id = mine.program_id and theirs.kind = mine.kind
      and theirs.home = mine.home and theirs.user_id = ${into})`);
  // Slack ids are letters and digits, which mean nothing else in a pattern.
  await replaceInEveryTable(tx, workspaceId, { pattern: `\\m${userId}\\M`, by: into, except: KEYS });
  for (const { table, scope } of [
    { table: programs, scope: sql`workspace_id = ${workspaceId}` },
    { table: areas, scope: ours },
  ])
    for (const column of Object.values(getTableColumns(table)))
      if (column.getSQLType() === 'text[]') await keepFirst(tx, table, { column: column.name, scope, name: into });
  await tx.execute(sql`update ${defects} set reporter_count = (
      select count(distinct reporter_id) from ${reports} where ${reports.defectId} = ${defects.id})
    where ${ours} and id in (select defect_id from ${reports} where reporter_id = ${into})`);
}

async function keepFirst(
  tx: Db,
  table: typeof programs | typeof areas,
  { column, scope, name }: { column: string; scope: SQL; name: string },
): Promise<void> {
  const list = sql.identifier(column);
  await tx.execute(sql`update ${table} set ${list} = array(
      select one from unnest(${list}) with ordinality listed (one, place) group by one order by min(place))
    where ${scope} and ${name} = any(${list})`);
}
