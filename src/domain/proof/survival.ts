import { type Lifetime, type SurvivalCurve, survivalAt, survivalCurve } from '../stats/kaplan-meier.ts';
import type { Interval } from '../stats/observed.ts';

export const SURVIVAL_DAYS = [30, 60, 90] as const;

const DAY_MS = 86_400_000;

/** A fix, from its deployment to the failure or regression that ended it; `null` while it holds. */
export type FixLife = { area: string; deployedAt: Date; brokeAt: Date | null };

export type SurvivalShare = {
  days: number;
  /** The share of fixes still holding, 0 to 1; `undefined` while no fix is old enough to tell. */
  share: number | undefined;
  /** 95 %; `undefined` before the first failure, when all hold and no error can be given. */
  interval: Interval | undefined;
};

export type SurvivalLedger = { fixes: number; broken: number; shares: SurvivalShare[]; sentence: string };

/** How many days each fix deployed by `now` has held, and whether it broke then. */
export function fixLifetimes(fixes: readonly FixLife[], now: Date): Lifetime[] {
  return fixes
    .filter(({ deployedAt }) => deployedAt <= now)
    .map(({ deployedAt, brokeAt }) => {
      const happened = brokeAt !== null && brokeAt <= now;
      const until = happened ? brokeAt : now;
      return { time: Math.max(0, (until.getTime() - deployedAt.getTime()) / DAY_MS), happened };
    });
}

/**
 * How many fixes still hold after 30, 60 and 90 days: Kaplan-Meier over all fixes deployed by `now`, those that still
 * hold censored at their age. What broke after `now` still holds, so any past day can be recomputed.
 */
export function survivalLedger(fixes: readonly FixLife[], now: Date): SurvivalLedger {
  const lives = fixLifetimes(fixes, now);
  const curve = survivalCurve(lives);
  const shares = SURVIVAL_DAYS.map((days) => shareAt(curve, days));
  const broken = lives.filter(({ happened }) => happened).length;
  return { fixes: lives.length, broken, shares, sentence: ledgerSentence(lives.length, broken, shares) };
}

/** The ledger of each area, in the alphabetical order of areas. */
export function survivalByArea(fixes: readonly FixLife[], now: Date): { area: string; ledger: SurvivalLedger }[] {
  const areas = [...new Set(fixes.map(({ area }) => area))].sort();
  return areas.map((area) => ({
    area,
    ledger: survivalLedger(
      fixes.filter((fix) => fix.area === area),
      now,
    ),
  }));
}

function shareAt(curve: SurvivalCurve, days: number): SurvivalShare {
  const at = survivalAt(curve, days);
  return { days, share: at?.survival, interval: at?.interval };
}

/** "15 of 17 fixes still hold. About 85 % last 30 days (51 to 96 %), 80 % last 60." */
function ledgerSentence(fixes: number, broken: number, shares: readonly SurvivalShare[]): string {
  if (fixes === 0) return 'No fix to follow yet.';
  const hold =
    fixes === 1
      ? `${broken === 1 ? 'The one fix did not hold' : 'The one fix still holds'}.`
      : `${fixes - broken} of ${fixes} fixes still hold.`;
  const known = shares.flatMap(({ days, share, interval }) =>
    share === undefined ? [] : [{ days, share: percent(share), interval }],
  );
  if (known.length === 0) return `${hold} None is 30 days old yet.`;
  const last = known.map(({ days, share, interval }, i) => {
    const range = interval ? ` (${percent(interval.low)} to ${percent(interval.high)} %)` : '';
    return `${share} % last ${days}${i === 0 ? ' days' : ''}${range}`;
  });
  return `${hold} ${known[0]?.interval ? 'About' : 'So far'} ${last.join(', ')}.`;
}

function percent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}
