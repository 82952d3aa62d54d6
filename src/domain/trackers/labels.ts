import type { Severity } from '../vocabulary.ts';
import { hasSameMembers } from './same-members.ts';
import type { LabelChange } from './tracker.ts';

export const HARM_BANDS = ['low', 'middle', 'high'] as const;
/** How much harm, as coarsely as a label may say it: one that changes every day is noise. */
export type HarmBand = (typeof HARM_BANDS)[number];

/** From so many points a week on. */
const FROM_POINTS: Record<HarmBand, number> = { low: 0, middle: 1, high: 10 };
/** A band is left downwards only at less than this share of its limit, so that nothing goes to and fro. */
const LEFT_AT = 0.75;

/** The labels that a ticket is to have; `before` is what was wanted when they were set last. */
export function labelsFor(
  { severity, harmPerWeek }: { severity: Severity; harmPerWeek: number },
  before: readonly string[] | null,
): string[] {
  const was = HARM_BANDS.find((band) => before?.includes(harmLabel(band)));
  return [`burndown:${severity}`, harmLabel(harmBand(harmPerWeek, was))];
}

export function harmBand(points: number, was?: HarmBand): HarmBand {
  const limit = (band: HarmBand) => FROM_POINTS[band] * (was && isUpTo(band, was) ? LEFT_AT : 1);
  return HARM_BANDS.findLast((band) => points >= limit(band)) ?? 'low';
}

function isUpTo(band: HarmBand, was: HarmBand): boolean {
  return HARM_BANDS.indexOf(band) <= HARM_BANDS.indexOf(was);
}

function harmLabel(band: HarmBand): string {
  return `burndown:harm-${band}`;
}

/**
 * What to change about the labels of a ticket; null where nothing is to be done.
 * 1. What was wanted before is not added again: whoever has taken it away wants it so.
 * 2. What is there already was put there by somebody else, and is not ours to take away later.
 * 3. Only what is ours is taken away.
 */
export function planLabels(
  wanted: readonly string[],
  ticket: { there: readonly string[]; own: readonly string[]; before: readonly string[] | null },
): (LabelChange & { own: string[] }) | null {
  const { own, before } = ticket;
  if (before && hasSameMembers(wanted, before)) return null;
  const isThere = (label: string) => ticket.there.some((one) => one.toLowerCase() === label.toLowerCase());
  const isNew = (label: string) => !before?.includes(label) && !isThere(label);
  // One that is being added already may be there since: it is ours all the same.
  const add = wanted.filter((label) => isNew(label));
  const remove = own.filter((label) => !wanted.includes(label) && isThere(label));
  const kept = own.filter((label) => wanted.includes(label));
  return { add, remove, own: [...new Set([...kept, ...add])] };
}
