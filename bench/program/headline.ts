import { type KnownWeek, lagChange, verdictOn } from '../../src/domain/digest/program-verdicts.ts';
import { sinceWhen } from '../../src/domain/digest/since-when.ts';
import { mulberry32, type Random, sampleGamma, samplePoisson } from '../../src/domain/stats/random.ts';
import { gradeOf, rateRatioInterval } from '../../src/domain/stats/rate-ratio.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { shareWords } from '../kit/measures.ts';

const WEEKS = 52;
const CHANGED_WEEK = 20;
const SEEN_WITHIN = 8;
/** As long after a week as the bot counts what is told of it. */
const SETTLED_DAYS = 14;
/** A week named this far from the true one is the right one. */
const NEAR = 2;
const SEED = 20_261_201;

/** How failures come and how late they are told: `lateShare` of the reports up to `lateDays` after they were seen. */
type Life = {
  name: string;
  episodeDays: [number, number];
  bursts: boolean;
  lateShare: number;
  lateDays: number;
  /** From the changed week on, where it is another one. */
  laterShare?: number;
};

const LIVES: readonly Life[] = [
  { name: 'steady, told at once', episodeDays: [1, 1], bursts: false, lateShare: 0, lateDays: 0 },
  { name: 'steady, 35 % told up to 11 days late', episodeDays: [1, 1], bursts: false, lateShare: 0.35, lateDays: 11 },
  { name: 'bursts within a day', episodeDays: [1, 1], bursts: true, lateShare: 1 / 7, lateDays: 7 },
  { name: 'episodes of 2 to 5 days', episodeDays: [2, 5], bursts: false, lateShare: 1 / 7, lateDays: 7 },
  { name: 'episodes with bursts, 35 % late', episodeDays: [2, 5], bursts: true, lateShare: 0.35, lateDays: 11 },
];
const MEANS = [10, 40, 150] as const;

/** What the headline says in the years of programs whose rate is known: flat, halved, and grown by half. */
export function printHeadlines(years: number, print: (line: string) => void): void {
  print(`\nThe headline, looked at every week: ${years} years of a program each`);
  print(
    '| how failures come | reports a week | a flat year is called a change | called fewer, more | by the interval of two weeks | a halving is named within 8 weeks | the right week, within 2 | half as many again within 8 weeks |',
  );
  print('|---|---|---|---|---|---|---|---|');
  for (const life of LIVES) {
    for (const mean of MEANS) {
      const random = mulberry32(SEED);
      const play = (factor: number) =>
        Array.from({ length: years }, () => weeksOf(random, life, mean, factor).map(({ reports }) => reports));
      const flat = play(1);
      const named = flat.map(firstNamed);
      const halved = play(0.5).map((counts) => firstNamed(counts, CHANGED_WEEK - NEAR));
      const grown = play(1.5).map((counts) => firstNamed(counts, CHANGED_WEEK - NEAR));
      const inTime = halved.filter((one) => one?.grade === 'fewer' && one.week < CHANGED_WEEK + SEEN_WITHIN);
      const near = inTime.filter((one) => one && Math.abs(one.since - CHANGED_WEEK) <= NEAR);
      const cells = [
        shareWords(named.filter(Boolean).length, years),
        ['fewer', 'more'].map((grade) => named.filter((one) => one?.grade === grade).length).join(', '),
        shareWords(flat.filter((counts) => counts.some((_, i) => i > 0 && isTwoWeekChange(counts, i))).length, years),
        shareWords(inTime.length, years),
        shareWords(near.length, inTime.length),
        shareWords(grown.filter((one) => one?.grade === 'more' && one.week < CHANGED_WEEK + SEEN_WITHIN).length, years),
      ];
      print(`| ${life.name} | ${mean} | ${cells.join(' | ')} |`);
    }
  }
}

/** The first week in which a change was named, looking at each week as it came; `since` is the week it named. */
function firstNamed(counts: readonly number[], from = 0) {
  const bounds = Array.from({ length: counts.length + 1 }, (_, i) => new Date(i * WEEK_MS));
  for (let week = from; week < counts.length; week++) {
    const { grade, since } = sinceWhen(bounds.slice(0, week + 2), counts.slice(0, week + 1));
    const began = since ? since.startsAt.getTime() / WEEK_MS : -1;
    if (since && began >= from) return { week, grade, since: began };
  }
  return undefined;
}

function isTwoWeekChange(counts: readonly number[], week: number): boolean {
  const of = (i: number) => ({ count: counts[i] ?? 0, exposure: 1 });
  if (counts[week] === 0 && counts[week - 1] === 0) return false;
  return gradeOf(rateRatioInterval({ before: of(week - 1), after: of(week) })) !== 'no clear change';
}

/** Each week as it was known when it ended, and what was told late; from the changed week on there are `factor` as many. */
function weeksOf(random: Random, life: Life, mean: number, factor: number): KnownWeek[] {
  const weeks = Array.from({ length: WEEKS }, () => ({ reports: 0, tickets: 0, late: 0 }));
  const [shortest, longest] = life.episodeDays;
  // An episode that began before the year still goes on in it.
  for (let day = -longest; day < 7 * WEEKS; day++) {
    const rate = ((mean / 7) * (day < 7 * CHANGED_WEEK ? 1 : factor)) / ((shortest + longest) / 2) / REPORTS_A_FAILURE;
    for (let nth = samplePoisson(random, life.bursts ? burstOf(random, rate) : rate); nth > 0; nth--) {
      const days = shortest + Math.floor(random() * (longest - shortest + 1));
      for (let lasted = 0; lasted < days; lasted++) tell(weeks, day + lasted + random(), life, random);
    }
  }
  return weeks;
}

/** Ten defects, each of whose days differ as much as those of the bursty defects of the other tables. */
function burstOf(random: Random, rate: number): number {
  const each = Array.from({ length: 10 }, () => sampleGamma(random, 0.35) / 0.35);
  return (rate / each.length) * each.reduce((sum, one) => sum + one, 0);
}

/** One failure is told by one person or more. */
const OTHERS = 0.35;
const REPORTS_A_FAILURE = 1 + OTHERS;

function tell(weeks: KnownWeek[], seenDay: number, { lateShare, lateDays, laterShare }: Life, random: Random): void {
  const nthWeek = Math.floor(seenDay / 7);
  const share = nthWeek < CHANGED_WEEK ? lateShare : (laterShare ?? lateShare);
  const week = weeks[nthWeek];
  for (let nth = 1 + samplePoisson(random, OTHERS); nth > 0; nth--) {
    const daysAfter = seenDay + (random() < share ? 1 + random() * (lateDays - 1) : 0) - 7 * (nthWeek + 1);
    if (!week) continue;
    if (daysAfter <= 0) week.reports += 1;
    else if (daysAfter <= SETTLED_DAYS) week.late += 1;
  }
}

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
export function printLags(years: number, print: (line: string) => void): void {
  print(`\nPeople report sooner or later, and the rate stays: ${years} years of a program each`);
  print(
    '| how late | reports a week | a change of the lag is said | within 8 weeks | a change of the rate is said at any time | at the end of the year | by weeks as known when they ended |',
  );
  print('|---|---|---|---|---|---|---|');
  for (const life of LAGS) {
    for (const mean of MEANS) {
      const random = mulberry32(SEED);
      const looks = Array.from({ length: years }, () => looksAt(weeksOf(random, life, mean, 1)));
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
function looksAt(weeks: readonly KnownWeek[]): Look[] {
  const bounds = Array.from({ length: weeks.length + 1 }, (_, i) => new Date(i * WEEK_MS));
  return weeks.map((_, i) => {
    const known = weeks.slice(0, i + 1);
    const lag = lagChange(known);
    const isChange = (which: typeof lag) => verdictOn(bounds.slice(0, i + 2), known, which).since !== null;
    return { isLater: lag !== null, isChange: isChange(lag), isChangeAsKnown: isChange(null) };
  });
}
