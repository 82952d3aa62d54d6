import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { ERASED_WORDS } from '../../domain/people/erasure.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { indexReports, unindexReports } from '../grouping/matching.ts';
import { defects, reports } from '../schema/defects.ts';
import { EVERY_TABLE } from '../schema/every-table.ts';
import { terms } from '../schema/matching.ts';
import { areas, programs } from '../schema/workspaces.ts';

/**
 * Erases what was told in reports of one program; who reported, when, how bad and how much it weighs stay. What a machine
 * or an import calls a report stays too, so that the same one is known when it comes again.
 */
export async function eraseReportWords(tx: Db, programId: number, ids: readonly number[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const given = sql`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  await unindexReports(tx, programId, ids);
  await tx.execute(sql`delete from ${terms} where program_id = ${programId} and report_count = 0`);
  await tx.execute(sql`
    update ${reports} set title = ${ERASED_WORDS}, description = '', link = null, facts = '[]'::jsonb,
      source_key = case when source = 'slack' then 'erased:' || id else source_key end,
      words_erased_at = ${instant(at)}
    where id in ${given}`);
  // They are still counted among the program's texts, without a word.
  await indexReports(
    tx,
    ids.map((id) => ({ id, programId, title: '', description: '' })),
  );
}

/**
 * Replaces a Slack user id by a pseudonym in every column of every table of a workspace, in lists and in JSON too. Answers
 * how many rows of each table named that person.
 */
export async function replacePerson(
  tx: Db,
  person: { workspaceId: string; userId: string; pseudonym: string },
): Promise<Map<string, number>> {
  await resignPerson(tx, person);
  const replaced = new Map<string, number>();
  for (const table of EVERY_TABLE) {
    const scope = scopeOf(table, person.workspaceId);
    const texts = Object.values(getTableColumns(table)).filter((column) => isText(column.getSQLType()));
    if (!scope || texts.length === 0) continue;
    const mentions = texts.map((column) => sql`${column}::text ~ ${wordOf(person.userId)}`);
    const values = texts.map((column) => {
      const given = sql`regexp_replace(${column}::text, ${mentionOf(person.userId)}, ${person.pseudonym}, 'g')`;
      return sql`${sql.identifier(column.name)} = ${given}::${sql.raw(column.getSQLType())}`;
    });
    const changed = await rows(
      tx,
      sql`update ${table} set ${sql.join(values, sql`, `)}
          where ${scope} and (${sql.join(mentions, sql` or `)}) returning 1 as one`,
    );
    if (changed.length > 0) replaced.set(getTableName(table), changed.length);
  }
  return replaced;
}

/** Nobody is led, owned or asked by a pseudonym: what is open stands without that person. */
async function resignPerson(tx: Db, { workspaceId, userId }: { workspaceId: string; userId: string }): Promise<void> {
  const ours = sql`program_id in (select id from ${programs} where workspace_id = ${workspaceId})`;
  await tx.execute(sql`update ${defects} set owner_id = null where owner_id = ${userId} and ${ours}`);
  await tx.execute(
    sql`update ${defects} set asked_user_id = null, asked_at = null where asked_user_id = ${userId} and ${ours}`,
  );
  await tx.execute(
    sql`update ${areas} set owner_ids = array_remove(owner_ids, ${userId}) where ${userId} = any(owner_ids) and ${ours}`,
  );
  for (const column of Object.values(getTableColumns(programs))) {
    const name = sql.identifier(column.name);
    const type = column.getSQLType();
    if (type === 'text[]')
      await tx.execute(
        sql`update ${programs} set ${name} = array_remove(${name}, ${userId}) where workspace_id = ${workspaceId}`,
      );
    else if (type === 'text' && !column.notNull)
      await tx.execute(
        sql`update ${programs} set ${name} = null where ${name} = ${userId} and workspace_id = ${workspaceId}`,
      );
  }
}

function isText(type: string): boolean {
  return type === 'text' || type === 'jsonb' || type === 'text[]';
}

// Slack ids are letters and digits, which mean nothing else in a pattern.
const wordOf = (userId: string) => `\\m${userId}\\M`;
const mentionOf = (userId: string) => `<@${userId}(\\|[^>]*)?>|\\m${userId}\\M`;

const SCOPES: readonly (readonly [column: string, of: (workspaceId: string) => SQL])[] = [
  ['workspace_id', (id) => sql`${id}`],
  ['program_id', (id) => sql`select id from programs where workspace_id = ${id}`],
  ['defect_id', (id) => ofPrograms('defects', id)],
  ['report_id', (id) => ofPrograms('reports', id)],
  ['triage_id', (id) => ofPrograms('triages', id)],
  ['tranche_id', (id) => ofPrograms('tranches', id)],
  ['schedule_id', (id) => ofPrograms('schedules', id)],
  ['source_id', (id) => ofPrograms('signal_sources', id)],
  ['area_id', (id) => ofPrograms('areas', id)],
];

function ofPrograms(table: string, workspaceId: string): SQL {
  return sql`select id from ${sql.identifier(table)} where program_id in (
    select id from programs where workspace_id = ${workspaceId})`;
}

/** Which rows of a table are a workspace's; undefined for the list of workspaces itself. */
function scopeOf(table: PgTable, workspaceId: string): SQL | undefined {
  const names = Object.values(getTableColumns(table)).map(({ name }) => name);
  const found = SCOPES.find(([column]) => names.includes(column));
  return found && sql`${sql.identifier(found[0])} in (${found[1](workspaceId)})`;
}
