import { heldSince, type MetricDay } from '../reliability/metric-days.ts';
import { counted } from '../text/counted.ts';
import { dayWords } from '../time/day-words.ts';
import { DAY_MS } from '../time/durations.ts';
import type { Criterion, MetricBound } from './criteria.ts';
import { metricValueWords, metricWords } from './metric-bound.ts';
import { countsFrom, type Fix } from './regression-guard.ts';

/** A criterion with what is known about it. Only the fields of its kind are looked at. */
export type CriterionFacts = {
  criterion: Criterion;
  /** Second person: who confirmed, and when. */
  confirmedBy?: string | null;
  confirmedAt?: Date | null;
  /** Link: the address that was given. */
  link?: string | null;
  /** Metric: the days since the fix, in any order. */
  days?: readonly MetricDay[];
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

/** Whether something other than silence was asked to bear the proof: a metric or a second person. */
export function hasOtherEvidence(criteria: readonly CriterionFacts[]): boolean {
  return criteria.some(({ criterion }) => criterion.kind === 'metric' || criterion.kind === 'second_person');
}

/** Evaluates one criterion into a row of evidence. No data is never evidence: a metric that nothing is known of stays open. */
export function evidenceRow(facts: CriterionFacts, context: EvidenceContext): EvidenceRow {
  const { criterion } = facts;
  switch (criterion.kind) {
    case 'max_reports':
      return { criterion, ...reportEvidence(criterion.limit, context) };
    case 'metric':
      return { criterion, ...metricEvidence(criterion, facts.days ?? [], context) };
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
  const since = fix.resumedAt
    ? `proving went on anew on ${dayWords(fix.resumedAt, timeZone)}`
    : `the fix of ${dayWords(fix.deployedAt, timeZone)}`;
  const sentence = `${counted(counting, 'report')} since ${since}; the limit is ${limit}.`;
  if (failed) return { state: 'broken', sentence };
  return { state: counting <= tolerated ? 'met' : 'open', sentence };
}

/** So many whole days in a row, the last one being yesterday, must lie under the bound and after the deployment. */
function metricEvidence(
  criterion: MetricBound,
  days: readonly MetricDay[],
  { fix, now, timeZone }: EvidenceContext,
): Evidence {
  const { metric, bound, forDays } = criterion;
  const name = metricWords(criterion);
  const held = heldSince(days, { bound, days: forDays }, { since: countsFrom(fix), now });
  if (held.lastAt === null) {
    return { state: 'open', sentence: `${sentenceCase(name)}: no data since the fix, so it cannot be met yet.` };
  }
  const under = `under ${metricValueWords(metric, bound)}`;
  if (held.held) {
    const worst = metricValueWords(metric, worstUnder(bound, days, countsFrom(fix)));
    return {
      state: 'met',
      sentence: `${sentenceCase(name)} stayed ${under} for ${counted(held.goodDays, 'day')}, at worst ${worst}.`,
    };
  }
  const worst = held.worst === null ? '' : `, at worst ${metricValueWords(metric, held.worst)}`;
  const isStale = now.getTime() - held.lastAt.getTime() > 2 * DAY_MS;
  const age = isStale ? `; no data since ${dayWords(held.lastAt, timeZone)}, so it cannot be met yet` : '';
  return {
    state: 'open',
    sentence: `${sentenceCase(name)} ${under} for ${held.goodDays} of ${counted(forDays, 'day')}${worst}${age}.`,
  };
}

/** The greatest value since the last one that was not under the bound. */
function worstUnder(bound: number, days: readonly MetricDay[], since: Date): number {
  const latestFirst = days
    .filter(({ startsAt }) => startsAt >= since)
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
    .flatMap(({ value }) => value ?? []);
  const end = latestFirst.findIndex((value) => value >= bound);
  return Math.max(...(end === -1 ? latestFirst : latestFirst.slice(0, end)));
}

function sentenceCase(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
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
