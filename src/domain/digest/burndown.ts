import { isOpen, type Transition } from '../defects/lifecycle.ts';
import type { DefectState } from '../vocabulary.ts';

/** How many defects are still to do (new or accepted) and how many are claimed but not proven. Open is both. */
export type Standing = { toDo: number; claimed: number };

export type FlowLine =
  | 'new'
  | 'regressed'
  | 'failed'
  | 'reduced'
  | 'split'
  | 'reopened'
  | 'claimed'
  | 'proven'
  | 'merged'
  | 'riskAccepted'
  | 'dismissed';

/**
 * The burn-down identity of one window, (after, upTo]:
 *
 *   open now = open then + new + regressed + split + reopened - proven - merged - risk accepted - dismissed
 *
 * A merge that was undone since is in no line, and no standing knows of it.
 * Open is what is to do plus what is claimed. A fix that failed, or ended only a part, moves a
 * defect from claimed back to do and a claim moves it the other way, so each line carries its effect on both columns and each column adds up by itself.
 */
export type Burndown = {
  then: Standing;
  now: Standing;
  lines: Record<FlowLine, Standing & { count: number }>;
};

export const FLOW_LINES: readonly FlowLine[] = [
  'new',
  'regressed',
  'failed',
  'reduced',
  'split',
  'reopened',
  'claimed',
  'proven',
  'merged',
  'riskAccepted',
  'dismissed',
];

const LINE_OF: Record<Transition['kind'], FlowLine | undefined> = {
  reported: 'new',
  split: 'split',
  accepted: undefined,
  risk_accepted: 'riskAccepted',
  dismissed: 'dismissed',
  claimed: 'claimed',
  proven: 'proven',
  failed: 'failed',
  reduced: 'reduced',
  regressed: 'regressed',
  merged: 'merged',
  reopened: 'reopened',
  unmerged: 'reopened',
  taken_back: undefined,
};

/** What a decision that was undone had counted as: it never happened. */
const UNDONE_LINE: Partial<Record<DefectState, FlowLine>> = {
  claimed: 'claimed',
  risk_accepted: 'riskAccepted',
  dismissed: 'dismissed',
};

export function openCount(standing: Standing): number {
  return standing.toDo + standing.claimed;
}

/** The standing that a set of current states amounts to. */
export function standingOf(states: Iterable<DefectState>): Standing {
  const standing = { toDo: 0, claimed: 0 };
  for (const state of states) {
    if (state === 'claimed') standing.claimed += 1;
    else if (isOpen(state)) standing.toDo += 1;
  }
  return standing;
}

/** How many times each kind of transition happened in the window, by the state it started from. */
export type TransitionCount = { kind: Transition['kind']; from: DefectState | null; to: DefectState; count: number };

/** How the list stood before these transitions, which led to how it stands. */
export function standingBefore(standing: Standing, counts: readonly TransitionCount[]): Standing {
  let { toDo, claimed } = standing;
  for (const { from, to, count } of counts) {
    const [before, after] = [standingOf(from ? [from] : []), standingOf([to])];
    toDo -= count * (after.toDo - before.toDo);
    claimed -= count * (after.claimed - before.claimed);
  }
  return { toDo, claimed };
}

/** Joins the two standings, each counted from states, with the flows between them, counted from transitions. */
export function assembleBurndown(then: Standing, now: Standing, counts: readonly TransitionCount[]): Burndown {
  const lines = Object.fromEntries(
    FLOW_LINES.map((line) => [line, { count: 0, toDo: 0, claimed: 0 }]),
  ) as Burndown['lines'];
  for (const { kind, from, to, count } of counts) {
    const isUndone = kind === 'taken_back';
    const name = isUndone ? UNDONE_LINE[from ?? 'new'] : LINE_OF[kind];
    if (!name) continue;
    const line = lines[name];
    const before = standingOf(from ? [from] : []);
    const after = standingOf([to]);
    line.count += isUndone ? -count : count;
    line.toDo += count * (after.toDo - before.toDo);
    line.claimed += count * (after.claimed - before.claimed);
  }
  return { then, now, lines };
}

/** What does not add up: empty when the identity holds in both columns, else one sentence a column. */
export function identityGaps({ then, now, lines }: Burndown): string[] {
  const gaps: string[] = [];
  for (const column of ['toDo', 'claimed'] as const) {
    const expected = FLOW_LINES.reduce((sum, line) => sum + lines[line][column], then[column]);
    if (expected !== now[column]) {
      gaps.push(`${column}: ${then[column]} then and the flows give ${expected}, but ${now[column]} are there now`);
    }
  }
  return gaps;
}
