import { getTableColumns, sql } from 'drizzle-orm';
import { ERASED_WORDS } from '../../domain/people/erasure.ts';
import type { Db } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { indexReports, unindexReports } from '../grouping/matching.ts';
import { defects, reports } from '../schema/defects.ts';
import { terms } from '../schema/matching.ts';
import { areas, programs } from '../schema/workspaces.ts';
import { replaceInEveryTable } from './replace-in-every-table.ts';

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
  const { workspaceId, userId, pseudonym } = person;
  return replaceInEveryTable(tx, workspaceId, { pattern: `<@${userId}(\\|[^>]*)?>|\\m${userId}\\M`, by: pseudonym });
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
