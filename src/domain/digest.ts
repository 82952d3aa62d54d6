import { type Burndown, FLOW_LINES, identityGaps } from './burndown.ts';
import type { Outlook } from './outlook.ts';
import { type Harm, type Pareto, paretoOf } from './pareto.ts';
import { isNews, type ReliabilityReport } from './reliability-report.ts';
import { type Relabel, shortensList } from './severity-drift.ts';
import { dispersion } from './stats/dispersion.ts';
import type { Interval } from './stats/poisson.ts';
import type { Grade } from './stats/rate-ratio.ts';
import { compareRates } from './trend-words.ts';
import type { Escape, FixKind } from './vocabulary.ts';

export type DigestWindow = { after: Date; upTo: Date };

/** Reports seen and support tickets they stand for, a week, the oldest first; the last is the digest's own week. */
export type WeekOfReports = { reports: number; tickets: number };

/** Harm in impact points a week, at the start and the end of the digest's week. */
export type Mover = { number: number; title: string; reports: number; harmThen: number; harmNow: number };

export type FixOutcome = {
  kind: 'proven' | 'failed' | 'regressed';
  number: number;
  title: string;
  why: string;
  /** The release that the fix went out in, or that a proven defect came back in; null where none was out. */
  release?: { version: string; link: string | null } | null;
};

export type RitualHealth = {
  triage: { onTime: number; late: number; missed: number; items: number; decided: number; carriedOver: number };
  reminders: { sent: number; acted: number };
};

export type DigestFacts = {
  window: DigestWindow;
  /** The program began within the window, so that there may be no week to compare with. */
  isFirstWeek: boolean;
  thisWeek: Burndown;
  lastWeek: Burndown;
  weeks: readonly WeekOfReports[];
  movers: readonly Mover[];
  outcomes: readonly FixOutcome[];
  relabels: readonly Relabel[];
  unowned: { total: number; top: readonly { number: number; title: string; harm: number }[] };
  /** The harm of every open defect, by its key. */
  harms: readonly Harm[];
  health: RitualHealth;
  /** Why nothing caught the defects accepted in the last 90 days. */
  escapes: readonly { escape: Escape; count: number }[];
  /** Fixes claimed in the last 180 days, and how many of them came back. */
  fixes: readonly { kind: FixKind; claimed: number; cameBack: number }[];
  outlook: Outlook;
  nextTriageAt: Date | null;
  /** The release in which most of the week's new defects were first seen. */
  worstRelease?: { version: string; link: string | null; defects: number; of: number } | null;
  /** What went out to users in the weeks that reliability looks back on, the oldest first. */
  releases?: readonly { version: string; link: string | null; releasedAt: Date }[];
  tranche: { number: number; endsAt: Date | null; committed: number; proven: number } | null;
  /** Undefined where no area is measured. */
  reliability?: ReliabilityReport | undefined;
};

/** Reports this week and in the week before, with the interval of their ratio that any verdict rests on; null where nothing compares. */
export type Verdict = { grade: Grade; now: number; before: number; interval: Interval | null };

export type Digest = Omit<DigestFacts, 'weeks' | 'harms'> & {
  verdict: Verdict;
  /** Support tickets this week and the last. */
  tickets: { now: number; before: number };
  /** What does not add up in the burn-down of either week; empty when everything does. */
  gaps: string[];
  pareto: Pareto | undefined;
  /** Nothing was reported, decided, claimed or proven, and no error budget is in danger. */
  isQuiet: boolean;
};

const MOVERS = 3;
/** Weeks before that tell how much the counts vary by themselves. */
const FEWEST_WEEKS = 4;

/**
 * Turns the facts of a week into what the digest says.
 * 1. The verdict is a direction only where the 95 % interval of the rate ratio leaves out 1, widened for bursts.
 * 2. Movers are those whose harm rose the most; a defect nobody reported only decays and is no news.
 * 3. A relabel is named only where it shortens a list.
 */
export function assembleDigest(facts: DigestFacts): Digest {
  const { weeks, harms, ...rest } = facts;
  const relabels = facts.relabels.filter(shortensList);
  const tickets = { now: weeks.at(-1)?.tickets ?? 0, before: weeks.at(-2)?.tickets ?? 0 };
  const moved = FLOW_LINES.some((line) => facts.thisWeek.lines[line].count > 0);
  const verdict = verdictOf(
    weeks.map(({ reports }) => reports),
    facts.isFirstWeek,
  );
  return {
    ...rest,
    movers: risersFirst(facts.movers).slice(0, MOVERS),
    relabels,
    verdict,
    tickets,
    gaps: [...identityGaps(facts.thisWeek), ...identityGaps(facts.lastWeek)],
    pareto: paretoOf(harms),
    isQuiet:
      !moved &&
      verdict.now === 0 &&
      relabels.length === 0 &&
      facts.health.triage.missed === 0 &&
      !(facts.reliability && isNews(facts.reliability)),
  };
}

function verdictOf(counts: readonly number[], isFirstWeek: boolean): Verdict {
  const now = counts.at(-1) ?? 0;
  const before = counts.at(-2) ?? 0;
  if (isFirstWeek && before === 0) return { grade: 'no clear change', now, before, interval: null };
  const earlier = counts.slice(0, -1);
  const spread =
    earlier.length < FEWEST_WEEKS ? undefined : dispersion(earlier.map((count) => ({ count, exposure: 1 })));
  const { grade, ratio } = compareRates(
    { count: before, days: 7 },
    { count: now, days: 7 },
    'report',
    Math.max(1, spread?.factor ?? 1),
  );
  return { grade, now, before, interval: now + before > 0 && ratio ? ratio.interval : null };
}

function risersFirst(movers: readonly Mover[]): Mover[] {
  const rise = ({ harmThen, harmNow }: Mover) => harmNow - harmThen;
  return movers.filter((mover) => rise(mover) > 0).sort((a, b) => rise(b) - rise(a) || a.number - b.number);
}
