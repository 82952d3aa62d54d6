import { type FlowWeek, forecastOpen, HORIZON_WEEKS } from '../../src/domain/digest/forecast.ts';
import { nextGoal } from '../../src/domain/digest/outlook.ts';
import { mulberry32, type Random, sampleGamma, samplePoisson } from '../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { quantile, shareWords } from '../kit/measures.ts';
import { logUniform } from './simulated-program.ts';

const PAST_WEEKS = 24;
const SEEN_WEEKS = 12;
const NOW = new Date('2026-01-05T00:00:00Z');

/** How a list lives; the bot is told the counts of its weeks only. */
type Life = {
  name: string;
  /** As much closes as comes in; otherwise between four fifths and more than twice as much. */
  standsStill: boolean;
  /** The variance of a weekly count over its mean. */
  spread: number;
  /** This share of what closes comes back, five weeks later on average and some of it after months. */
  relapseShare: number;
  /** In one week of so many an incident brings ten more defects at once. */
  incidentEvery: number;
  /** The team closes so many times more or less in the coming year, at random either way. */
  paceChanges: number;
};

const CALM: Life = {
  name: 'counts vary by chance alone',
  standsStill: false,
  spread: 1,
  relapseShare: 0,
  incidentEvery: Infinity,
  paceChanges: 1,
};

const LIVES: readonly Life[] = [
  CALM,
  { ...CALM, name: 'as much closes as comes', standsStill: true },
  { ...CALM, name: 'counts vary three times as much', spread: 3 },
  { ...CALM, name: 'a quarter comes back', relapseShare: 0.25 },
  { ...CALM, name: 'incidents bring ten at once', incidentEvery: 16 },
  { ...CALM, name: 'the pace changes by a fifth', paceChanges: 1.2 },
  {
    name: 'all together',
    standsStill: false,
    spread: 3,
    relapseShare: 0.25,
    incidentEvery: 16,
    paceChanges: 1.2,
  },
];

/** Of lists that were told a date with 80 %: how many are there on it? */
export function printForecasts({ times, seed }: { times: number; seed: number }, print: (line: string) => void): void {
  print(`\nWhen the list is short enough: ${times} lists a life`);
  print(
    '| life | told a date | there on it | weeks until it: median, p90 | told never | there within the year all the same |',
  );
  print('|---|---|---|---|---|---|');
  for (const life of LIVES) {
    const random = mulberry32(seed);
    const told = Array.from({ length: times }, (_, i) => tell(life, random, seed + i)).filter((one) => one !== null);
    const dated = told.filter(({ kind }) => kind === 'by');
    const never = told.filter(({ kind }) => kind === 'never');
    const waits = dated.map(({ week }) => week);
    const cells = [
      shareWords(dated.length, told.length),
      shareWords(dated.filter(({ isKept }) => isKept).length, dated.length),
      `${quantile(waits, 0.5)}, ${quantile(waits, 0.9)}`,
      shareWords(never.length, told.length),
      shareWords(never.filter(({ isKept }) => isKept).length, never.length),
    ];
    print(`| ${life.name} | ${cells.join(' | ')} |`);
  }
}

/** What one list is told, and whether it was so; null where nothing is said. */
function tell(life: Life, random: Random, seed: number) {
  const { weeks, open } = playList(life, random);
  const openNow = open[PAST_WEEKS - 1] ?? 0;
  const target = nextGoal(openNow);
  const forecast = forecastOpen({
    ...{ openNow, target, now: NOW, timeZone: 'UTC', random: mulberry32(seed) },
    weeks: weeks.slice(PAST_WEEKS - SEEN_WEEKS, PAST_WEEKS),
  });
  const { kind, at } = forecast;
  if (kind === 'already' || kind === 'unknown') return null;
  const week = at ? Math.round((at.getTime() - NOW.getTime()) / WEEK_MS) : HORIZON_WEEKS;
  return { kind, week, isKept: (open[PAST_WEEKS - 1 + week] ?? 0) < target };
}

/** The weeks of a list that is told nothing of what they rest on, and how many are open at the end of each. */
function playList(life: Life, random: Random): { weeks: FlowWeek[]; open: number[] } {
  const arrivals = logUniform(0.7, 8, random);
  const ratio = life.standsStill ? 1 : logUniform(0.8, 2.2, random);
  const closings = (arrivals * ratio) / (1 - life.relapseShare);
  const changed = random() < 0.5 ? life.paceChanges : 1 / life.paceChanges;
  let left = Math.round(logUniform(10, 120, random) + Math.max(0, ratio - 1) * arrivals * PAST_WEEKS);
  const back = new Map<number, number>();
  const [weeks, open]: [FlowWeek[], number[]] = [[], []];
  for (let week = 0; week < PAST_WEEKS + HORIZON_WEEKS; week++) {
    const incident = random() < 1 / life.incidentEvery ? 10 : 0;
    const arrived = count(arrivals, life.spread, random) + incident;
    const relapsed = back.get(week) ?? 0;
    const pace = week < PAST_WEEKS ? closings : closings * changed;
    const closed = Math.min(left + arrived + relapsed, count(pace, life.spread, random));
    for (let i = 0; i < closed; i++) {
      if (random() >= life.relapseShare) continue;
      const mean = random() < 0.5 ? 2 : 8;
      const at = week + 1 + Math.floor(-mean * Math.log(1 - random()));
      back.set(at, (back.get(at) ?? 0) + 1);
    }
    left += arrived + relapsed - closed;
    weeks.push({ arrived, closed, relapsed });
    open.push(left);
  }
  return { weeks, open };
}

function count(mean: number, spread: number, random: Random): number {
  const rate = spread === 1 ? mean : sampleGamma(random, mean / (spread - 1)) * (spread - 1);
  return samplePoisson(random, rate);
}
