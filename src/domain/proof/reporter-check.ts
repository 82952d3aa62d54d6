import type { GuardedReport } from './regression-guard.ts';

/** Who was asked whether they still see what is said to be fixed, and who of them has said anything, a yes or a no. */
export type ReporterCheck = { asked: readonly string[]; answered: readonly string[] };

/** How many go on telling of a defect once they have heard that it is fixed, by what is known of them. */
const GOES_ON = { machine: 1, answered: 0.95, silent: 0.5, unknown: 0.9 };
/** What is expected of people before any is asked is worth so many of them. */
const EXPECTED_WEIGHT = 2;

/**
 * Which share of what happens since a fix is still told, by who told of the defect before.
 * 1. A machine tells all that it sees.
 * 2. Of people who have answered since one in twenty is taken to tell no more, of those who were asked and said nothing
 *    every second one.
 * 3. Those who were not asked are as those who were; one in ten is taken to tell no more while nobody was.
 */
export function shareToldOn(before: readonly GuardedReport[], check: ReporterCheck | null): number {
  const [asked, answered] = [new Set(check?.asked), new Set(check?.answered)];
  const ofAsked = [...asked].map((person) => (answered.has(person) ? GOES_ON.answered : GOES_ON.silent));
  const ofOthers =
    (EXPECTED_WEIGHT * GOES_ON.unknown + ofAsked.reduce((sum, share) => sum + share, 0)) /
    (EXPECTED_WEIGHT + ofAsked.length);
  if (before.length === 0) return ofOthers;
  const shareOf = ({ reporterId, starts }: GuardedReport) => {
    if (starts) return GOES_ON.machine;
    if (answered.has(reporterId)) return GOES_ON.answered;
    return asked.has(reporterId) ? GOES_ON.silent : ofOthers;
  };
  return before.reduce((sum, report) => sum + shareOf(report), 0) / before.length;
}
