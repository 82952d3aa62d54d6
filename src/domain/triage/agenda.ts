import { byHeatThenRegressedThenAge, type Ranked } from '../defects/rank.ts';
import { dayNumber } from '../time/local-date.ts';
import { type Decision, isRecurring, type OpenState, type Severity } from '../vocabulary.ts';

/** How many threads in a row may leave a defect open before the program lead hears of it. */
export const ESCALATE_AFTER = 3;
/** An unowned defect is brought up only while it is among the hottest. */
const TOP = 10;

/** An open defect with what the agenda needs to know of it. */
export type AgendaDefect = Ranked & {
  state: OpenState;
  severity: Severity;
  ownerId: string | null;
  dueOn: string | null;
  reportCount: number;
  reporterCount: number;
  /** A fix that failed or a proven defect that regressed since triage last decided about it, in one sentence. */
  comeback?: { kind: 'failed' | 'regressed'; why: string } | undefined;
  /** What it burnt of the error budget, where that is too much. */
  overBudget?: string | undefined;
  creep?: string | undefined;
  /** Why the proof of its fix does not go on. */
  stalled?: string | undefined;
  /** How the last thread that it was in left it; undefined where it was in none since it was last decided. */
  lastTime?: { decision: Decision | null; streak: number } | undefined;
  /** Somebody was asked for more and has not answered. */
  isAsked: boolean;
};

export type AgendaReason =
  | { kind: 'failed' | 'regressed' | 'over_budget' | 'creeping' | 'stalled'; why: string }
  | { kind: 'new'; recurring: boolean }
  | { kind: 'overdue'; days: number }
  | { kind: 'unowned'; place: number }
  | { kind: 'carry_over'; last: Decision | null; isAsked: boolean };

/** The action that the facts speak for; the people decide. */
export type Suggestion = 'accept' | 'recommit' | 'accept_risk' | 'need_info' | 'defer';

export type AgendaItem<D extends AgendaDefect> = {
  defect: D;
  reason: AgendaReason;
  /** Threads in a row, before this one, that left it open. */
  streak: number;
  suggestion: Suggestion;
};

export type Agenda<D extends AgendaDefect> = { items: AgendaItem<D>[]; leftOut: number };

/**
 * What triage talks about, in this order, hottest first within a group, each defect once and under its first reason:
 * 1. failed fixes and regressions  2. over budget  3. new since last time  4. creeping  5. overdue
 * 6. unowned among the ten hottest  7. proving that stalled  8. carry-overs.
 * At most `limit` items; the rest is counted.
 */
export function assembleAgenda<D extends AgendaDefect>(
  facts: { todayOn: string; defects: readonly D[] },
  { limit }: { limit: number },
): Agenda<D> {
  const ranked = [...facts.defects].sort(byHeatThenRegressedThenAge);
  const due = ranked
    .map((defect, index) => ({ defect, reason: reasonFor(defect, index + 1, facts.todayOn) }))
    .filter((found): found is { defect: D; reason: AgendaReason } => found.reason !== null)
    .sort((a, b) => PLACE[a.reason.kind] - PLACE[b.reason.kind]);
  const items = due.slice(0, Math.max(0, limit)).map(({ defect, reason }) => {
    const streak = streakOf(defect);
    return { defect, reason, streak, suggestion: suggestionFor(defect, reason, streak) };
  });
  return { items, leftOut: due.length - items.length };
}

const PLACE: Record<AgendaReason['kind'], number> = {
  failed: 1,
  regressed: 1,
  over_budget: 2,
  new: 3,
  creeping: 4,
  overdue: 5,
  unowned: 6,
  stalled: 7,
  carry_over: 8,
};

function reasonFor(defect: AgendaDefect, place: number, todayOn: string): AgendaReason | null {
  if (defect.comeback) return defect.comeback;
  if (defect.overBudget) return { kind: 'over_budget', why: defect.overBudget };
  if (defect.state === 'new' && !defect.lastTime) return { kind: 'new', recurring: isRecurring(defect) };
  if (defect.creep) return { kind: 'creeping', why: defect.creep };
  if (defect.state === 'accepted' && defect.dueOn !== null && defect.dueOn < todayOn) {
    return { kind: 'overdue', days: dayNumber(todayOn) - dayNumber(defect.dueOn) };
  }
  if (!defect.ownerId && place <= TOP) return { kind: 'unowned', place };
  if (defect.stalled) return { kind: 'stalled', why: defect.stalled };
  if (defect.state !== 'new' || !defect.lastTime) return null;
  return { kind: 'carry_over', last: defect.lastTime.decision, isAsked: defect.isAsked };
}

/** Left undecided or put off again is one more in a row; a question or a split is a step on. */
function streakOf({ lastTime }: AgendaDefect): number {
  if (!lastTime || (lastTime.decision !== null && lastTime.decision !== 'defer')) return 0;
  return lastTime.streak + 1;
}

function suggestionFor(defect: AgendaDefect, reason: AgendaReason, streak: number): Suggestion {
  if (defect.state !== 'new') return 'recommit';
  if (isRecurring(defect) || reason.kind === 'over_budget') return 'accept';
  if (defect.severity === 'S1' || defect.severity === 'S2') return 'accept';
  if (streak >= ESCALATE_AFTER - 1) return 'accept_risk';
  return reason.kind === 'carry_over' ? 'defer' : 'need_info';
}

/** Three carry-overs in a row are the lead's to settle. */
export function isEscalated(streak: number): boolean {
  return streak >= ESCALATE_AFTER;
}
