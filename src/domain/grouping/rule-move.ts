import type { DefectState } from '../vocabulary.ts';

/** A past report that a rule means, and the defect that it is part of. */
export type MeantReport = { id: number; defectId: number };

/** A defect that some of them are part of. `isApart`: a person has said that it is another failure than the target. */
export type MeantDefect = {
  id: number;
  number: number;
  state: DefectState;
  reportCount: number;
  isApart: boolean;
};

export type RuleMove = {
  /** What would move: all reports of a defect make it part of the target, as a merge does. */
  moves: { defect: MeantDefect; reportIds: number[]; isWhole: boolean }[];
  moving: number;
  /** Reports that are in the target already. */
  there: number;
  /** Reports that stay, since a person has told their defect and the target apart. */
  apart: number;
  /** Reports that stay, since their defect is closed and its history settled. */
  closed: number;
};

const OPEN: readonly DefectState[] = ['new', 'accepted', 'claimed'];

/** What a rule would do with the past reports that it means. Nothing moves out of a closed defect or across "different". */
export function planRuleMove(
  targetId: number,
  meant: readonly MeantReport[],
  defects: readonly MeantDefect[],
): RuleMove {
  const byDefect = new Map<number, number[]>();
  for (const { id, defectId } of meant) byDefect.set(defectId, [...(byDefect.get(defectId) ?? []), id]);
  const known = new Map(defects.map((defect) => [defect.id, defect]));
  const plan: RuleMove = { moves: [], moving: 0, there: byDefect.get(targetId)?.length ?? 0, apart: 0, closed: 0 };
  for (const [defectId, reportIds] of byDefect) {
    const defect = known.get(defectId);
    if (!defect || defectId === targetId) continue;
    if (defect.isApart) plan.apart += reportIds.length;
    else if (!OPEN.includes(defect.state)) plan.closed += reportIds.length;
    else {
      plan.moves.push({ defect, reportIds, isWhole: reportIds.length === defect.reportCount });
      plan.moving += reportIds.length;
    }
  }
  plan.moves.sort((a, b) => a.defect.number - b.defect.number);
  return plan;
}
