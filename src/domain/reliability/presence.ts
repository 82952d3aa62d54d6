import type { Series } from './ask-metrics.ts';

/** How much of a span has data, 0 to 1, and the last instant that has. */
export type Presence = { share: number; lastAt: Date | null };

/** How many points a step apart end a span, none of them at or before its start; at least one. */
export function pointsOf(from: Date, to: Date, stepSeconds: number): number {
  return Math.max(1, Math.floor((to.getTime() - from.getTime()) / 1000 / stepSeconds));
}

/** Presence by the points at which any of the series has a value that is a number. */
export function presenceOf(answers: readonly (readonly Series[])[], points: number): Presence {
  const present = new Set(
    answers
      .flat()
      .flatMap(({ points: found }) => found.filter(({ value }) => !Number.isNaN(value)).map(({ at }) => at.getTime())),
  );
  const lastMs = Math.max(...present);
  return { share: Math.min(1, present.size / points), lastAt: present.size > 0 ? new Date(lastMs) : null };
}
