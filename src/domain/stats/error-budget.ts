/** An objective as a share: 0.999 is "99.9 % of requests succeed". */
export type Objective = number;

/** What went through a service in a span of time. */
export type Traffic = { bad: number; total: number };

/** The share of bad events; `undefined` without traffic, because 0/0 is "no traffic" and not "no errors". */
export function errorRatio({ bad, total }: Traffic): number | undefined {
  return total > 0 ? bad / total : undefined;
}

/**
 * How many times faster than allowed the budget burns: error ratio / (1 - objective) (Google SRE Workbook, "Alerting on
 * SLOs"). 1 uses it up exactly by the end of the period. An objective of 100 % has no budget: any error burns infinitely fast.
 */
export function burnRate(ratio: number, objective: Objective): number {
  if (ratio === 0) return 0;
  const budget = 1 - objective;
  return budget > 0 ? ratio / budget : Number.POSITIVE_INFINITY;
}

/**
 * The share of a period's budget that one defect burnt: its bad events over the bad events that the objective allows
 * for the period's traffic. `undefined` without traffic.
 */
export function budgetShareOfDefect(badEvents: number, periodTotal: number, objective: Objective): number | undefined {
  if (!(periodTotal > 0)) return undefined;
  const allowed = (1 - objective) * periodTotal;
  if (allowed > 0) return badEvents / allowed;
  return badEvents > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** A defect over this share of a quarter's budget goes to the top of the next agenda. */
export const AGENDA_BUDGET_SHARE = 0.2;
