import { DAY_MS } from '../time/durations.ts';
import type { Severity } from '../vocabulary.ts';
import { type CriterionFacts, type EvidenceRow, evidenceRow, hasOtherEvidence } from './criterion-evidence.ts';
import { type PriorRate, priorRate, RATE_LOOKBACK_DAYS } from './episodes.ts';
import { proofSentence } from './proof-sentence.ts';
import { type Reduction, reductionOf } from './reduction.ts';
import {
  concernsFix,
  type Fix,
  type GuardedReport,
  type GuardVerdict,
  guardMinimum,
  judgeFix,
  outToAllAt,
  silenceStartsAt,
} from './regression-guard.ts';
import type { ReporterCheck } from './reporter-check.ts';
import { type Exposure, type Path, usualDays } from './usual-days.ts';
import {
  chanceOfSilence,
  MAX_WINDOW_DAYS,
  provingWords,
  toldDays,
  type ValidationWindow,
  validationWindow,
} from './validation-window.ts';

export type Claim<R extends GuardedReport = GuardedReport> = {
  severity: Severity;
  fix: Fix;
  /** Fixes of this defect that failed before this one. */
  failedFixes: number;
  /** All reports of the defect, before the fix and since. */
  reports: readonly R[];
  criteria: readonly CriterionFacts[];
  /** What became of asking those who had reported it; null before they were asked. */
  check?: ReporterCheck | null;
  /** What ran where it failed, where senders tell. */
  paths?: readonly Path[];
};

/** Reduced is a fix that did not hold, and yet has ended a part of the failures. */
export type ProofOutcome = 'proving' | 'proven' | 'failed' | 'reduced' | 'stalled';

export type Proof<R extends GuardedReport = GuardedReport> = {
  outcome: ProofOutcome;
  /** Why, in English, with its numbers and dates. */
  sentence: string;
  /** `proving 9/21 d, 74 % sure`. */
  progress: string;
  elapsedDays: number;
  /** What ran in them; null where nothing is told of that, and every day counts. */
  exposure: Exposure | null;
  /** How sure the reports so far make it that the fix holds, 0 to 1. */
  certainty: number;
  window: ValidationWindow;
  /** When the window is over. */
  endsAt: Date;
  prior: PriorRate;
  guard: GuardVerdict<R>;
  /** How much less often it is seen, where a fix that did not hold has ended a part; null otherwise. */
  reduction: Reduction | null;
  evidence: EvidenceRow[];
};

/**
 * The window that a claim is put on, from the defect's own rate before the fix. Only reports that could have counted
 * against the fix make up that rate, and as many as cannot fail it (one, for S3 and S4) are tolerated in its sizing. A bound
 * on a metric needs its own whole days, so the window lasts for those too.
 */
export function planProof(claim: Claim): {
  prior: PriorRate;
  tolerated: number;
  window: ValidationWindow;
  endsAt: Date;
} {
  const before = claim.reports.filter((report) => concernsFix(report, claim.fix));
  const prior = priorRate(before, claim.fix, claim.check);
  const tolerated = Math.max(reportLimit(claim), guardMinimum(claim.severity).count - 1);
  const window = validationWindow(prior, tolerated, claim.failedFixes);
  const days = Math.min(MAX_WINDOW_DAYS, Math.max(window.days, daysOfMetrics(claim)));
  const endsAt = new Date(silenceStartsAt(claim.fix).getTime() + days * DAY_MS);
  return { prior, tolerated, window: { ...window, days }, endsAt };
}

/**
 * Judges a claimed fix as of `now`; the same claim and instant always give the same answer.
 * 1. failed: more reports count against it than the limit, and they reach the guard's minimum.
 * 2. stalled: silence cannot prove it and no other evidence was asked for; or the window is over and a criterion is open.
 * 3. proving: the window still runs. Where it is told how often it ran, it is over after so many usual days; after 60 days
 *    in which it ran too little for that, silence cannot prove it.
 * 4. proven: the window is over and every criterion holds.
 * A defect never seen before its fix has no rate, so silence cannot prove it.
 */
export function evaluateProof<R extends GuardedReport>(claim: Claim<R>, now: Date, timeZone: string): Proof<R> {
  const plan = planProof(claim);
  const { prior, tolerated } = plan;
  const limit = reportLimit(claim);
  const known = claim.reports.filter(({ seenAt }) => seenAt <= now);
  const guard = judgeFix(known, claim.fix, claim.severity, limit);
  const elapsedDays = Math.max(0, (now.getTime() - silenceStartsAt(claim.fix).getTime()) / DAY_MS);
  const exposure = plan.window.provable ? exposureSince(claim, silenceStartsAt(claim.fix), now) : null;
  const countedDays = exposure?.days ?? elapsedDays;
  const endsAt = postponed(plan.endsAt, elapsedDays - countedDays, silenceStartsAt(claim.fix));
  const isIdle = exposure !== null && elapsedDays >= MAX_WINDOW_DAYS && countedDays < plan.window.days;
  const window = isIdle ? { ...plan.window, provable: false } : plan.window;
  const counting = guard.counting.length;
  const certainty = guard.failed ? 0 : 1 - chanceOfSilence(prior, countedDays, counting);
  const context = { fix: claim.fix, now, timeZone, counting, tolerated, failed: guard.failed };
  const evidence = withReportLimit(claim.criteria).map((facts) => evidenceRow(facts, context));
  const open = evidence.filter(({ state }) => state !== 'met');
  const reduction = guard.failed ? reductionSince(claim, prior, guard.counting, now) : null;
  const isOver = countedDays >= window.days || isIdle;
  const outcome = outcomeOf({ claim, window, failed: guard.failed, isReduced: reduction !== null, isOver, open });
  const time = { now, timeZone, endsAt, elapsedDays, exposure };
  const facts = { claim, ...time, prior, window, guard, certainty, open, limit, reduction };
  const progress = provingWords(window, countedDays, certainty, exposure?.ran);
  return {
    outcome,
    sentence: proofSentence(outcome, facts),
    progress,
    elapsedDays,
    exposure,
    certainty,
    window,
    endsAt,
    prior,
    guard,
    reduction,
    evidence,
  };
}

/** When a window is over if it runs as usual from now on; not later than the longest window. */
function postponed(plannedEnd: Date, lostDays: number, silentFrom: Date): Date {
  const latest = Math.max(plannedEnd.getTime(), silentFrom.getTime() + MAX_WINDOW_DAYS * DAY_MS);
  return new Date(Math.min(plannedEnd.getTime() + lostDays * DAY_MS, latest));
}

/** What ran since an instant, counted in usual days; null where nobody tells. */
function exposureSince({ fix, reports, paths = [] }: Claim, silentFrom: Date, now: Date): Exposure | null {
  if (paths.length === 0) return null;
  const fixedAt = fix.resumedAt ?? fix.deployedAt;
  const seenFirst = reports
    .filter((report) => concernsFix(report, fix))
    .reduce((first, { seenAt }) => Math.min(first, seenAt.getTime()), fixedAt.getTime());
  const rateFrom = Math.max(
    fixedAt.getTime() - RATE_LOOKBACK_DAYS * DAY_MS,
    fix.resumedAt ? outToAllAt(fix).getTime() : seenFirst,
  );
  return usualDays(paths, { rateFrom: new Date(rateFrom), fixedAt, silentFrom }, now);
}

function reductionSince(
  claim: Claim,
  prior: PriorRate,
  counting: readonly GuardedReport[],
  now: Date,
): Reduction | null {
  const { fix } = claim;
  // What goes on being proven is a rest already; that it became rarer still is no second outcome.
  if (fix.resumedAt) return null;
  const outDays = (now.getTime() - outToAllAt(fix).getTime()) / DAY_MS;
  const countedDays = exposureSince(claim, outToAllAt(fix), now)?.days ?? outDays;
  return reductionOf(prior, counting, { fix, now, toldShare: toldDays(prior, countedDays) / outDays });
}

/** The first day of a fix is never a whole one. */
function daysOfMetrics({ criteria }: Pick<Claim, 'criteria'>): number {
  return Math.max(0, ...criteria.map(({ criterion }) => (criterion.kind === 'metric' ? criterion.forDays + 1 : 0)));
}

function reportLimit({ criteria }: Pick<Claim, 'criteria'>): number {
  const limits = criteria.flatMap(({ criterion }) => (criterion.kind === 'max_reports' ? [criterion.limit] : []));
  return limits.length === 0 ? 0 : Math.min(...limits);
}

/** Every fix is held to a number of reports, 0 unless a criterion says otherwise. */
function withReportLimit(criteria: readonly CriterionFacts[]): readonly CriterionFacts[] {
  const asked = criteria.some(({ criterion }) => criterion.kind === 'max_reports');
  return asked ? criteria : [{ criterion: { kind: 'max_reports', limit: 0 } }, ...criteria];
}

function outcomeOf(state: {
  claim: Claim;
  window: ValidationWindow;
  failed: boolean;
  isReduced: boolean;
  isOver: boolean;
  open: readonly EvidenceRow[];
}): ProofOutcome {
  if (state.failed) return state.isReduced ? 'reduced' : 'failed';
  if (!state.window.provable && !hasOtherEvidence(state.claim.criteria)) return 'stalled';
  if (!state.isOver) return 'proving';
  return state.open.length === 0 ? 'proven' : 'stalled';
}
