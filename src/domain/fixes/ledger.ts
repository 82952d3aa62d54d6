import { medianInterval, shareInterval, survivalInterval } from '../stats/beta-product.ts';
import { type Lifetime, survivalAt, survivalCurve } from '../stats/kaplan-meier.ts';
import { type Excess, evidenceOf, logRank, type Share, shareScore } from '../stats/log-rank.ts';
import type { Interval } from '../stats/observed.ts';
import { DAY_MS } from '../time/durations.ts';
import type { FixKind } from '../vocabulary.ts';
import type { Maker } from './maker.ts';

/** One fix, from its deployment to its proof and to what ended it; null where that is not known, or has not come. */
export type LedgerFix = {
  area: string;
  /** Whose claim it was, by Slack id. */
  ownerId: string | null;
  kind: FixKind | null;
  repository: string | null;
  maker: Maker | null;
  deployedAt: Date;
  provenAt: Date | null;
  brokeAt: Date | null;
};

export const TRAITS = ['maker', 'repository', 'kind', 'area'] as const;
/** What fixes are compared by. Never by person. */
export type Trait = (typeof TRAITS)[number];

export type Measured<T> = T & { interval: Interval };
export type Group = {
  name: string;
  fixes: number;
  /** The share that lasts, where a fix was watched for so long. */
  survival: Measured<{ share: number; days: number }> | null;
  /** Of the fixes that are old enough to have been settled, how many failed before they were proven. */
  failed: Measured<Share> | null;
  /** Within how many days half are proven; `to` is null where that is not reached yet. */
  proof: { days: number; from: number; to: number | null } | null;
};

export const MEASURES = ['survival', 'failed', 'proof'] as const;
export type Measure = (typeof MEASURES)[number];

/** The groups of a trait, the largest first, and in what each differs from the others; 1 is more of it, -1 less. */
export type Comparison = { trait: Trait; groups: Group[]; differences: Difference[] };
export type Difference = { measure: Measure; name: string; sign: 1 | -1 };

/** Fewer fixes than this say nothing of a group. */
const FEWEST = 10;
const SURVIVAL_DAYS = [90, 60, 30];
/** By then every window is over but that of a third fix, which is twice as long. */
const SETTLED_DAYS = 60;
/** In this share of programs a difference may ever be claimed where there is none. */
const FALSE_CLAIMS = 0.05;

/** The ledger of fixes by what made them, where, of what kind and in which area: each trait that there are groups of. */
export function compareFixes(fixes: readonly LedgerFix[], now: Date): Comparison[] {
  const differences = tellDifferences(fixes, now);
  return traitsOf(fixes, now).map(({ trait, groups }) => ({
    trait,
    groups: groups.map(({ name, of }) => describe(name, of, now)),
    differences: differences
      .filter((one) => one.trait === trait)
      .map(({ measure, name, sign }) => ({ measure, name, sign })),
  }));
}

/**
 * In what groups differ, each compared with all others of its trait together. A difference is told where there is none in
 * five of a hundred programs at most, over everything that is compared and however often one looks.
 */
export function tellDifferences(fixes: readonly LedgerFix[], now: Date): (Difference & { trait: Trait })[] {
  const tests = traitsOf(fixes, now).flatMap(({ trait, groups }) => testsOf(trait, groups, now));
  return tests
    .filter((test) => evidenceOf(test) >= tests.length / FALSE_CLAIMS)
    .map(({ trait, measure, name, excess }) => ({ trait, measure, name, sign: excess > 0 ? 1 : -1 }));
}

/** All fixes whose claims were one person's, for that person alone. Null where there is none. */
export function ownFixes(fixes: readonly LedgerFix[], userId: string, now: Date): Group | null {
  const own = fixes.filter(({ ownerId, deployedAt }) => ownerId === userId && deployedAt <= now);
  return own.length > 0 ? describe('own', own, now) : null;
}

type Members = { name: string; of: readonly LedgerFix[] };

function traitsOf(fixes: readonly LedgerFix[], now: Date): { trait: Trait; groups: Members[] }[] {
  const known = fixes.filter(({ deployedAt }) => deployedAt <= now);
  return TRAITS.map((trait) => ({ trait, groups: groupsOf(known, trait) })).filter(({ groups }) => groups.length >= 2);
}

function groupsOf(fixes: readonly LedgerFix[], trait: Trait): Members[] {
  const byName = Map.groupBy(
    fixes.filter((fix) => fix[trait] !== null),
    (fix) => String(fix[trait]),
  );
  return [...byName]
    .map(([name, of]) => ({ name, of }))
    .filter(({ of }) => of.length >= FEWEST)
    .sort((a, b) => b.of.length - a.of.length || (a.name < b.name ? -1 : 1));
}

type Test = Omit<Difference, 'sign'> & Excess & { trait: Trait };

/** Of two groups, one differs as the other does: they are compared once. */
function testsOf(trait: Trait, groups: readonly Members[], now: Date): Test[] {
  const compared = groups.length === 2 ? groups.slice(0, 1) : groups;
  return compared.flatMap(({ name, of }) => {
    const others = groups.filter((group) => group.name !== name).flatMap((group) => group.of);
    const survival = logRank(lives(of, now), lives(others, now));
    const proof = logRank(proofs(of, now), proofs(others, now));
    return [
      // More events are less survival, and sooner proof.
      { trait, name, measure: 'survival' as const, ...survival, excess: -survival.excess },
      { trait, name, measure: 'proof' as const, ...proof, excess: -proof.excess },
      { trait, name, measure: 'failed' as const, ...shareScore(failedOf(of, now), failedOf(others, now)) },
    ];
  });
}

function describe(name: string, of: readonly LedgerFix[], now: Date): Group {
  const failed = failedOf(of, now);
  return {
    name,
    fixes: of.length,
    survival: survivalOf(lives(of, now)),
    failed: failed.of > 0 ? { ...failed, interval: shareInterval(failed.happened, failed.of) } : null,
    proof: daysToProof(proofs(of, now)),
  };
}

function survivalOf(of: readonly Lifetime[]): Group['survival'] {
  const curve = survivalCurve(of);
  for (const days of SURVIVAL_DAYS) {
    const at = survivalAt(curve, days);
    if (at) return { days, share: at.survival, interval: survivalInterval(of, days) };
  }
  return null;
}

function daysToProof(of: readonly Lifetime[]): Group['proof'] {
  const unproven = survivalCurve(of).steps.find(({ survival }) => survival <= 0.5);
  if (!unproven) return null;
  const { from, to } = medianInterval(of);
  const whole = (days: number) => Math.ceil(days);
  return { days: whole(unproven.time), from: whole(from ?? unproven.time), to: to === null ? null : whole(to) };
}

const daysTo = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / DAY_MS);

/** How long each held, from its deployment on. */
function lives(of: readonly LedgerFix[], now: Date): Lifetime[] {
  return of.map(({ deployedAt, brokeAt }) => {
    const happened = brokeAt !== null && brokeAt <= now;
    return { time: daysTo(deployedAt, happened ? brokeAt : now), happened };
  });
}

/** How long each took to be proven. One that failed before never is, so it is watched up to now like one still to be proven. */
function proofs(of: readonly LedgerFix[], now: Date): Lifetime[] {
  return of.map(({ deployedAt, provenAt }) => {
    const happened = provenAt !== null && provenAt <= now;
    return { time: daysTo(deployedAt, happened ? provenAt : now), happened };
  });
}

/** Only those that are old enough: of younger ones, those that fail are settled sooner than those that hold. */
function failedOf(of: readonly LedgerFix[], now: Date): Share {
  const old = of.filter(({ deployedAt }) => daysTo(deployedAt, now) >= SETTLED_DAYS);
  const failed = old.filter(({ brokeAt, provenAt }) => brokeAt !== null && brokeAt <= now && provenAt === null);
  return { happened: failed.length, of: old.length };
}
