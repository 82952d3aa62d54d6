import type { FlowWeek } from '../../src/domain/digest/forecast.ts';
import { type Random, sampleGamma, sampleNormal, samplePoisson } from '../../src/domain/stats/random.ts';
import { logUniform } from './simulated-program.ts';

/** How a list lives; the bot is told the counts of its weeks only. */
export type ListLife = {
  name: string;
  /** As much closes as comes; otherwise between four fifths and more than twice as much. */
  standsStill: boolean;
  /** The variance of a weekly count over its mean. */
  spread: number;
  /** This share of what closes comes back, five weeks later on average and some of it after months. */
  relapseShare: number;
  /** In one week of so many an incident brings ten more defects at once. */
  incidentEvery: number;
  /** The team closes so many times more or less in the coming year, at random either way. */
  paceChanges: number;
  /** What comes and what closes a week wander each by so much a week, as logarithms. */
  wander: number;
};

const CALM: ListLife = {
  name: 'counts vary by chance alone',
  standsStill: false,
  spread: 1,
  relapseShare: 0,
  incidentEvery: Infinity,
  paceChanges: 1,
  wander: 0,
};

export const LIST_LIVES: readonly ListLife[] = [
  CALM,
  { ...CALM, name: 'as much closes as comes', standsStill: true },
  { ...CALM, name: 'counts vary three times as much', spread: 3 },
  { ...CALM, name: 'a quarter comes back', relapseShare: 0.25 },
  { ...CALM, name: 'incidents bring ten at once', incidentEvery: 16 },
  { ...CALM, name: 'the pace changes by a fifth', paceChanges: 1.2 },
  { ...CALM, name: 'rates wander by 5 % a week', wander: 0.05 },
  {
    name: 'all together',
    standsStill: false,
    spread: 3,
    relapseShare: 0.25,
    incidentEvery: 16,
    paceChanges: 1.2,
    wander: 0,
  },
];

/** A list at the end of one of its weeks. */
export type SimulatedList = {
  life: ListLife;
  arrivals: number;
  closings: number;
  open: number;
  week: number;
  /** How many come back in which week. */
  back: ReadonlyMap<number, number>;
};

/** A list that will have lived so many weeks when the bot looks. */
export function beginList(life: ListLife, weeks: number, random: Random): SimulatedList {
  const arrivals = logUniform(0.7, 8, random);
  const ratio = life.standsStill ? 1 : logUniform(0.8, 2.2, random);
  const closings = (arrivals * ratio) / (1 - life.relapseShare);
  const open = Math.round(logUniform(10, 120, random) + Math.max(0, ratio - 1) * arrivals * weeks);
  return { life, arrivals, closings, open, week: 0, back: new Map() };
}

/** Plays a list on for so many weeks: what each brought, how many were open at its end, and the list then. */
export function playOn(list: SimulatedList, weeks: number, random: Random) {
  const { life } = list;
  const back = new Map(list.back);
  let { arrivals, closings, open, week } = list;
  const flows: FlowWeek[] = [];
  const opens: number[] = [];
  for (const end = week + weeks; week < end; week++) {
    if (life.wander > 0) {
      arrivals *= Math.exp(life.wander * sampleNormal(random));
      closings *= Math.exp(life.wander * sampleNormal(random));
    }
    const incident = random() < 1 / life.incidentEvery ? 10 : 0;
    const arrived = count(arrivals, life.spread, random) + incident;
    const relapsed = back.get(week) ?? 0;
    const closed = Math.min(open + arrived + relapsed, count(closings, life.spread, random));
    for (const after of relapsesOf(closed, life, random)) {
      back.set(week + after, (back.get(week + after) ?? 0) + 1);
    }
    open += arrived + relapsed - closed;
    flows.push({ arrived, closed, relapsed });
    opens.push(open);
  }
  return { flows, opens, list: { life, arrivals, closings, open, week, back } };
}

/** The same list with the pace of its coming year. */
export function withNextPace(list: SimulatedList, random: Random): SimulatedList {
  const { paceChanges } = list.life;
  return { ...list, closings: list.closings * (random() < 0.5 ? paceChanges : 1 / paceChanges) };
}

/** After how many weeks those of so many closed ones come back that do. */
function relapsesOf(closed: number, { relapseShare }: ListLife, random: Random): number[] {
  const coming = Array.from({ length: closed }, () => random()).filter((drawn) => drawn < relapseShare);
  return coming.map(() => {
    const mean = random() < 0.5 ? 2 : 8;
    return 1 + Math.floor(-mean * Math.log(1 - random()));
  });
}

function count(mean: number, spread: number, random: Random): number {
  const rate = spread === 1 ? mean : sampleGamma(random, mean / (spread - 1)) * (spread - 1);
  return samplePoisson(random, rate);
}
