import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { foldForRule, isMeantBy, type RuleTerms } from '../../domain/grouping/grouping-rule.ts';
import type { MeantDefect, MeantReport } from '../../domain/grouping/rule-move.ts';
import type { Db } from '../engine/client.ts';
import { mustBe } from '../programs/programs.ts';
import { defects, groupingRules, groupings, reports } from '../schema/defects.ts';

export type GroupingRule = typeof groupingRules.$inferSelect;

const RULES_LOCK = 7_226_315;

/** Lets one transaction at a time add to the rules of a program that are on; held until it ends. */
export async function lockGroupingRules(tx: Db, programId: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${RULES_LOCK}::int, ${programId}::int)`);
}

export async function insertGroupingRule(tx: Db, rule: typeof groupingRules.$inferInsert): Promise<GroupingRule> {
  const [row] = await tx.insert(groupingRules).values(rule).returning();
  return mustBe(row);
}

export async function updateGroupingRule(
  tx: Db,
  id: number,
  patch: Partial<Pick<GroupingRule, 'stoppedBy' | 'stoppedAt' | 'moved'>>,
): Promise<GroupingRule> {
  const [row] = await tx.update(groupingRules).set(patch).where(eq(groupingRules.id, id)).returning();
  return mustBe(row);
}

/** Counts one more report that joined by a rule. */
export async function countJoinedByRule(tx: Db, id: number): Promise<void> {
  await tx
    .update(groupingRules)
    .set({ joined: sql`${groupingRules.joined} + 1` })
    .where(eq(groupingRules.id, id));
}

/** A rule, held against other writers until the transaction ends. */
export async function lockGroupingRule(tx: Db, programId: number, id: number): Promise<GroupingRule | null> {
  const [row] = await tx
    .select()
    .from(groupingRules)
    .where(and(eq(groupingRules.programId, programId), eq(groupingRules.id, id)))
    .for('update');
  return row ?? null;
}

/** All rules of a program in the order in which they were saved; only those that are on, where asked for. */
export async function listGroupingRules(
  db: Db,
  programId: number,
  which: 'on' | 'all' = 'all',
): Promise<GroupingRule[]> {
  const ofProgram = eq(groupingRules.programId, programId);
  return db
    .select()
    .from(groupingRules)
    .where(which === 'on' ? and(ofProgram, isNull(groupingRules.stoppedAt)) : ofProgram)
    .orderBy(asc(groupingRules.id));
}

const PAGE = 20_000;

/** Every report that a rule means, oldest first. */
export async function listMeantReports(db: Db, programId: number, rule: RuleTerms): Promise<MeantReport[]> {
  const folded = foldForRule(rule.words);
  // Where neither has a letter beyond ASCII the database compares as the rule does; what else it finds is looked at here.
  const beyondAscii = sql`octet_length(${reports.title}) > char_length(${reports.title})`;
  const alike = /^[\x20-\x7e]*$/.test(folded)
    ? or(sql`strpos(lower(${reports.title} collate "C"), ${folded}) > 0`, beyondAscii)
    : beyondAscii;
  const meant: MeantReport[] = [];
  for (let after = 0; ; ) {
    const page = await db
      .select({ id: reports.id, defectId: reports.defectId, title: reports.title, areaId: reports.areaId })
      .from(reports)
      .where(
        and(
          eq(reports.programId, programId),
          sql`${reports.id} > ${after}`,
          rule.areaId === null ? undefined : eq(reports.areaId, rule.areaId),
          alike,
        ),
      )
      .orderBy(asc(reports.id))
      .limit(PAGE);
    for (const report of page) if (isMeantBy(rule, report)) meant.push({ id: report.id, defectId: report.defectId });
    if (page.length < PAGE) return meant;
    after = page.at(-1)?.id ?? after;
  }
}

/** What a rule needs to know of the defects that its reports are in. */
export async function listMeantDefects(
  db: Db,
  programId: number,
  targetId: number,
  ids: readonly number[],
): Promise<MeantDefect[]> {
  if (ids.length === 0) return [];
  const apart = new Set(await listToldApart(db, programId, targetId));
  const { id, number, state, reportCount } = defects;
  const found = await db
    .select({ id, number, state, reportCount })
    .from(defects)
    .where(and(eq(defects.programId, programId), inArray(id, [...ids])));
  return found.map((defect) => ({ ...defect, isApart: apart.has(defect.id) }));
}

/** The defects that people have told apart from this one. */
export async function listToldApart(db: Db, programId: number, defectId: number): Promise<number[]> {
  const found = await db
    .select({ a: groupings.aId, b: groupings.bId })
    .from(groupings)
    .where(
      and(
        eq(groupings.programId, programId),
        eq(groupings.verdict, 'cannot_link'),
        or(eq(groupings.aId, defectId), eq(groupings.bId, defectId)),
      ),
    );
  return found.map(({ a, b }) => (a === defectId ? b : a));
}

/** Whether one of these defects has a report of the same title or fingerprint. */
export async function haveReportLike(
  db: Db,
  defectIds: readonly number[],
  like: { title: string; fingerprint: string | null },
): Promise<boolean> {
  if (defectIds.length === 0) return false;
  const same = like.fingerprint === null ? [] : [eq(reports.fingerprint, like.fingerprint)];
  const [row] = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(inArray(reports.defectId, [...defectIds]), or(eq(reports.title, like.title), ...same)))
    .limit(1);
  return row !== undefined;
}
