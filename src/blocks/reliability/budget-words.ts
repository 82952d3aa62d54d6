import type { BudgetStanding } from '../../domain/reliability/budget-standing.ts';
import {
  type AreaStanding,
  isEndangered,
  type ReliabilityReport,
} from '../../domain/reliability/reliability-report.ts';
import { cleanLine } from '../../domain/text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { signedPoints, wholePercentWords } from '../kit/figures.ts';
import { counted, listed } from '../kit/words.ts';

/** More names in a sentence are counted. */
const NAMED = 5;

/** "The error budget of checkout is spent; billing has 12 % left. The other 2 hold." Undefined where none is set. */
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
  const burning = isBurning && burn !== null ? `burns ${paceWords(burn)}` : '';
  if (standing !== 'near') return `${area} ${burning}`;
  return `${area} has ${wholePercentWords(left)} of its budget left${burning ? ` and ${burning}` : ''}`;
}

/** "61 % of the error budget left (−9 points), burning at 0.4 times the allowed pace". */
export function budgetWords(budget: AreaStanding['budget']): string | undefined {
  if (budget === null) return undefined;
  if (budget === 'no traffic') return 'no traffic, so nothing of the budget is used';
  const { burn, changePoints } = budget;
  const moved =
    changePoints === null
      ? ''
      : Math.round(changePoints) === 0
        ? ' (as a week ago)'
        : ` (${signedPoints(changePoints)})`;
  const pace = burn === null ? '' : burn === 0 ? ', nothing burnt this week' : `, burning ${paceWords(burn)}`;
  return `${leftWords(budget)}${moved}${pace}`;
}

/** "61 % of the error budget left", or how far it is overspent. */
export function leftWords({ left, standing }: BudgetStanding): string {
  if (standing !== 'spent') return `${wholePercentWords(left)} of the error budget left`;
  return Number.isFinite(left)
    ? `error budget spent, ${wholePercentWords(1 - left)} of it used`
    : 'no failure was allowed, and some came';
}

function paceWords(burn: number): string {
  if (!Number.isFinite(burn)) return 'where nothing may fail';
  if (Math.round(burn * 10) === 10) return 'at the allowed pace';
  return `at ${burn >= 10 ? Math.round(burn).toLocaleString('en-GB') : burn < 0.1 ? 'under 0.1' : burn.toFixed(1)} times the allowed pace`;
}

/** How much of the error budget of its area a defect burnt in a quarter. */
export type Burnt = { number: number; area: string; share: number; badEvents: number };

/** "D-1 burnt 64 % of a quarter's error budget of billing, D-3 23 % of that of sync." Undefined where nobody burnt much. */
export function burnersSentence(burners: readonly Burnt[]): string | undefined {
  const [first, ...rest] = burners.filter(({ share }) => Number.isFinite(share));
  if (!first) return undefined;
  const others = rest.map(
    ({ number, area, share }) => `, ${defectKey(number)} ${wholePercentWords(share)} of that of ${areaName(area)}`,
  );
  return `${defectKey(first.number)} burnt ${wholePercentWords(first.share)} of a quarter's error budget of ${areaName(first.area)}${others.join('')}.`;
}

/** "It burnt 34 % of billing's error budget of 90 days: 4,120 requests failed while its alert was on." */
export function budgetShareWords({ area, share, badEvents }: Omit<Burnt, 'number'>): string {
  const failed = counted(Math.round(badEvents), 'request');
  const part = Number.isFinite(share)
    ? `${wholePercentWords(share)} of a quarter's error budget of ${areaName(area)}`
    : `an error budget of ${areaName(area)} that allows nothing`;
  return `In 90 days it burnt ${part}: ${failed} failed while its alerts were on.`;
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
