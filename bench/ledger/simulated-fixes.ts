import type { LedgerFix } from '../../src/domain/fixes/ledger.ts';
import type { Maker } from '../../src/domain/fixes/maker.ts';
import type { Random } from '../../src/domain/stats/random.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import { FIX_KINDS } from '../../src/domain/vocabulary.ts';

/** How the fixes of one maker hold: a share never breaks, the others by a Weibull law of days. */
export type Truth = { maker: Maker; share: number; forEver: number; shape: number; scale: number; sinceDay: number };

export const NOW = new Date('2026-11-27T00:00:00Z');
const LOOKS_BACK_DAYS = 540;
const AREAS = ['billing', 'connectivity', 'deployment', 'launch integration'];

/** The share of a maker's fixes that truly last so many days. */
export function trueSurvival({ forEver, shape, scale }: Truth, days: number): number {
  return forEver + (1 - forEver) * Math.exp(-((days / scale) ** shape));
}

/**
 * Fixes of known survival, harder to judge than life: deployed at any time in a year and a half, those of some makers only
 * lately, so that groups are censored unequally; groups of unequal size; everything told in whole days, so that many tie; and
 * proven after windows of 3 to 60 days.
 */
export function simulateFixes(random: Random, truths: readonly Truth[], count: number): LedgerFix[] {
  return truths.flatMap((truth) =>
    Array.from({ length: Math.round(count * truth.share) }, () => simulateFix(random, truth)),
  );
}

function simulateFix(random: Random, truth: Truth): LedgerFix {
  const { maker, forEver, shape, scale, sinceDay } = truth;
  const ageDays = Math.floor(random() * (LOOKS_BACK_DAYS - sinceDay));
  const holds = random() < forEver;
  const breaksAfter = holds ? Number.POSITIVE_INFINITY : Math.ceil(scale * (-Math.log(1 - random())) ** (1 / shape));
  const window = 3 + Math.floor(random() ** 2 * 58);
  const deployed = NOW.getTime() - ageDays * DAY_MS;
  const after = (days: number) => new Date(deployed + days * DAY_MS);
  return {
    area: AREAS[Math.floor(random() ** 2 * AREAS.length)] ?? 'billing',
    ownerId: null,
    kind: FIX_KINDS[Math.floor(random() ** 3 * FIX_KINDS.length)] ?? 'code',
    repository: random() < 0.8 ? 'acme/api' : 'acme/web',
    maker,
    deployedAt: new Date(deployed),
    provenAt: breaksAfter > window ? after(window) : null,
    brokeAt: Number.isFinite(breaksAfter) ? after(breaksAfter) : null,
  };
}
