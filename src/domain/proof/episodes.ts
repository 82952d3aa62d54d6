import { DAY_MS, HOUR_MS } from '../time/durations.ts';
import { countsFrom, type Fix, type GuardedReport, outToAllAt, silenceStartsAt } from './regression-guard.ts';
import { type ReporterCheck, shareToldOn } from './reporter-check.ts';

/** How far back a defect's own rate is taken from. */
export const RATE_LOOKBACK_DAYS = 112;
/** Failures less than so far apart are one episode: days in a row. */
const EPISODE_GAP_DAYS = 2;
/** What has gone on for so long without a break counts as another episode, as though a day had been quiet in between. */
const LONGEST_EPISODE_DAYS = 7;
/** Who files something later than this has not forgotten to tell it: an old list was filed at once. */
const LATEST_DAYS = 28;

/** How often something came back after a quiet spell, and how many days such spells lasted in all. */
export type Returns = { returns: number; quietDays: number };

/** How a defect came before its fix. */
export type PriorRate = Returns & {
  /** On how many of how many whole days it was seen, for people to read. */
  hitDays: number;
  days: number;
  /** How many reports these days brought, for people to read. */
  reports: number;
  /** Which share of the reports was filed how many days after it was seen, to the hour. */
  delays: readonly { days: number; share: number }[];
  /** Which share of what happens is told on since the fix. */
  toldOn: number;
};

/**
 * The defect's rate before a fix, from the reports of the last 112 days that could have spoken about it.
 * 1. Days in a row are one episode: only how long it was quiet in between tells how long it will be quiet by chance. A gap
 *    between two reports counts from its third day on; of failures that come singly (Poisson) no rate is lost by that,
 *    since what is left of their gaps is as long as a whole one (the runs estimator of the extremal index: Smith and
 *    Weissman, JRSS B 1994).
 * 2. The quiet that a claim waited for belongs to it, unless something else saw the fix go out: it was chosen for being quiet.
 * 3. People may tell less of what they have heard is fixed: how many go on is taken from who was asked and has answered.
 * 4. Where proving goes on after a part was ended, the rate is that of the rest: of what was seen since the fix.
 */
export function priorRate(reports: readonly GuardedReport[], fix: Fix, check: ReporterCheck | null = null): PriorRate {
  const from = fix.resumedAt ? outToAllAt(fix) : null;
  const upTo = fix.resumedAt ?? fix.deployedAt;
  const ageOf = (at: Date) => (upTo.getTime() - at.getTime()) / DAY_MS;
  const before = reports
    .filter(({ seenAt }) => (from ? seenAt > from && seenAt <= upTo : seenAt < upTo))
    .sort((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
  const ages = before.map(({ seenAt }) => ageOf(seenAt));
  const days = Math.min(RATE_LOOKBACK_DAYS, Math.floor((from ? ageOf(from) : ages[0]) ?? 0));
  const waitedMs = ages.length > 0 ? silenceStartsAt(fix).getTime() - countsFrom(fix).getTime() : 0;
  const { returns, quietDays } = returnsOf(ages, from ? ageOf(from) : undefined);
  const recent = before.filter(({ seenAt }) => ageOf(seenAt) < RATE_LOOKBACK_DAYS);
  return {
    hitDays: new Set(ages.map(Math.floor).filter((day) => day < days)).size,
    days,
    reports: ages.filter((age) => age < days).length,
    returns,
    quietDays: quietDays + waitedMs / DAY_MS,
    delays: delaysOf(recent),
    toldOn: shareToldOn(recent, check),
  };
}

function delaysOf(reports: readonly GuardedReport[]): PriorRate['delays'] {
  const hours = reports
    .map(({ seenAt, filedAt = seenAt }) => Math.max(0, Math.ceil((filedAt.getTime() - seenAt.getTime()) / HOUR_MS)))
    .filter((late) => late <= LATEST_DAYS * 24);
  const counts = new Map<number, number>();
  for (const late of hours) counts.set(late, (counts.get(late) ?? 0) + 1);
  return [...counts].map(([late, count]) => ({ days: late / 24, share: count / hours.length }));
}

/**
 * @param ages in days of what was seen, the oldest first
 * @param watchedFor since how many days it was watched; since the first of what was seen where that is not given
 */
export function returnsOf(ages: readonly number[], watchedFor?: number): Returns {
  const within = (age: number) => Math.min(age, RATE_LOOKBACK_DAYS);
  let returns = 0;
  let quietDays = 0;
  if (watchedFor !== undefined) {
    quietDays += within(watchedFor) - within(ages[0] ?? 0);
    if (ages.length > 0) returns += 1;
  }
  let began = ages[0] ?? 0;
  ages.forEach((age, i) => {
    const next = ages[i + 1] ?? 0;
    const quiet = within(age - EPISODE_GAP_DAYS) - within(next);
    const hasEnded = age - next > EPISODE_GAP_DAYS;
    if (hasEnded && quiet > 0) {
      quietDays += quiet;
      if (i + 1 < ages.length) returns += 1;
    }
    if (!hasEnded && i + 1 < ages.length) return;
    const more = Math.floor((within(began) - within(age)) / LONGEST_EPISODE_DAYS);
    returns += more;
    quietDays += more;
    began = next;
  });
  return { returns, quietDays };
}
