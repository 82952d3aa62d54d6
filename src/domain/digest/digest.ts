import { type Relabel, shortensList } from '../defects/severity-drift.ts';
import type { Comparison } from '../fixes/ledger.ts';
import { isNews, type ReliabilityReport } from '../reliability/reliability-report.ts';
import type { ComebackKind, Escape, FixKind } from '../vocabulary.ts';
import { type Burndown, FLOW_LINES, identityGaps } from './burndown.ts';
import type { Need } from './needs.ts';
import type { Outlook } from './outlook.ts';
import { type Harm, type Pareto, paretoOf } from './pareto.ts';
import type { ProgramVerdicts } from './program-verdicts.ts';
import { type DefectTickets, type SupportBurden, supportBurden } from './support-burden.ts';

export type DigestWindow = { after: Date; upTo: Date };

/** Reports seen in a week, and the support tickets they stand for. */
export type WeekOfReports = { reports: number; tickets: number };

/** Harm in impact points a week, at the start and the end of the digest's week. */
export type Mover = { number: number; title: string; reports: number; harmThen: number; harmNow: number };

export type FixOutcome = {
  kind: 'proven' | ComebackKind;
  number: number;
  title: string;
  why: string;
  /** The release that the fix went out in, or that a proven defect came back in; null where none was out. */
  release?: { version: string; link: string | null } | null;
};

/** How many of each kind a digest names. */
export const OUTCOMES_SHOWN = 3;

/** A ritual that was due and not held: nothing ran it then, or its post never reached the channel. */
export type MissedRitual = {
  ritual: 'triage' | 'digest' | 'tranche_review';
  dueAt: Date;
  why: 'not running' | 'not delivered';
};

export type RitualHealth = {
  triage: { held: boolean; late: boolean; items: number; decided: number; carriedOver: number };
  reminders: { sent: number; acted: number };
  /** Since the last digest, the oldest first. */
  missed: readonly MissedRitual[];
};

export type DigestFacts = {
  window: DigestWindow;
  thisWeek: Burndown;
  lastWeek: Burndown;
  /** Reports seen in the digest's own week, and their support tickets, as they are known now. */
  week: WeekOfReports;
  /** What may be said of the weeks so far; null in the first one. */
  verdicts: ProgramVerdicts | null;
  /** Up to three things that need somebody. */
  needs: readonly Need[];
  /** What support tickets the defects cost this week. */
  costs: readonly DefectTickets[];
  movers: readonly Mover[];
  outcomes: readonly FixOutcome[];
  relabels: readonly Relabel[];
  unowned: { total: number; top: readonly { number: number; title: string; harm: number; quietHalvings: number }[] };
  /** The harm of the most harmful open defects, by their keys. */
  harms: readonly Harm[];
  /** How many defects are open, and the harm that they do together. */
  open: { count: number; harm: number };
  health: RitualHealth;
  /** Why nothing caught the defects accepted in the last 90 days. */
  escapes: readonly { escape: Escape; count: number }[];
  /** Fixes claimed in the last 180 days, and how many of them came back. */
  fixes: readonly { kind: FixKind; claimed: number; cameBack: number }[];
  /** How fixes compare by who made them, where, of what kind and in which area. */
  ledger: readonly Comparison[];
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

export type Digest = Omit<DigestFacts, 'costs' | 'harms' | 'open'> & {
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
 * 1. Movers are those whose harm rose the most; a defect nobody reported only decays and is no news.
 * 2. A relabel is named only where it shortens a list.
 */
export function assembleDigest(facts: DigestFacts): Digest {
  const { costs, harms, open, ...rest } = facts;
  const relabels = facts.relabels.filter(shortensList);
  const moved = FLOW_LINES.some((line) => facts.thisWeek.lines[line].count > 0);
  return {
    ...rest,
    movers: risersFirst(facts.movers).slice(0, MOVERS),
    relabels,
    support: supportBurden(costs),
    gaps: [...identityGaps(facts.thisWeek), ...identityGaps(facts.lastWeek)],
    pareto: paretoOf(harms, open),
    isQuiet:
      !moved && facts.week.reports === 0 && relabels.length === 0 && !(facts.reliability && isNews(facts.reliability)),
  };
}

function risersFirst(movers: readonly Mover[]): Mover[] {
  const rise = ({ harmThen, harmNow }: Mover) => harmNow - harmThen;
  return movers.filter((mover) => rise(mover) > 0).sort((a, b) => rise(b) - rise(a) || a.number - b.number);
}
