import { DAY_MS } from '../time/durations.ts';

/** How long a defect has not been seen, how many pauses lie between its reports, and how many of them were longer. */
export type Silence = { days: number; pauses: number; longer: number };

/** Somebody who reported a defect a moment ago is not silent yet; so what is told in time needs no look at what was before. */
const AT_LEAST_DAYS = 1;
/** Pauses of this mean are believed in before any was seen, so many of them. */
const PAUSE_DAYS = 28;
const PAUSES_BELIEVED = 5;
/** How likely each pause is the last one. */
const ENDS = 0.02;
/** Only a silence that is unusual counts, and a night changes few defects. */
const STEPS_A_HALVING = 2;
/** A longer silence costs no more. */
const LONGEST_DAYS = 10_000;

/**
 * The chance that a silence is one of a defect's ordinary pauses and not its end, by Bayes: `o / (o + 0.02)` with the share
 * `o = (longer + 5 exp(-days / 28)) / (pauses + 5)` of pauses that are as long. Bursts have many short pauses and one long
 * one, so pauses are counted: a mean would not show it. Form and constants were chosen by
 * `npm run bench -- program --ranks`.
 */
export function chanceOfPause({ days, pauses, longer }: Silence): number {
  const believed = PAUSES_BELIEVED * Math.exp(-Math.min(days, LONGEST_DAYS) / PAUSE_DAYS);
  const ordinary = (longer + believed) / (pauses + PAUSES_BELIEVED);
  return ordinary / (ordinary + ENDS);
}

/**
 * The halvings that a silence costs a defect's rank: -log2 of that chance, in whole halves of one. So it costs nothing while
 * one in twenty of the pauses, those believed in among them, was longer.
 */
export function quietHalvings(silence: Silence): number {
  if (silence.days < AT_LEAST_DAYS) return 0;
  return Math.floor(-STEPS_A_HALVING * Math.log2(chanceOfPause(silence))) / STEPS_A_HALVING;
}

/** What was last seen at this instant, or before it, is silent now. */
export function silentSince(now: Date): Date {
  return new Date(now.getTime() - AT_LEAST_DAYS * DAY_MS);
}

/** The silence at an instant after these were seen, at least one, the oldest first. */
export function silenceAfter(seen: readonly { seenAt: Date }[], at: Date): Silence {
  const days = daysBetween(seen.at(-1)?.seenAt ?? at, at);
  const pauses = seen.slice(1).map(({ seenAt }, before) => daysBetween(seen[before]?.seenAt ?? seenAt, seenAt));
  return { days, pauses: pauses.length, longer: pauses.filter((pause) => pause > days).length };
}

function daysBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / DAY_MS);
}
