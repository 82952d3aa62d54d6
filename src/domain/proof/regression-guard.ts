import type { Severity } from '../vocabulary.ts';

export type Fix = {
  /** When it began to go out: what was seen before is about the time without it. */
  deployedAt: Date;
  /** When it had reached all, where that took longer: what was seen in between neither fails nor proves it. */
  reachedAllAt?: Date | null;
  /** When proving went on anew, after a part of the failures was seen to remain. */
  resumedAt?: Date | null;
  /** When somebody said that it is out. */
  claimedAt?: Date | null;
  /** Something other than a person that saw it go out, such as a release. */
  witness?: string | null;
  /** Where the fix was deployed; `null` or empty means everywhere. */
  environments: readonly string[] | null;
};

export type GuardedReport = {
  seenAt: Date;
  /** When it was told, where that is known. */
  filedAt?: Date;
  environment: string | null;
  reporterId: string;
  /** Number of accounts that this report says were hit. */
  affected: number;
  /** The vendor whose incident caused it, where there was one. */
  vendor: string | null;
  /** Of a machine's report, at how many instants what it stands for began: each of them is a witness. */
  starts?: number | null;
};

/** How many occurrences, from how many distinct witnesses, a failed fix takes at least. */
export type GuardMinimum = { count: number; distinct: number };

const GUARD_MINIMUM: Record<Severity, GuardMinimum> = {
  S1: { count: 1, distinct: 1 },
  S2: { count: 1, distinct: 1 },
  S3: { count: 2, distinct: 2 },
  S4: { count: 2, distinct: 2 },
};

export function guardMinimum(severity: Severity): GuardMinimum {
  return GUARD_MINIMUM[severity];
}

/** Could this report speak about the fix at all, before or after it: no vendor's incident, an environment it reached? */
export function concernsFix(report: GuardedReport, fix: Fix): boolean {
  return report.vendor === null && isReached(report.environment, fix.environments);
}

/** When the fix had reached everybody it was meant for. */
export function outToAllAt({ deployedAt, reachedAllAt }: Fix): Date {
  return reachedAllAt && reachedAllAt > deployedAt ? reachedAllAt : deployedAt;
}

/** From when on a report counts: once the fix was out to all, or once its owner has said that the rest is gone too. */
export function countsFrom(fix: Fix): Date {
  const outAt = outToAllAt(fix);
  return fix.resumedAt && fix.resumedAt > outAt ? fix.resumedAt : outAt;
}

/**
 * From when on silence speaks for a fix: once reports count, and not before the claim unless something other than a
 * person saw it go out. Whoever picks a date after looking at the silence would otherwise prove anything.
 */
export function silenceStartsAt(fix: Fix): Date {
  const from = countsFrom(fix);
  return !fix.witness && fix.claimedAt && fix.claimedAt > from ? fix.claimedAt : from;
}

/**
 * A report counts against a fix only if
 * 1. it was seen after the fix had reached all, and after proving went on anew, however late it was filed,
 * 2. in an environment the fix reached; an unknown environment counts, or leaving it empty would win the proof,
 * 3. and no vendor's incident caused it.
 */
export function countsAgainstFix(report: GuardedReport, fix: Fix): boolean {
  return report.seenAt > countsFrom(fix) && concernsFix(report, fix);
}

/** What one report says of a fix: it counts against it, or why it does not. */
export type ReportVerdict = 'counts' | 'before_fix' | 'rollout' | 'known_rest' | 'vendor' | 'elsewhere';

export function verdictOn(report: GuardedReport, fix: Fix): ReportVerdict {
  if (report.seenAt <= fix.deployedAt) return 'before_fix';
  if (report.vendor !== null) return 'vendor';
  if (!isReached(report.environment, fix.environments)) return 'elsewhere';
  if (report.seenAt <= outToAllAt(fix)) return 'rollout';
  return report.seenAt > countsFrom(fix) ? 'counts' : 'known_rest';
}

export type GuardVerdict<R extends GuardedReport> = {
  failed: boolean;
  /** Reports that count, oldest first. They are "tail" while the fix has not failed. */
  counting: R[];
  /** Seen after the deployment, but while it went out, as a rest that is known, elsewhere or by a vendor's fault: shown, never reopening. */
  others: R[];
  distinct: number;
};

/** Has the fix failed: more than `limit` reports count, and they reach the minimum count and distinctness of the severity? */
export function judgeFix<R extends GuardedReport>(
  reports: readonly R[],
  fix: Fix,
  severity: Severity,
  limit = 0,
): GuardVerdict<R> {
  const after = reports
    .filter((report) => report.seenAt > fix.deployedAt)
    .sort((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
  const counting = after.filter((report) => countsAgainstFix(report, fix));
  const others = after.filter((report) => !countsAgainstFix(report, fix));
  const distinct = distinctWitnesses(counting);
  const minimum = guardMinimum(severity);
  const count = counting.reduce((sum, { starts }) => sum + (starts ?? 1), 0);
  const failed = counting.length > limit && count >= minimum.count && distinct >= minimum.distinct;
  return { failed, counting, others, distinct };
}

/**
 * The larger of the witnesses and of the accounts that one report alone vouches for. A person is one witness however often
 * they tell of it; a machine forgets nothing and imagines nothing, so each start that it saw is one.
 */
export function distinctWitnesses(reports: readonly GuardedReport[]): number {
  const people = new Set(reports.filter(({ starts }) => !starts).map(({ reporterId }) => reporterId)).size;
  const witnesses = reports.reduce((sum, { starts }) => sum + (starts ?? 0), people);
  return reports.reduce((most, { affected }) => Math.max(most, affected), witnesses);
}

function isReached(environment: string | null, environments: readonly string[] | null): boolean {
  if (environment === null || !environments || environments.length === 0) return true;
  const name = environment.trim().toLowerCase();
  return environments.some((reached) => reached.trim().toLowerCase() === name);
}
