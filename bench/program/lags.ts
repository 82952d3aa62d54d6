import type { KnownWeek } from '../../src/domain/digest/program-verdicts.ts';
import { lagChange, verdictOn } from '../../src/domain/digest/program-verdicts.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { shareWords } from '../kit/measures.ts';
import { MEANS, SEEN_WITHIN } from './headline.ts';
import { addedUp, areasOf, CHANGED_WEEK, type Life } from './simulated-weeks.ts';

const LAGS: readonly Life[] = [
  { name: 'one in seven late, all year', episodeDays: [1, 1], bursts: false, lateShare: 1 / 7, lateDays: 11 },
  {
    ...{ name: '15 % late, 60 % from week 20 on', episodeDays: [1, 1], bursts: false },
    ...{ lateShare: 0.15, laterShare: 0.6, lateDays: 11 },
  },
  {
    ...{ name: '60 % late, 15 % from week 20 on', episodeDays: [1, 1], bursts: false },
    ...{ lateShare: 0.6, laterShare: 0.15, lateDays: 11 },
  },
  {
    ...{ name: '15 % late, 60 % from week 20 on, in episodes', episodeDays: [2, 5], bursts: false },
    ...{ lateShare: 0.15, laterShare: 0.6, lateDays: 11 },
  },
];

/** What is said where nothing changes but how late people report. */
export function printLags({ years, seed }: { years: number; seed: number }, print: (line: string) => void): void {
  print(`\nPeople report sooner or later, and the rate stays: ${years} years of a program each`);
  print(
    '| how late | reports a week | a change of the lag is said | within 8 weeks | a change of the rate is said at any time | at the end of the year | by weeks as known when they ended |',
  );
  print('|---|---|---|---|---|---|---|');
  for (const life of LAGS) {
    for (const mean of MEANS) {
      const random = mulberry32(seed);
      const looks = Array.from({ length: years }, () => looksAt(areasOf(random, life, mean, 1)));
      const saidIn = (weeks: readonly Look[]) => weeks.some(({ isLater }) => isLater);
      const share = (of: (year: Look[]) => boolean | undefined) => shareWords(looks.filter(of).length, years);
      const cells = [
        share(saidIn),
        share((year) => saidIn(year.slice(CHANGED_WEEK, CHANGED_WEEK + SEEN_WITHIN))),
        share((year) => year.some(({ isChange }) => isChange)),
        share((year) => year.at(-1)?.isChange),
        share((year) => year.at(-1)?.isChangeAsKnown),
      ];
      print(`| ${life.name} | ${mean} | ${cells.join(' | ')} |`);
    }
  }
}

type Look = { isLater: boolean; isChange: boolean; isChangeAsKnown: boolean };

/** What is said at the end of each week. */
function looksAt(areas: readonly (readonly KnownWeek[])[]): Look[] {
  const weeks = addedUp(areas);
  const bounds = Array.from({ length: weeks.length + 1 }, (_, i) => new Date(i * WEEK_MS));
  return weeks.map((_, i) => {
    const known = weeks.slice(0, i + 1);
    const lag = lagChange(known);
    const given = { areas: areas.map((area) => area.slice(0, i + 1)) };
    const isChange = (which: typeof lag) =>
      verdictOn(bounds.slice(0, i + 2), known, { ...given, lag: which }).since !== null;
    return { isLater: lag !== null, isChange: isChange(lag), isChangeAsKnown: isChange(null) };
  });
}
