import type { ComebackKind, DefectState } from '../vocabulary.ts';

export const NEED_KINDS = ['failed', 'reduced', 'regressed', 'over budget', 'stalled', 'overdue', 'unowned'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/** A defect that waits for somebody: who that is, and why. `personId` is its owner, or the lead where it has none. */
export type Need = {
  kind: NeedKind;
  number: number;
  title: string;
  personId: string | null;
  dueOn: string | null;
  isOverdue: boolean;
  /** What it used of an error budget, where that is why. */
  budget: { area: string; share: number } | null;
};

/** An open defect as it stands; the list of them is in the order of their rank. */
export type NeedyDefect = {
  number: number;
  title: string;
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  /** When its proof is over; null without a claim, or where silence cannot prove it. */
  windowEndsAt: Date | null;
  /** How it came back, where triage has not decided about it since. */
  comeback: ComebackKind | null;
};

export const NEEDS_NAMED = 3;
/** From this share of a quarter's error budget on triage takes a defect up by itself. */
const BUDGET_SHARE = 0.2;

/**
 * The few things of a week that need somebody: fixes that failed and defects that came back, what used up an error
 * budget, then by rank what stands still. Of each kind one before a second of any.
 *
 * @param defects by rank
 */
export function needsOf(
  defects: readonly NeedyDefect[],
  burners: readonly { number: number; area: string; share: number }[],
  { leadId, todayOn, now }: { leadId: string | null; todayOn: string; now: Date },
): Need[] {
  const needs = defects.flatMap((defect): Need[] => {
    const { number, title, ownerId, dueOn } = defect;
    const burnt = burners.find((one) => one.number === number && one.share > BUDGET_SHARE);
    const kind = kindOf(defect, burnt !== undefined, todayOn, now);
    const budget = kind === 'over budget' && burnt ? { area: burnt.area, share: burnt.share } : null;
    const isOverdue = dueOn !== null && dueOn < todayOn;
    return kind ? [{ kind, number, title, personId: ownerId ?? leadId, dueOn, isOverdue, budget }] : [];
  });
  const order = (need: Need) => NEED_KINDS.indexOf(need.kind);
  const nth = new Map(
    needs.map((need, i) => [need, needs.slice(0, i).filter(({ kind }) => kind === need.kind).length]),
  );
  return needs
    .toSorted((a, b) => (nth.get(a) ?? 0) - (nth.get(b) ?? 0) || order(a) - order(b))
    .slice(0, NEEDS_NAMED)
    .toSorted((a, b) => order(a) - order(b));
}

function kindOf(defect: NeedyDefect, isOverBudget: boolean, todayOn: string, now: Date): NeedKind | undefined {
  const { state, comeback, ownerId, dueOn, windowEndsAt } = defect;
  if (comeback) return comeback;
  if (state === 'claimed') return windowEndsAt === null || windowEndsAt < now ? 'stalled' : undefined;
  if (isOverBudget) return 'over budget';
  if (ownerId === null) return 'unowned';
  return dueOn !== null && dueOn < todayOn ? 'overdue' : undefined;
}
