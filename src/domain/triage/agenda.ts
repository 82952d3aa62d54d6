import { isComeback } from '../defects/lifecycle.ts';
import { byRankThenRegressedThenAge, type Ranked } from '../defects/rank.ts';
import { type ComebackKind, type Decision, isRecurring, type OpenState, type Severity } from '../vocabulary.ts';

/** How many threads in a row may leave a defect open before the program lead hears of it. */
export const ESCALATE_AFTER = 3;

/** An open defect with what the agenda needs to know of it. */
export type AgendaDefect = Ranked & {
  state: OpenState;
  severity: Severity;
  ownerId: string | null;
  dueOn: string | null;
  reportCount: number;
  reporterCount: number;
  /** Threads in a row that it was due in and did not fit. */
  agendaWaits: number;
  /** How it came back since triage last decided about it, in one sentence. */
  comeback?: { kind: ComebackKind; why: string; at: Date } | undefined;
  /** What it burnt of the error budget, where that is too much. */
  overBudget?: string | undefined;
  creep?: string | undefined;
  /** Why the proof of its fix does not go on. */
  stalled?: string | undefined;
  /** How the last thread that it was in left it; undefined where it was in none since it was last decided. */
  lastTime?: { decision: Decision | null; streak: number; openedAt: Date } | undefined;
  /** What was said of it since the last thread: that it comes back in this one, or what had been asked. */
  promised?: { kind: 'deferred' | 'answered'; words: string } | undefined;
  /** Somebody was asked for more and has not answered. */
  isAsked: boolean;
  /** Reported since the last thread opened. */
  isFresh: boolean;
};

export type AgendaReason =
  | { kind: ComebackKind | 'over_budget' | 'creeping' | 'stalled'; why: string }
  | { kind: 'deferred' | 'answered'; words: string }
  | { kind: 'unowned' }
  | { kind: 'new'; recurring: boolean; isFresh: boolean }
  | { kind: 'carry_over'; isAsked: boolean };
export type AgendaKind = AgendaReason['kind'];

/** The action that the facts speak for; the people decide. */
export type Suggestion = 'accept' | 'keep_proving' | 'recommit' | 'accept_risk' | 'need_info' | 'defer';

export type AgendaItem<D extends AgendaDefect> = {
  defect: D;
  reason: AgendaReason;
  /** Threads in a row, before this one, that left it open. */
  streak: number;
  suggestion: Suggestion;
};

export type Agenda<D extends AgendaDefect> = {
  items: AgendaItem<D>[];
  /** Accepted, owned and late, with no item of their own: they share one. */
  overdue: D[];
  /** What was due and did not fit. */
  waiting: D[];
};

/**
 * What triage talks about, each defect once:
 * 1. what was promised for this thread: deferred to it, an answered question, left undecided twice
 * 2. failed fixes, those that ended a part, regressions and over budget, that no thread has seen yet
 * 3. what waited for a place and ranks above the median open defect, the longest wait first
 * 4. new, creeping, unowned, left undecided: by rank, as if it did its harm once more for each thread that it waited
 * 5. proving that stalled
 * At most `limit` items, of which all that are overdue with an owner share the last.
 */
export function assembleAgenda<D extends AgendaDefect>(
  { todayOn, defects }: { todayOn: string; defects: readonly D[] },
  { limit }: { limit: number },
): Agenda<D> {
  const median = medianLevel(defects);
  const due = defects
    .flatMap((defect) => {
      const reason = reasonFor(defect);
      return reason ? [{ defect, reason, place: placeOf(defect, reason, median) }] : [];
    })
    .sort((a, b) => a.place - b.place || byUrgency(a.place, a.defect, b.defect));
  const late = [...defects]
    .sort(byRankThenRegressedThenAge)
    .filter(({ state, ownerId, dueOn }) => state === 'accepted' && ownerId && dueOn !== null && dueOn < todayOn);
  const fitting = (places: number) => due.slice(0, Math.max(0, places));
  const apart = (places: number) => {
    const own = new Set(fitting(places).map(({ defect }) => defect.number));
    return late.filter(({ number }) => !own.has(number));
  };
  const places = limit > 0 && apart(limit).length > 0 ? limit - 1 : limit;
  const overdue = limit > 0 ? apart(places) : [];
  const items = fitting(places).map(({ defect, reason }) => {
    const streak = streakOf(defect);
    return { defect, reason, streak, suggestion: suggestionFor(defect, reason.kind, streak) };
  });
  return { items, overdue, waiting: due.slice(items.length).map(({ defect }) => defect) };
}

/** Why a defect is due in triage, or null. */
export function reasonFor(defect: AgendaDefect): AgendaReason | null {
  const { state, comeback, overBudget, creep, stalled, lastTime, promised, isAsked, isFresh } = defect;
  if (promised) return promised;
  if (comeback) return { kind: comeback.kind, why: comeback.why };
  if (overBudget) return { kind: 'over_budget', why: overBudget };
  if (state === 'new' && !lastTime) return { kind: 'new', recurring: isRecurring(defect), isFresh };
  if (creep) return { kind: 'creeping', why: creep };
  if (state === 'new') return { kind: 'carry_over', isAsked };
  if (!defect.ownerId) return { kind: 'unowned' };
  return stalled ? { kind: 'stalled', why: stalled } : null;
}

/** The same reason as the facts stand now; null where nothing is left of it. */
export function reasonOfKind(kind: AgendaKind, defect: AgendaDefect): AgendaReason | null {
  const { comeback, overBudget, creep, stalled, promised, isAsked } = defect;
  switch (kind) {
    case 'failed':
    case 'reduced':
    case 'regressed':
      return comeback ? { kind: comeback.kind, why: comeback.why } : null;
    case 'over_budget':
      return overBudget ? { kind, why: overBudget } : null;
    case 'creeping':
      return creep ? { kind, why: creep } : null;
    case 'stalled':
      return stalled ? { kind, why: stalled } : null;
    case 'deferred':
    case 'answered':
      return promised ?? null;
    case 'unowned':
      return defect.ownerId ? null : { kind };
    case 'new':
      return null;
    case 'carry_over':
      return { kind, isAsked };
  }
}

const PROMISED = 1;
const NEWS = 2;
const WAITED = 3;
const BY_HARM = 4;
const STALLED = 5;

function placeOf(defect: AgendaDefect, { kind }: AgendaReason, median: number): number {
  const { lastTime, comeback, agendaWaits, rankLevel } = defect;
  if (kind === 'deferred' || kind === 'answered') return PROMISED;
  if (streakOf(defect) === ESCALATE_AFTER - 1) return PROMISED;
  const isBack = isComeback(kind);
  if (isBack && (!lastTime || (comeback && comeback.at > lastTime.openedAt))) return NEWS;
  if (kind === 'over_budget' && !lastTime) return NEWS;
  if (agendaWaits > 0 && rankLevel > median) return WAITED;
  return kind === 'stalled' ? STALLED : BY_HARM;
}

function byUrgency(place: number, a: AgendaDefect, b: AgendaDefect): number {
  if (place === WAITED && a.agendaWaits !== b.agendaWaits) return b.agendaWaits - a.agendaWaits;
  if (place < WAITED) return byRankThenRegressedThenAge(a, b);
  return byRankThenRegressedThenAge(aged(a), aged(b));
}

/** Levels are logarithms. */
function aged<D extends AgendaDefect>(defect: D): D {
  return { ...defect, rankLevel: defect.rankLevel + Math.log2(1 + defect.agendaWaits) };
}

function medianLevel(defects: readonly AgendaDefect[]): number {
  const levels = defects.map(({ rankLevel }) => rankLevel).sort((a, b) => (a < b ? -1 : 1));
  return levels[Math.floor((levels.length - 1) / 2)] ?? Number.NEGATIVE_INFINITY;
}

/** Left undecided or put off again is one more in a row; a question or a split is a step on. */
function streakOf({ lastTime }: AgendaDefect): number {
  if (!lastTime || (lastTime.decision !== null && lastTime.decision !== 'defer')) return 0;
  return lastTime.streak + 1;
}

/** What the facts speak for. */
export function suggestionFor(defect: AgendaDefect, kind: AgendaKind, streak: number): Suggestion {
  if (kind === 'reduced') return 'keep_proving';
  if (defect.state !== 'new') return 'recommit';
  if (isRecurring(defect) || kind === 'over_budget' || kind === 'answered') return 'accept';
  if (defect.severity === 'S1' || defect.severity === 'S2') return 'accept';
  if (streak >= ESCALATE_AFTER - 1) return 'accept_risk';
  return kind === 'carry_over' || defect.isAsked ? 'defer' : 'need_info';
}

/** Three carry-overs in a row are the lead's to settle. */
export function isEscalated(streak: number): boolean {
  return streak >= ESCALATE_AFTER;
}
