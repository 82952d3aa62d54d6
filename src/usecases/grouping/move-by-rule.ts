import { type Defect, findDefect, lockDefect } from '../../db/defects/defects.ts';
import { applyTransition, listEvents, logChange } from '../../db/defects/events.ts';
import {
  type GroupingRule,
  listMeantDefects,
  listMeantReports,
  lockGroupingRule,
  updateGroupingRule,
} from '../../db/grouping/grouping-rules.ts';
import { listReportsOldestFirst, moveReportsById } from '../../db/reports/reports.ts';
import { isOpen, planTransition } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import type { RuleTerms } from '../../domain/grouping/grouping-rule.ts';
import { planRuleMove, type RuleMove } from '../../domain/grouping/rule-move.ts';
import { counted } from '../../domain/text/counted.ts';
import { type DefectState, defectKey, type OpenState } from '../../domain/vocabulary.ts';
import { recount } from '../defects/recount.ts';
import { because, type Db, type Doing, type Program } from '../doing.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';
import { findTargetId } from './find-rule.ts';

/** What a rule would do with the reports so far. Reads only. */
export async function planMove(db: Db, program: Program, targetId: number, terms: RuleTerms): Promise<RuleMove> {
  const meant = await listMeantReports(db, program.id, terms);
  const ids = [...new Set(meant.map(({ defectId }) => defectId))];
  return planRuleMove(targetId, meant, await listMeantDefects(db, program.id, targetId, ids));
}

/**
 * Moves the past reports that a rule means to its defect, since somebody asked for it. A defect whose reports all go is
 * merged. `takeMoveBack` undoes it. Runs inside the caller's transaction.
 */
export async function moveByRule(tx: Db, program: Program, rule: GroupingRule, doing: Doing): Promise<number> {
  const targetId = await findTargetId(tx, program, rule.defectId);
  const first = await planMove(tx, program, targetId, rule);
  await holdAll(tx, program, [targetId, ...first.moves.map(({ defect }) => defect.id)]);
  const { moves, moving } = await planMove(tx, program, targetId, rule);
  if (moving === 0) return 0;
  const target = await findOrFail(tx, program, targetId);
  for (const { defect, reportIds, isWhole } of moves) {
    const source = await findOrFail(tx, program, defect.id);
    await moveReportsById(tx, program.id, reportIds, target.id);
    const data = { reportIds, ruleId: rule.id };
    if (isWhole) {
      const why = `Merged into ${defectKey(target.number)} by the rule “${rule.words}”.`;
      const patch = { mergedIntoId: target.id, lastTriagedAt: doing.now, deferStreak: 0 };
      const plan = planTransition(source, 'merged');
      const merged = await applyTransition(
        tx,
        source,
        plan,
        because(doing, why, { ...data, intoId: target.id }),
        patch,
      );
      await settleTriageItem(tx, program, await recount(tx, program, merged, doing.now), 'merge', doing);
    } else {
      const why = `${counted(reportIds.length, 'report')} went to ${defectKey(target.number)} by the rule “${rule.words}”.`;
      await logChange(tx, source, 'report_moved', because(doing, why, { ...data, toId: target.id }));
      await recount(tx, program, source, doing.now);
    }
  }
  const why = `${counted(moving, 'report')} came by the rule “${rule.words}”.`;
  const reportIds = moves.flatMap((move) => move.reportIds);
  await logChange(tx, target, 'report_moved', because(doing, why, { ruleId: rule.id, reportIds }));
  await recount(tx, program, target, doing.now);
  const from = moves.map(({ defect, reportIds: ids, isWhole }) => ({
    defectId: defect.id,
    reportIds: ids,
    whole: isWhole,
  }));
  await updateGroupingRule(tx, rule.id, { moved: { by: doing.by, at: doing.now.toISOString(), from } });
  return moving;
}

/**
 * Takes back what a rule has moved: reports that are still where it brought them return, and a defect that it merged
 * stands where it stood. What people have decided about a report since then stays. Returns how many went back.
 */
export async function takeMoveBack(tx: Db, program: Program, found: GroupingRule, doing: Doing): Promise<number> {
  const targetId = await findTargetId(tx, program, found.defectId);
  await holdAll(tx, program, [targetId, ...(found.moved?.from ?? []).map(({ defectId }) => defectId)]);
  // The defects first and then the rule, as a report does that joins by it: so neither waits for the other.
  const rule = await lockGroupingRule(tx, program.id, found.id);
  if (!rule?.moved) throw new Refusal('This rule has moved no past reports, so there is nothing to take back.');
  const target = await findOrFail(tx, program, targetId);
  const here = new Set((await listReportsOldestFirst(tx, target.id)).map(({ id }) => id));
  const back: number[] = [];
  for (const { defectId, reportIds, whole } of rule.moved.from) {
    const source = await findOrFail(tx, program, defectId);
    const returning = reportIds.filter((id) => here.has(id));
    const isMerged = source.state === 'merged';
    // Undone or merged by a person since: then it is no longer the rule's to say.
    if (returning.length === 0 || isMerged !== whole || (isMerged && source.mergedIntoId !== target.id)) continue;
    await moveReportsById(tx, program.id, returning, source.id);
    const why = `${counted(returning.length, 'report')} came back from ${defectKey(target.number)}: the rule “${rule.words}” was undone.`;
    const data = { ruleId: rule.id, reportIds: returning };
    if (isMerged) {
      const plan = planTransition(source, 'unmerged', {}, await stateBefore(tx, source));
      const restored = await applyTransition(tx, source, plan, because(doing, why, data), { mergedIntoId: null });
      await recount(tx, program, restored, doing.now);
    } else {
      await logChange(tx, source, 'report_moved', because(doing, why, data));
      await recount(tx, program, source, doing.now);
    }
    back.push(...returning);
  }
  const why = `${counted(back.length, 'report')} went back: the rule “${rule.words}” was undone.`;
  await logChange(tx, target, 'report_moved', because(doing, why, { ruleId: rule.id, toId: 0, reportIds: back }));
  await recount(tx, program, target, doing.now);
  await updateGroupingRule(tx, rule.id, { moved: null });
  return back.length;
}

// In one order for everybody, so that two moves cannot wait for each other.
async function holdAll(tx: Db, program: Program, ids: readonly number[]): Promise<void> {
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) await lockDefect(tx, program.id, id);
}

async function stateBefore(tx: Db, source: Defect): Promise<OpenState> {
  const merge = (await listEvents(tx, source.id)).findLast(({ kind }) => kind === 'merged');
  const before = (merge?.fromState ?? 'new') as DefectState;
  return isOpen(before) ? (before as OpenState) : 'new';
}

async function findOrFail(tx: Db, program: Program, id: number): Promise<Defect> {
  const defect = await findDefect(tx, program.id, id);
  if (!defect) throw new Error(`Defect ${id} is not in program ${program.id}.`);
  return defect;
}
