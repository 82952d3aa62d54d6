import type { BudgetStanding } from '../../domain/reliability/budget-standing.ts';
import {
  type AreaStanding,
  isEndangered,
  type ReliabilityReport,
} from '../../domain/reliability/reliability-report.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { wholePercentWords } from '../kit/figures.ts';
import { counted, listed } from '../kit/words.ts';

/** More names in a sentence are counted. */
const NAMED = 5;

/** "The error budget of checkout is spent; billing has used 88 % of its error budget. The other 2 hold." Undefined where none is set. */
export function budgetsSentence({ areas }: ReliabilityReport): string | undefined {
  if (!areas.some(({ hasObjective }) => hasObjective)) return undefined;
  const known = areas.filter(({ trouble, budget }) => trouble === null && budget !== null);
  if (known.length === 0) return 'No error budget can be worked out this week.';
  const endangered = known
    .filter(isEndangered)
    .flatMap(({ area, budget }) => (budget && typeof budget === 'object' ? [{ ...budget, area: areaName(area) }] : []));
  const spent = endangered.filter(({ standing }) => standing === 'spent').map(({ area }) => area);
  const others = endangered.filter(({ standing }) => standing !== 'spent');
  const told = [
    ...(spent.length === 1 ? [`The error budget of ${named(spent)} is spent`] : []),
    ...(spent.length > 1 ? [`The error budgets of ${named(spent)} are spent`] : []),
    ...others.slice(0, NAMED).map(dangerWords),
    ...(others.length > NAMED ? [`${others.length - NAMED} more are in danger`] : []),
  ];
  const holding = known.length - endangered.length;
  if (told.length === 0) return holding === 1 ? 'The error budget holds.' : `All ${holding} error budgets hold.`;
  const rest = holding === 0 ? '' : holding === 1 ? ' The other one holds.' : ` The other ${holding} hold.`;
  return `${told.join('; ')}.${rest}`;
}

function dangerWords({ area, left, standing, burn, isBurning }: BudgetStanding & { area: string }): string {
  const pace = isBurning && burn !== null ? paceWords(burn) : '';
  if (standing !== 'near') return `${area} uses its error budget ${pace}`;
  return `${area} has used ${usedPercent(left)} of its error budget${pace ? `, now ${pace}` : ''}`;
}

/** "error budget 150 % used, was 173 %; this week at 0.4 times the allowed pace". */
export function budgetWords(budget: AreaStanding['budget']): string | undefined {
  if (budget === null) return undefined;
  if (budget === 'no traffic') return 'no traffic, so no error budget is used';
  const { burn } = budget;
  const pace = burn === null ? '' : burn === 0 ? '; nothing used this week' : `; this week ${paceWords(burn)}`;
  return `${usedWords(budget)}${pace}`;
}

/** "error budget 150 % used, was 173 %": the one way in which a budget is said. */
export function usedWords({ left, changePoints }: BudgetStanding): string {
  if (!Number.isFinite(left)) return 'no failure was allowed, and some came';
  const [used, before] = [usedPercent(left), changePoints === null ? null : usedPercent(left - changePoints / 100)];
  const was = before === null ? '' : before === used ? ', as a week ago' : `, was ${before}`;
  return `error budget ${used} used${was}`;
}

function usedPercent(left: number): string {
  return wholePercentWords(Math.max(0, 1 - left));
}

function paceWords(burn: number): string {
  if (!Number.isFinite(burn)) return 'where nothing may fail';
  if (Math.round(burn * 10) === 10) return 'at the allowed pace';
  return `at ${burn >= 10 ? Math.round(burn).toLocaleString('en-GB') : burn < 0.1 ? 'under 0.1' : burn.toFixed(1)} times the allowed pace`;
}

/** How much of the error budget of its area a defect used in a quarter. */
export type Burnt = { number: number; area: string; share: number; badEvents: number };

/** "D-1 used 64 % of billing's error budget this quarter, D-3 23 % of sync's." Undefined where nobody used much. */
export function burnersSentence(burners: readonly Burnt[]): string | undefined {
  const [first, ...rest] = burners.filter(({ share }) => Number.isFinite(share));
  if (!first) return undefined;
  const others = rest.map(
    ({ number, area, share }) => `, ${defectKey(number)} ${wholePercentWords(share)} of ${ownedBy(area)}`,
  );
  return `${defectKey(first.number)} used ${wholePercentWords(first.share)} of ${ownedBy(first.area)} error budget this quarter${others.join('')}.`;
}

/** "It used 34 % of billing's error budget this quarter (4,120 failed requests)." */
export function budgetShareWords({ area, share, badEvents }: Omit<Burnt, 'number'>): string {
  const failed = counted(Math.round(badEvents), 'failed request');
  if (!Number.isFinite(share)) return `It failed where ${ownedBy(area)} error budget allows nothing (${failed}).`;
  return `It used ${wholePercentWords(share)} of ${ownedBy(area)} error budget this quarter (${failed}).`;
}

function ownedBy(area: string): string {
  return `${areaName(area)}'s`;
}

/** Names in a sentence; of many the first, and the rest counted. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map(areaName);
  return listed(names.length <= NAMED ? shown : [...shown, `${names.length - NAMED} others`]);
}

/** A typed name in one line of bounded length. */
export function areaName(name: string): string {
  return cleanLine(name, 60) || 'an area without a name';
}
