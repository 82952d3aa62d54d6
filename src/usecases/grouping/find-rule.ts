import { findDefect } from '../../db/defects/defects.ts';
import {
  type GroupingRule,
  haveReportLike,
  listGroupingRules,
  listToldApart,
} from '../../db/grouping/grouping-rules.ts';
import { rulesThatMean } from '../../domain/grouping/grouping-rule.ts';
import type { Db, Program } from '../doing.ts';

/** A report that has yet to be filed, as far as rules look at it. */
export type Unfiled = { title: string; areaId: number; fingerprint?: string | null };

/**
 * The rule that a report joins its defect by, or null. What people have told apart wins over every rule: where another
 * defect was told apart from the rule's own and has a report just like this one, the rule stays out of it.
 */
export async function findRule(
  db: Db,
  program: Program,
  report: Unfiled,
  known?: readonly GroupingRule[],
): Promise<GroupingRule | null> {
  const rules = known ?? (await listGroupingRules(db, program.id, 'on'));
  for (const rule of rulesThatMean(rules, report)) {
    const apart = await listToldApart(db, program.id, await findTargetId(db, program, rule.defectId));
    const like = { title: report.title, fingerprint: report.fingerprint ?? null };
    if (!(await haveReportLike(db, apart, like))) return rule;
  }
  return null;
}

/** What a defect has been merged into in the end, or itself. */
export async function findTargetId(db: Db, program: Program, defectId: number): Promise<number> {
  const into = (await findDefect(db, program.id, defectId))?.mergedIntoId ?? null;
  return into === null ? defectId : findTargetId(db, program, into);
}
