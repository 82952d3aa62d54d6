import { counted } from '../text/counted.ts';
import { dayWords } from '../time/day-words.ts';
import { DAY_MS } from '../time/durations.ts';
import type { Severity } from '../vocabulary.ts';
import { type CriterionFacts, type EvidenceRow, evidenceRow } from './criterion-evidence.ts';
import { type PriorRate, priorRate } from './episodes.ts';
import { type Reduction, reductionOf, reductionWords } from './reduction.ts';
import {
  concernsFix,
  countsFrom,
  type Fix,
  type GuardedReport,
  type GuardVerdict,
  guardMinimum,
  judgeFix,
  outToAllAt,
  silenceStartsAt,
} from './regression-guard.ts';
import type { ReporterCheck } from './reporter-check.ts';
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
 * 3. proving: the window still runs.
 * 4. proven: the window is over and every criterion holds.
 * A defect never seen before its fix has no rate, so silence cannot prove it.
 */
export function evaluateProof<R extends GuardedReport>(claim: Claim<R>, now: Date, timeZone: string): Proof<R> {
  const { prior, tolerated, window, endsAt } = planProof(claim);
  const limit = reportLimit(claim);
  const known = claim.reports.filter(({ seenAt }) => seenAt <= now);
  const guard = judgeFix(known, claim.fix, claim.severity, limit);
  const elapsedDays = Math.max(0, (now.getTime() - silenceStartsAt(claim.fix).getTime()) / DAY_MS);
  const counting = guard.counting.length;
  const certainty = guard.failed ? 0 : 1 - chanceOfSilence(prior, elapsedDays, counting);
  const context = { fix: claim.fix, now, timeZone, counting, tolerated, failed: guard.failed };
  const evidence = withReportLimit(claim.criteria).map((facts) => evidenceRow(facts, context));
  const open = evidence.filter(({ state }) => state !== 'met');
  const reduction = guard.failed ? reductionSince(claim.fix, prior, guard.counting, now) : null;
  const isOver = elapsedDays >= window.days;
  const outcome = outcomeOf({ claim, window, failed: guard.failed, isReduced: reduction !== null, isOver, open });
  const facts = { claim, now, timeZone, prior, window, endsAt, guard, elapsedDays, certainty, open, limit, reduction };
  const progress = provingWords(window, elapsedDays, certainty);
  return {
    outcome,
    sentence: SENTENCES[outcome](facts),
    progress,
    elapsedDays,
    certainty,
    window,
    endsAt,
    prior,
    guard,
    reduction,
    evidence,
  };
}

function reductionSince(fix: Fix, prior: PriorRate, counting: readonly GuardedReport[], now: Date): Reduction | null {
  // What goes on being proven is a rest already; that it became rarer still is no second outcome.
  if (fix.resumedAt) return null;
  const outDays = (now.getTime() - outToAllAt(fix).getTime()) / DAY_MS;
  return reductionOf(prior, counting, { fix, now, toldShare: toldDays(prior, outDays) / outDays });
}

/** Whether something other than silence was asked to bear the proof: a metric or a second person. */
export function hasOtherEvidence(criteria: readonly CriterionFacts[]): boolean {
  return criteria.some(({ criterion }) => criterion.kind === 'metric' || criterion.kind === 'second_person');
}

/** Why silence cannot prove a fix and what to do; `undefined` where it can. */
export function silenceWords(prior: PriorRate, window: ValidationWindow): string | undefined {
  if (window.provable) return undefined;
  const ask = 'Add another criterion: a metric bound or a second person.';
  if (prior.hitDays === 0) return `Silence cannot prove this fix: no earlier rate of the defect is known. ${ask}`;
  const needed = window.neededDays < 1000 ? `about ${Math.ceil(window.neededDays)} quiet days` : 'years of quiet';
  const seen = `it was seen on ${prior.hitDays} of ${counted(prior.days, 'day')} before`;
  return `Silence cannot prove this fix: ${seen}, so ${needed} would be needed, and 60 is the most. ${ask}`;
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

type SentenceFacts = {
  claim: Claim;
  now: Date;
  timeZone: string;
  prior: PriorRate;
  window: ValidationWindow;
  endsAt: Date;
  guard: GuardVerdict<GuardedReport>;
  elapsedDays: number;
  certainty: number;
  open: readonly EvidenceRow[];
  limit: number;
  reduction: Reduction | null;
};

const SENTENCES: Record<ProofOutcome, (facts: SentenceFacts) => string> = {
  failed: failedWords,
  reduced: (facts) => `${facts.reduction ? `${reductionWords(facts.reduction)} ` : ''}${failedWords(facts)}`,
  stalled: (facts) => {
    const words = silenceWords(facts.prior, facts.window);
    if (words && !hasOtherEvidence(facts.claim.criteria)) return words;
    const since = fixWords(facts.claim.fix, facts.timeZone);
    const gaps = facts.open.map(({ sentence }) => sentence).join(' ');
    return `The ${facts.window.days} days since ${since} are over, but it is not proven. ${gaps}`;
  },
  proving: (facts) => {
    const { claim, now, timeZone, window, endsAt, elapsedDays, certainty } = facts;
    const { fix } = claim;
    const since = fixWords(fix, timeZone);
    if (fix.deployedAt > now) {
      return `The fix is to be deployed on ${dayWords(fix.deployedAt, timeZone)}; proving starts then.`;
    }
    if (outToAllAt(fix) > now) {
      return `The fix goes out until ${dayWords(outToAllAt(fix), timeZone)}; what is seen before neither fails nor proves it.`;
    }
    const until = dayWords(endsAt, timeZone);
    const day = `day ${Math.floor(elapsedDays)} of ${window.days}, until ${until}`;
    const sure = window.provable
      ? `${Math.min(99, Math.floor(certainty * 100))} % sure that it holds${restsOn(claim)}`
      : 'silence alone cannot prove it';
    return `${seenWords(facts)} since ${since}: ${day}, ${sure}.`;
  },
  proven: (facts) => {
    const { claim, timeZone, prior, window, elapsedDays } = facts;
    const since = fixWords(claim.fix, timeZone);
    const quiet = `${seenWords(facts)} in the ${Math.floor(elapsedDays)} days since ${since}`;
    if (!window.provable) return `${quiet}, and the other criteria hold. Silence alone would not have proven it.`;
    return `${quiet}; before it, it was seen on ${prior.hitDays} of ${prior.days} days. Unfixed, it would be so quiet in under 5 % of cases${restsOn(claim)}.`;
  },
};

function failedWords({ claim, timeZone, guard, limit }: SentenceFacts): string {
  const reporters = new Set(guard.counting.map(({ reporterId }) => reporterId)).size;
  const accounts = guard.counting.reduce((most, { affected }) => Math.max(most, affected), 0);
  const from = accounts > reporters ? counted(accounts, 'account') : counted(reporters, 'reporter');
  const occurrences = guard.counting.reduce((sum, { starts }) => sum + (starts ?? 1), 0);
  const seen =
    occurrences > guard.counting.length
      ? `${counted(guard.counting.length, 'report')} of ${counted(occurrences, 'occurrence')}`
      : counted(guard.counting.length, 'report');
  return `${seen} from ${from} since ${fixWords(claim.fix, timeZone)}; the limit is ${limit}.`;
}

/** `the fix of 4 Nov`, with the day since which silence counts where that is another one. */
function fixWords(fix: Fix, timeZone: string): string {
  const [out, all, resumed, counts] = [fix.deployedAt, outToAllAt(fix), countsFrom(fix), silenceStartsAt(fix)].map(
    (at) => dayWords(at, timeZone),
  );
  if (fix.resumedAt) return `proving of the fix of ${out} went on anew on ${resumed}`;
  if (counts !== all) return `the fix of ${out} was claimed on ${counts}`;
  return all === out ? `the fix of ${out}` : `the fix of ${out} had reached all on ${all}`;
}

/** What the proof rests on where people told of it; a machine tells what it sees whether or not it has heard of a fix. */
function restsOn({ reports, fix, check }: Claim): string {
  const isTold = reports.some((report) => report.seenAt < fix.deployedAt && concernsFix(report, fix) && !report.starts);
  if (!isTold) return '';
  const asked = check?.asked.length ?? 0;
  const answered = asked > 0 ? ` (${check?.answered.length ?? 0} of ${asked} who were asked have answered)` : '';
  return `, as long as people go on reporting it${answered}`;
}

function seenWords({ guard, limit }: SentenceFacts): string {
  const count = guard.counting.length;
  const kept = guard.others.length === 0 ? '' : ` (and ${guard.others.length} that do not count)`;
  if (count === 0) return `No report${kept}`;
  return `${counted(count, 'report')}${kept}, ${count > limit ? 'too few to fail it,' : `within the limit of ${limit},`}`;
}
