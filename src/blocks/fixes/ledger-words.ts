import type { Comparison, Difference, Group, Measure, Trait } from '../../domain/fixes/ledger.ts';
import type { Interval } from '../../domain/stats/observed.ts';
import { counted } from '../../domain/text/counted.ts';
import { FIX_KINDS } from '../../domain/vocabulary.ts';
import { FIX_KIND_WORDS } from '../kit/words.ts';

const BY: Record<Trait, string> = {
  maker: 'By who made them',
  repository: 'By repository',
  kind: 'By kind of fix',
  area: 'By area',
};
const MAKERS: Record<string, string> = { person: 'people', bot: 'bots', agent: 'agents' };
const GROUPS_SHOWN = 5;

/** The ledger in full, a paragraph for each trait that fixes can be compared by. */
export function ledgerWords(comparisons: readonly Comparison[]): string[] {
  return comparisons.map(({ trait, groups, differences }) => {
    const shown = groups.slice(0, GROUPS_SHOWN);
    const lines = shown.map((group) => `•  ${nameOf(trait, group.name)}: ${groupWords(group)}`);
    const more = groups.length > shown.length ? [`•  ${groups.length - shown.length} more`] : [];
    return [`${BY[trait]}:`, ...lines, ...more, differenceWords(trait, differences)].join('\n');
  });
}

/**
 * The ledger where there is something to say in few words: who made the fixes that hold, and what else differs.
 * "Fixes that last 90 days: people 84 % (71 to 93 %), agents 61 % (44 to 75 %). No difference can be told."
 */
export function ledgerLines(comparisons: readonly Comparison[]): string[] {
  return comparisons
    .filter(({ trait, differences }) => trait === 'maker' || differences.length > 0)
    .flatMap(({ trait, groups, differences }) => {
      const lasting = groups
        .slice(0, GROUPS_SHOWN)
        .flatMap(({ name, survival }) => (survival ? [`${nameOf(trait, name)} ${lastingWords(survival)}`] : []));
      if (lasting.length < 2) return [];
      return [`${BY[trait]}, fixes that last: ${lasting.join('; ')}. ${differenceWords(trait, differences)}`];
    });
}

/** "Yours: 12 fixes, 92 % last 90 days (65 to 100 %)." For the one whose they are alone. */
export function ownWords(own: Group): string {
  return `Your own, which only you see here: ${groupWords(own)}.`;
}

function groupWords({ fixes, survival, failed, proof }: Group): string {
  return [
    counted(fixes, 'fix', 'fixes'),
    ...(survival ? [`${lastingWords(survival)}`] : []),
    ...(failed ? [`${failed.happened} of ${failed.of} failed before proof (${rangeWords(failed.interval)})`] : []),
    ...(proof ? [`half proven within ${counted(proof.days, 'day')} (${proofRange(proof)})`] : []),
  ].join(', ');
}

function lastingWords({ share, days, interval }: NonNullable<Group['survival']>): string {
  return `${percent(share)} % last ${days} days (${rangeWords(interval)})`;
}

function proofRange({ from, to }: NonNullable<Group['proof']>): string {
  return to === null ? `${from} or more` : `${from} to ${to}`;
}

const SAID: Record<Measure, Record<1 | -1, string>> = {
  survival: { 1: 'last longer', [-1]: 'last less long' },
  failed: { 1: 'fail more often before they are proven', [-1]: 'fail less often before they are proven' },
  proof: { 1: 'take longer to be proven', [-1]: 'are proven sooner' },
};

/** "Those of agents last less long than the others." */
function differenceWords(trait: Trait, differences: readonly Difference[]): string {
  if (differences.length === 0) return 'No difference can be told.';
  return differences
    .map(({ name, measure, sign }) => `Those of ${nameOf(trait, name)} ${SAID[measure][sign]} than the others.`)
    .join(' ');
}

function nameOf(trait: Trait, name: string): string {
  if (trait === 'maker') return MAKERS[name] ?? name;
  const kind = trait === 'kind' && FIX_KINDS.find((one) => one === name);
  return kind ? FIX_KIND_WORDS[kind].toLowerCase() : name;
}

function rangeWords({ low, high }: Interval): string {
  return `${percent(low)} to ${Math.ceil(high * 100 - 1e-9)} %`;
}

function percent(share: number): number {
  return Math.floor(share * 100 + 1e-9);
}
