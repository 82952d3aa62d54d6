import { eq, getTableColumns, getTableName, inArray, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../engine/client.ts';
import { defects, reports } from '../schema/defects.ts';
import { installations } from '../schema/installations.ts';
import { maintenanceDays } from '../schema/messages.ts';
import { schedules, tranches, triages } from '../schema/rituals.ts';
import { signalSources } from '../schema/signals.ts';
import { areas, programs, workspaces } from '../schema/workspaces.ts';

/** What a row belongs to, by the column that says so; the first of them that each row of a table has counts. */
const PARENTS: readonly [column: string, parent: PgTable & { id: PgColumn }][] = [
  ['program_id', programs],
  ['defect_id', defects],
  ['report_id', reports],
  ['schedule_id', schedules],
  ['triage_id', triages],
  ['tranche_id', tranches],
  ['area_id', areas],
  ['source_id', signalSources],
];

/** The rows of a table that belong to a workspace. Throws for a table that says in no column whose its rows are. */
export function rowsOf(db: Db, table: PgTable, workspaceId: string): SQL {
  const columns = new Map(Object.values(getTableColumns(table)).map((column) => [column.name, column]));
  const own = table === workspaces || table === installations ? columns.get('id') : columns.get('workspace_id');
  if (own) return eq(own, workspaceId);
  for (const [name, parent] of PARENTS) {
    const column = columns.get(name);
    if (!column?.notNull) continue;
    return inArray(
      column,
      db
        .select({ id: parent.id })
        .from(parent)
        .where(rowsOf(db, parent, workspaceId)),
    );
  }
  // The days of the daily maintenance are nobody's.
  if (table === maintenanceDays) return inArray(maintenanceDays.onDate, []);
  throw new Error(`${getTableName(table)} does not say whose its rows are.`);
}
