import type { Transition } from '../../../src/domain/defects/lifecycle.ts';
import { assembleBurndown, type Burndown, type Standing, standingOf } from '../../../src/domain/digest/burndown.ts';
import type { DefectState } from '../../../src/domain/vocabulary.ts';

/** A transition of one defect at one instant; `id` orders those of the same instant. */
export type LoggedTransition = Transition & { id: number; defectId: number; at: Date };

/** The burn-down of one window from a whole event log, in any order. */
export function burndownOf(log: readonly LoggedTransition[], window: { after: Date; upTo: Date }): Burndown {
  const ordered = withoutUndoneMerges([...log].sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id));
  const within = ordered.filter(({ at }) => at > window.after && at <= window.upTo);
  return assembleBurndown(
    standingAt(ordered, window.after),
    standingAt(ordered, window.upTo),
    within.map(({ kind, from, to }) => ({ kind, from, to, count: 1 })),
  );
}

/** An undone merge never happened: neither it nor its undoing, where the defect then stood as it had stood before. */
function withoutUndoneMerges(ordered: readonly LoggedTransition[]): LoggedTransition[] {
  const undone = new Set<LoggedTransition>();
  const merges = new Map<number, LoggedTransition>();
  for (const transition of ordered) {
    const { kind, defectId, to } = transition;
    const merge = merges.get(defectId);
    if (kind === 'merged') merges.set(defectId, transition);
    else if (kind === 'unmerged' && merge?.from === to) undone.add(merge).add(transition);
  }
  return ordered.filter((transition) => !undone.has(transition));
}

function standingAt(ordered: readonly LoggedTransition[], instant: Date): Standing {
  const latest = new Map<number, DefectState>();
  for (const { at, defectId, to } of ordered) if (at <= instant) latest.set(defectId, to);
  return standingOf(latest.values());
}
