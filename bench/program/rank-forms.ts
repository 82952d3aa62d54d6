import { addToHeatLevel, heatAt, type WeightedReport } from '../../src/domain/defects/rank.ts';
import { chanceOfPause, quietHalvings, silenceAfter } from '../../src/domain/defects/silence.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';

/** A way to rank: the higher, the more harm it expects. Reports are those known by then, at least one, oldest first. */
export type RankForm = { name: string; score: (reports: readonly WeightedReport[], now: Date) => number };

/** What the bot did before it knew of silences, first, what it does now, and what else was thought of. */
export const RANK_FORMS: readonly [RankForm, ...RankForm[]] = [
  halving(28),
  {
    name: 'the bot’s: halving every 28 days, and for an unusual silence',
    score: (reports, now) => heat(reports, now, 28) * 2 ** -quietHalvings(silenceAfter(reports, now)),
  },
  halving(7),
  halving(14),
  halving(60),
  halving(120),
  {
    name: 'two decays added, 7 and 120 days, as a rate',
    score: (reports, now) => heat(reports, now, 7) / 7 + heat(reports, now, 120) / 120,
  },
  {
    name: 'rate since the first report, shrunk (Gamma-Poisson, 30 days)',
    score: (reports, now) => {
      const seen = (28 / Math.LN2) * (1 - 2 ** (-daysBetween(first(reports), now) / 28));
      return heat(reports, now, 28) / (seen + 30);
    },
  },
  {
    name: 'halved by each mean pause of silence after four',
    score: (reports, now) => {
      const lived = daysBetween(first(reports), last(reports)) + 30;
      const pauses = (reports.length * daysBetween(last(reports), now)) / lived;
      return heat(reports, now, 28) * 2 ** -Math.max(0, pauses - 4);
    },
  },
  { name: 'halved by each longest pause of silence after one', score: (reports, now) => byLongest(reports, now) },
  { name: 'times the chance that it is not over, 28 days', score: (reports, now) => byPauses(reports, now, 28) },
  { name: 'times the chance that it is not over, 35 days', score: (reports, now) => byPauses(reports, now, 35) },
];

function halving(days: number): RankForm {
  return { name: `halving every ${days} days`, score: (reports, now) => heat(reports, now, days) };
}

function byLongest(reports: readonly WeightedReport[], now: Date): number {
  const longest = Math.max(7, ...pausesOf(reports));
  return heat(reports, now, 28) * 2 ** (-2 * Math.max(0, daysBetween(last(reports), now) / longest - 1));
}

/** Heat times the chance that the silence is one of its ordinary pauses, whatever it is. */
function byPauses(reports: readonly WeightedReport[], now: Date, halfLifeDays: number): number {
  return heat(reports, now, halfLifeDays) * chanceOfPause(silenceAfter(reports, now));
}

function heat(reports: readonly WeightedReport[], now: Date, halfLifeDays: number): number {
  const level = reports.reduce((sum, one) => addToHeatLevel(sum, one, halfLifeDays), Number.NEGATIVE_INFINITY);
  return heatAt(level, now, halfLifeDays);
}

function pausesOf(reports: readonly WeightedReport[]): number[] {
  return reports.slice(1).map((report, before) => daysBetween(reports[before]?.seenAt ?? report.seenAt, report.seenAt));
}

function first(reports: readonly WeightedReport[]): Date {
  return (reports[0] as WeightedReport).seenAt;
}

function last(reports: readonly WeightedReport[]): Date {
  return (reports.at(-1) as WeightedReport).seenAt;
}

function daysBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / DAY_MS);
}
