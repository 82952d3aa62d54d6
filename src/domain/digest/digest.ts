import { type Relabel, shortensList } from '../defects/severity-drift.ts';
import { isNews, type ReliabilityReport } from '../reliability/reliability-report.ts';
import type { Escape, FixKind } from '../vocabulary.ts';
import { type Burndown, FLOW_LINES, identityGaps } from './burndown.ts';
import type { Outlook } from './outlook.ts';
import { type Harm, type Pareto, paretoOf } from './pareto.ts';
import { type DefectTickets, type SupportBurden, supportBurden } from './support-burden.ts';
import { type Verdict, weeklyVerdict } from './weekly-verdict.ts';

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
  /** What support tickets the defects cost this week. */
  costs: readonly DefectTickets[];
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
  /** The defects that burnt the most of a quarter's error budget of their area, the greatest share first. */
  burners?: readonly { number: number; area: string; share: number; badEvents: number }[];
};

export type Digest = Omit<DigestFacts, 'weeks' | 'costs' | 'harms'> & {
  verdict: Verdict;
  support: SupportBurden;
  /** What does not add up in the burn-down of either week; empty when everything does. */
  gaps: string[];
  pareto: Pareto | undefined;
  /** Nothing was reported, decided, claimed or proven, and no error budget is in danger. */
  isQuiet: boolean;
};

const MOVERS = 3;

/**
 * Turns the facts of a week into what the digest says.
 * 1. The verdict is a direction only where the 95 % interval of the rate ratio leaves out 1, widened for bursts.
 * 2. Movers are those whose harm rose the most; a defect nobody reported only decays and is no news.
 * 3. A relabel is named only where it shortens a list.
 */
export function assembleDigest(facts: DigestFacts): Digest {
  const { weeks, costs, harms, ...rest } = facts;
  const relabels = facts.relabels.filter(shortensList);
  const moved = FLOW_LINES.some((line) => facts.thisWeek.lines[line].count > 0);
  const verdict = weeklyVerdict(
    weeks.map(({ reports }) => reports),
    facts.isFirstWeek,
  );
  return {
    ...rest,
    movers: risersFirst(facts.movers).slice(0, MOVERS),
    relabels,
    verdict,
    support: supportBurden(weeks, costs, facts.isFirstWeek),
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

function risersFirst(movers: readonly Mover[]): Mover[] {
  const rise = ({ harmThen, harmNow }: Mover) => harmNow - harmThen;
  return movers.filter((mover) => rise(mover) > 0).sort((a, b) => rise(b) - rise(a) || a.number - b.number);
}
