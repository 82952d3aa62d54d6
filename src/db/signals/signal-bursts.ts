import { and, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Defect } from '../defects/defects.ts';
import { type Db, rows } from '../engine/client.ts';
import type { Report } from '../reports/reports.ts';
import { defects, reports } from '../schema/defects.ts';
import { signalOccurrences } from '../schema/signals.ts';

/** An occurrence by what names it. */
export type OccurrenceName = { sourceId: number; key: string };

/** The reports that one source has made of one failure within a span of time. */
export type BurstAsked = { programId: number; sourceId: number; fingerprint: string; from: Date; to: Date };

/** Those of the occurrences that are known already. */
export async function listKnownOccurrences(db: Db, named: readonly OccurrenceName[]): Promise<OccurrenceName[]> {
  if (named.length === 0) return [];
  return rows<OccurrenceName>(
    db,
    sql`select one.source_id::float8 as "sourceId", one.key
      from json_to_recordset(${JSON.stringify(named)}::text::json) as given("sourceId" bigint, key text)
      join signal_occurrences one on one.source_id = given."sourceId" and one.key = given.key`,
  );
}

/** An occurrence that several events may tell of. */
export type NamedKnown = OccurrenceName & {
  reportId: number;
  account: string | null;
  names: string[];
  startedAt: Date;
};

/** Those that share a name with any of these. */
export async function listOccurrencesNamed(
  db: Db,
  named: readonly { sourceId: number; names: readonly string[] }[],
): Promise<NamedKnown[]> {
  if (named.length === 0) return [];
  const names = [...new Set(named.flatMap((one) => one.names))];
  const sources = [...new Set(named.map(({ sourceId }) => sourceId))];
  return db
    .select({
      sourceId: signalOccurrences.sourceId,
      key: signalOccurrences.key,
      reportId: signalOccurrences.reportId,
      account: signalOccurrences.account,
      names: sql<string[]>`${signalOccurrences.names}`,
      startedAt: signalOccurrences.startedAt,
    })
    .from(signalOccurrences)
    .where(
      and(
        inArray(signalOccurrences.sourceId, sources),
        isNotNull(signalOccurrences.names),
        sql`${signalOccurrences.names} && array(select json_array_elements_text(${JSON.stringify(names)}::text::json))`,
      ),
    );
}

/** What occurrences are called, and whom they hit, after more has been told of them. */
export async function nameOccurrences(tx: Db, named: readonly NamedKnown[]): Promise<void> {
  if (named.length === 0) return;
  await tx.execute(sql`update signal_occurrences set names = array(select json_array_elements_text(given.names)),
      account = given.account
    from json_to_recordset(${JSON.stringify(named)}::text::json)
      as given("sourceId" bigint, key text, account text, names json)
    where signal_occurrences.source_id = given."sourceId" and signal_occurrences.key = given.key`);
}

/** Those of the instants at which occurrences of a report began. */
export async function listStartsOf(db: Db, reportIds: readonly number[], starts: readonly Date[]) {
  if (reportIds.length === 0 || starts.length === 0) return [];
  return db
    .selectDistinct({ reportId: signalOccurrences.reportId, startedAt: signalOccurrences.startedAt })
    .from(signalOccurrences)
    .where(and(inArray(signalOccurrences.reportId, [...reportIds]), inArray(signalOccurrences.startedAt, [...starts])));
}

/** The reports of all of these, in any order. */
export async function listReportsOfBursts(db: Db, asked: readonly BurstAsked[]): Promise<Report[]> {
  if (asked.length === 0) return [];
  const found = await rows<{ id: number }>(
    db,
    sql`select distinct reports.id::float8 as id
      from json_to_recordset(${JSON.stringify(asked)}::text::json)
        as given("programId" bigint, "sourceId" bigint, fingerprint text, "from" timestamptz, "to" timestamptz)
      join reports on reports.program_id = given."programId" and reports.fingerprint = given.fingerprint
        and reports.source = 'signal' and starts_with(reports.source_key, given."sourceId" || ':')
        and reports.seen_at between given."from" and given."to"`,
  );
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  return db.select().from(reports).where(inArray(reports.id, ids));
}

/** Those of the accounts that are among the occurrences that a report stands for. */
export async function listAccountsOf(
  db: Db,
  reportIds: readonly number[],
  accounts: readonly string[],
): Promise<{ reportId: number; account: string }[]> {
  if (reportIds.length === 0 || accounts.length === 0) return [];
  return rows<{ reportId: number; account: string }>(
    db,
    sql`select distinct report_id::float8 as "reportId", account from signal_occurrences
      where report_id = any(array(select json_array_elements_text(${JSON.stringify(reportIds)}::text::json)::bigint))
        and account = any(array(select json_array_elements_text(${JSON.stringify(accounts)}::text::json)))`,
  );
}

/** Holds defects against other writers until the transaction ends, in an order that no two wait for each other by. */
export async function lockDefects(tx: Db, ids: readonly number[]): Promise<Defect[]> {
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(defects)
    .where(inArray(defects.id, [...ids]))
    .orderBy(defects.id)
    .for('no key update');
}

/** Writes what occurrences have made of reports and of the defects they are of. */
export async function writeBursts(tx: Db, grown: readonly Report[], counted: readonly Defect[]): Promise<void> {
  if (grown.length > 0) {
    const given = grown.map(({ id, occurrences, starts, affected, severity, weight }) => ({
      id,
      occurrences,
      starts,
      affected,
      severity,
      weight,
    }));
    await tx.execute(sql`update reports set occurrences = given.occurrences, starts = given.starts,
        affected = given.affected, severity = given.severity, weight = given.weight
      from json_to_recordset(${JSON.stringify(given)}::text::json)
        as given(id bigint, occurrences int, starts int, affected int, severity text, weight float8)
      where reports.id = given.id`);
  }
  if (counted.length === 0) return;
  const given = counted.map(({ id, heatLevel, quietHalvings, affectedTotal, firstSeenAt, lastSeenAt }) => ({
    id,
    // JSON has no infinity, which is the level of a defect without reports.
    heat_level: String(heatLevel),
    quiet_halvings: quietHalvings,
    affected_total: affectedTotal,
    first_seen_at: firstSeenAt,
    last_seen_at: lastSeenAt,
  }));
  await tx.execute(sql`update defects set heat_level = given.heat_level, quiet_halvings = given.quiet_halvings, affected_total = given.affected_total,
      first_seen_at = given.first_seen_at, last_seen_at = given.last_seen_at
    from json_to_recordset(${JSON.stringify(given)}::text::json) as given(id bigint, heat_level float8, quiet_halvings float8,
      affected_total bigint, first_seen_at timestamptz, last_seen_at timestamptz)
    where defects.id = given.id`);
}
