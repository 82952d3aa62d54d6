import type { Defect } from '../../db/defects/defects.ts';
import { applyTransition, listEvents, logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { rememberGrouping } from '../../db/grouping/groupings.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports, moveReports, moveReportsById } from '../../db/reports/reports.ts';
import { isOpen, planTransition } from '../../domain/defects/lifecycle.ts';
import { Refusal } from '../../domain/errors/refusal.ts';
import { counted } from '../../domain/text/counted.ts';
import { type DefectState, defectKey, type OpenState } from '../../domain/vocabulary.ts';
import { recount } from '../defects/recount.ts';
import { because, type Doing, holdDefect } from '../doing.ts';
import { followMerges } from '../reports/record-report.ts';
import { settleTriageItem } from '../triage/decisions/settle-triage-item.ts';

/** Moves every report of one defect to another and closes it as merged. Remembered as must-link; `unmergeDefect` undoes it. */
export async function mergeDefects(
  db: Db,
  program: Program,
  from: number,
  into: number,
  doing: Doing,
  why = `Merged into ${defectKey(into)}.`,
): Promise<{ merged: Defect; target: Defect; moved: number }> {
  if (from === into) throw new Refusal(`${defectKey(from)} cannot be merged into itself.`, 'into');
  return db.transaction(async (tx) => {
    // Always the lower number first, so that two merges the other way round cannot wait for each other.
    const [low, high] = [
      await holdDefect(tx, program, Math.min(from, into)),
      await holdDefect(tx, program, Math.max(from, into)),
    ];
    const [source, target] = from < into ? [low, high] : [high, low];
    if (target.state === 'merged') {
      throw new Refusal(`${defectKey(into)} is itself merged into another defect. Merge into that one.`, 'into');
    }
    const transition = planTransition(source, 'merged');
    const moved = await moveReports(tx, source.id, target.id);
    const reportIds = moved.map(({ id }) => id);
    const merged = await applyTransition(
      tx,
      source,
      transition,
      because(doing, why, { intoId: target.id, reportIds }),
      { mergedIntoId: target.id, lastTriagedAt: doing.now, deferStreak: 0 },
    );
    await recount(tx, program, merged, doing.now);
    const recounted = await recount(tx, program, target, doing.now);
    await logChange(
      tx,
      target,
      'report_moved',
      because(doing, `${counted(moved.length, 'report')} came from ${defectKey(source.number)}.`, {
        fromId: source.id,
        reportIds,
      }),
    );
    await rememberGrouping(tx, program.id, 'must_link', source.id, target.id, doing);
    await settleTriageItem(tx, program, merged, 'merge', doing);
    return { merged, target: recounted, moved: moved.length };
  });
}

/** Takes a merge back: the reports that were moved return, and the defect stands where it stood. */
export async function unmergeDefect(db: Db, program: Program, number: number, doing: Doing): Promise<Defect> {
  return db.transaction(async (tx) => {
    const source = await holdDefect(tx, program, number);
    const merge = (await listEvents(tx, source.id)).findLast(({ kind }) => kind === 'merged');
    const before = (merge?.fromState ?? 'new') as DefectState;
    const transition = planTransition(source, 'unmerged', {}, isOpen(before) ? (before as OpenState) : 'new');
    const target = source.mergedIntoId === null ? null : await followMerges(tx, program, source.mergedIntoId);
    const moved = (merge?.data?.reportIds ?? []) as number[];
    // What a person has split off since stays where it is.
    const here = new Set(target ? (await listReports(tx, target.id)).map(({ id }) => id) : []);
    const reportIds = moved.filter((id) => here.has(id));
    await moveReportsById(tx, program.id, reportIds, source.id);
    const restored = await applyTransition(
      tx,
      source,
      transition,
      because(doing, 'The merge was undone.', { reportIds }),
      {
        mergedIntoId: null,
      },
    );
    if (target) {
      const why = `${counted(reportIds.length, 'report')} went back to ${defectKey(number)}: the merge was undone.`;
      const data = { toId: source.id, reportIds, undone: true };
      await logChange(tx, target, 'report_moved', because(doing, why, data));
      await recount(tx, program, target, doing.now);
      await rememberGrouping(tx, program.id, 'cannot_link', source.id, target.id, doing);
    }
    return recount(tx, program, restored, doing.now);
  });
}
