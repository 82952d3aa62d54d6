import type { Criterion } from './criteria.ts';
import { countWords, dayWords } from './day-words.ts';
import type { Fix } from './regression-guard.ts';

/** One day's value of a metric, in the metric's own unit. */
export type MetricReading = { at: Date; value: number };

/** A criterion with what is known about it. Only the fields of its kind are looked at. */
export type CriterionFacts = {
  criterion: Criterion;
  /** Second person: who confirmed, and when. */
  confirmedBy?: string | null;
  confirmedAt?: Date | null;
  /** Link: the address that was given. */
  link?: string | null;
  /** Metric: readings, at most one a day, in any order. */
  readings?: readonly MetricReading[];
};

/** `met` holds now, `open` does not hold yet, `broken` failed the fix. */
export type EvidenceRow = { criterion: Criterion; state: 'met' | 'open' | 'broken'; sentence: string };

export type EvidenceContext = {
  fix: Fix;
  now: Date;
  timeZone: string;
  /** Reports that count against the fix, how many its severity lets pass, and whether they failed it. */
  counting: number;
  tolerated: number;
  failed: boolean;
};

/** Evaluates one criterion into a row of evidence. No data is never evidence: a metric without readings stays open. */
export function evidenceRow(facts: CriterionFacts, context: EvidenceContext): EvidenceRow {
  const { criterion } = facts;
  switch (criterion.kind) {
    case 'max_reports':
      return { criterion, ...reportEvidence(criterion.limit, context) };
    case 'metric':
      return { criterion, ...metricEvidence(criterion, facts.readings ?? [], context) };
    case 'second_person':
      return { criterion, ...personEvidence(criterion.userId, facts, context) };
    case 'link':
      return facts.link?.trim()
        ? { criterion, state: 'met', sentence: `The link to ${criterion.what} is there: ${facts.link.trim()}` }
        : { criterion, state: 'open', sentence: `The link to ${criterion.what} is missing.` };
  }
}

type Evidence = Omit<EvidenceRow, 'criterion'>;

function reportEvidence(limit: number, { fix, timeZone, counting, tolerated, failed }: EvidenceContext): Evidence {
  const since = dayWords(fix.deployedAt, timeZone);
  const sentence = `${countWords(counting, 'report')} since the fix of ${since}; the limit is ${limit}.`;
  if (failed) return { state: 'broken', sentence };
  return { state: counting <= tolerated ? 'met' : 'open', sentence };
}

/** All of the last `forDays` days must have a reading under the bound, and lie after the deployment. */
function metricEvidence(
  criterion: Extract<Criterion, { kind: 'metric' }>,
  readings: readonly MetricReading[],
  { fix, now }: EvidenceContext,
): Evidence {
  const { metric, bound, forDays } = criterion;
  const since = readings
    .filter(({ at, value }) => at >= fix.deployedAt && at <= now && Number.isFinite(value))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  const last = since.slice(0, forDays);
  const lastBad = last.findIndex(({ value }) => value >= bound);
  const good = lastBad === -1 ? last.length : lastBad;
  if (last.length === 0) return { state: 'open', sentence: `${metric}: no reading since the fix.` };
  const worst = `at worst ${Math.max(...last.map(({ value }) => value))}, the bound is ${bound}`;
  const stale = now.getTime() - (last[0]?.at.getTime() ?? 0) > 2 * DAY_MS;
  const spread = (last[0]?.at.getTime() ?? 0) - (last.at(-1)?.at.getTime() ?? 0);
  // Seven readings within an hour are not seven days.
  if (good >= forDays && !stale && spread >= (forDays - 1.5) * DAY_MS) {
    return { state: 'met', sentence: `${metric} stayed under the bound for ${countWords(forDays, 'day')}: ${worst}.` };
  }
  const age = stale ? ', but the last reading is more than two days old' : '';
  return { state: 'open', sentence: `${metric} under the bound for ${good} of ${forDays} days${age}: ${worst}.` };
}

function personEvidence(userId: string, facts: CriterionFacts, { fix, now, timeZone }: EvidenceContext): Evidence {
  const at = facts.confirmedAt;
  if (facts.confirmedBy !== userId || !at || at > now) {
    return { state: 'open', sentence: 'The second person has not confirmed yet.' };
  }
  if (at < fix.deployedAt) {
    return { state: 'open', sentence: `The second person confirmed before the fix was deployed; it must be after.` };
  }
  return { state: 'met', sentence: `The second person confirmed it on ${dayWords(at, timeZone)}.` };
}

const DAY_MS = 86_400_000;
