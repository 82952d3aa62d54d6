import { getTableColumns, sql } from 'drizzle-orm';
import type { Transition } from '../../domain/defects/lifecycle.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import type { Defect } from '../defects/defects.ts';
import { type Because, eventRow } from '../defects/events.ts';
import { criteria, defectEvents, defects } from '../schema/defects.ts';
import { type Db, rows } from './client.ts';

/** Columns that settling sets; a defect that leaves one out gets null there. */
const SETTLED = [
  'state',
  'ownerId',
  'dueOn',
  'escape',
  'keepingNote',
  'fixKind',
  'acceptedAt',
  'claimedAt',
  'deployedAt',
  'windowDays',
  'windowEndsAt',
  'lastTriagedAt',
] as const satisfies readonly (keyof Defect)[];

export type SettledDefect = {
  defect: { id: number; programId: number };
  transitions: readonly { transition: Transition; because: Because }[];
  patch: Partial<Pick<Defect, (typeof SETTLED)[number]>>;
  criteria: readonly Criterion[];
  at: Date;
};

/**
 * Writes the transitions of many untouched defects to the log and to their projections, with a handful of statements.
 * One that is no longer new is left alone. Answers the ids of those that were settled.
 */
export async function settleMany(tx: Db, settled: readonly SettledDefect[]): Promise<Set<number>> {
  if (settled.length === 0) return new Set();
  const table = getTableColumns(defects);
  const names = SETTLED.map((key) => table[key].name);
  const values = settled.map(({ defect, patch }) => ({
    id: defect.id,
    ...Object.fromEntries(SETTLED.map((key) => [table[key].name, patch[key] ?? null])),
  }));
  const assignments = sql.raw(names.map((name) => `${name} = given.${name}`).join(', '));
  const types = sql.raw(SETTLED.map((key) => `${table[key].name} ${table[key].getSQLType()}`).join(', '));
  const changed = await rows<{ id: number }>(
    tx,
    sql`update defects set ${assignments}
        from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as given(id bigint, ${types})
        where defects.id = given.id and defects.state = 'new'
        returning defects.id::float8 as id`,
  );
  const ids = new Set(changed.map(({ id }) => id));
  const done = settled.filter(({ defect }) => ids.has(defect.id));
  const events = done.flatMap(({ defect, transitions }) =>
    transitions.map(({ transition, because }) => eventRow(defect, transition, because)),
  );
  const asked = done.flatMap((one) =>
    one.criteria.map((criterion) => ({ defectId: one.defect.id, criterion, createdAt: one.at })),
  );
  if (events.length > 0) await tx.insert(defectEvents).values(events);
  if (asked.length > 0) await tx.insert(criteria).values(asked);
  return ids;
}
