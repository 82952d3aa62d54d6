import { sql } from 'drizzle-orm';
import { pseudonymPrefix } from '../../domain/people/erasure.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { eraseReportWords } from '../people/erasure.ts';
import { auditEntries } from '../schema/audit.ts';
import { defectEvents, reports } from '../schema/defects.ts';
import { signalDeliveries, signalSources } from '../schema/signals.ts';
import { programs } from '../schema/workspaces.ts';

/** A program and the instant before which something of it goes. */
export type Before = { programId: number; before: Date };

/** Erases the words of at most `limit` old reports, in one transaction. Answers how many. */
export async function eraseOldWords(db: Db, { programId, before }: Before, limit: number, at: Date): Promise<number> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const old = await rows<{ id: number }>(
      tx,
      sql`select id::float8 as id from ${reports}
          where program_id = ${programId} and words_erased_at is null and filed_at < ${instant(before)}
          order by filed_at limit ${limit} for no key update skip locked`,
    );
    await eraseReportWords(
      tx,
      programId,
      old.map(({ id }) => id),
      at,
    );
    return old.length;
  });
}

/**
 * Gives people a pseudonym each whose words are all erased: nobody is counted twice, or not at all, since all reports of one
 * person change together. Whoever still reports keeps the name. Answers how many people.
 */
export async function eraseOldReporters(db: Db, programId: number): Promise<number> {
  const gone = await rows(
    db,
    sql`with gone as materialized (
          select reporter_id, ${pseudonymPrefix} || left(gen_random_uuid()::text, 8) as pseudonym from (
            select reporter_id from ${reports} where program_id = ${programId} and source in ('slack', 'import')
            group by reporter_id
            having bool_and(words_erased_at is not null) and not starts_with(reporter_id, ${pseudonymPrefix})
          ) silent
        ), told as (
          update ${defectEvents} event set actor_id = gone.pseudonym from gone
          where event.program_id = ${programId} and event.actor_id = gone.reporter_id
            and event.kind in ('reported', 'report_joined')
        ), renamed as (
          update ${reports} report set reporter_id = gone.pseudonym from gone
          where report.program_id = ${programId} and report.reporter_id = gone.reporter_id
        )
        select reporter_id from gone`,
  );
  return gone.length;
}

/** Deletes at most `limit` old lines of a program's audit, oldest first. Answers how many. */
export async function deleteOldAudit(db: Db, { programId, before }: Before, limit: number): Promise<number> {
  const deleted = await rows(
    db,
    sql`delete from ${auditEntries} where id in (
          select id from ${auditEntries} where program_id = ${programId} and at < ${instant(before)}
          order by at limit ${limit}) returning 1 as one`,
  );
  return deleted.length;
}

/** Forgets deliveries that were worked on and are older than their program keeps them. */
export async function forgetDeliveries(db: Db, now: Date): Promise<void> {
  await db.execute(
    sql`delete from ${signalDeliveries} delivery using ${signalSources} source, ${programs} program
        where source.id = delivery.source_id and program.id = source.program_id and delivery.state <> 'waiting'
          and delivery.received_at < ${instant(now)} - program.delivery_days * interval '1 day'`,
  );
}
