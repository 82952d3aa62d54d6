import { parseArgs } from 'node:util';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { printCardYears } from './program/card-years.ts';
import { printCreep } from './program/creep.ts';
import { printForecasts } from './program/forecasts.ts';
import { printHeadlines } from './program/headline.ts';
import { printPeers } from './program/headline-peers.ts';
import { printLags } from './program/lags.ts';
import { LIVES } from './program/lives.ts';
import { printProofCases } from './program/proof-cases.ts';
import { printProofs } from './program/proofs.ts';
import { printRankAhead } from './program/rank-ahead.ts';
import { gainsOf, type Ranking } from './program/rankings.ts';
import { printRuns } from './program/runs.ts';
import { DEFECTS, type SimulatedDefect, simulateProgram, WEEKS } from './program/simulated-program.ts';

/** The seeds of single defects lie this far behind those of programs, so that none is used twice. */
const CASES_AFTER = 178;
const RUNS_AFTER = 300;
const FIRST_RANKED_WEEK = 8;
/** The seeds of years lie this far behind. */
const YEARS_AFTER = 78;

/** How far the bot's statements can be trusted, on programs whose truth is known: the same functions that the bot uses. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      programs: { type: 'string', default: '8' },
      years: { type: 'string', default: '100' },
      cases: { type: 'string', default: '250' },
      /** Another one for whatever is tried out, so that it is not measured on the programs it was tuned on. */
      seed: { type: 'string', default: '20261123' },
      lists: { type: 'string', default: '600' },
      /** Only fixes: no creep, no ranking, no headline and no forecast. */
      fixes: { type: 'boolean', default: false },
      /** Only the forecasts. */
      forecasts: { type: 'boolean', default: false },
      /** Only how forms of the rank foresee harm; `incidents` is a file of real ones. */
      ranks: { type: 'boolean', default: false },
      incidents: { type: 'string' },
      /** Only fixes of what a sender tells the runs of. */
      runs: { type: 'boolean', default: false },
      /** Only the headline, and what could be known. */
      headline: { type: 'boolean', default: false },
      /** Only what cards say of defects whose rate stays. */
      cards: { type: 'boolean', default: false },
      /** Only creep. */
      creep: { type: 'boolean', default: false },
      /** Only what is said where people begin to report sooner or later. */
      lags: { type: 'boolean', default: false },
    },
  });
  const forecasts = () => printForecasts({ times: Number(values.lists), seed: Number(values.seed) }, print);
  if (values.forecasts) return forecasts();
  const years = { years: Number(values.years), seed: Number(values.seed) + YEARS_AFTER };
  if (values.headline) {
    printHeadlines(years, print);
    return printPeers(years, print);
  }
  if (values.lags) return printLags(years, print);
  if (values.cards) return printCardYears(years, print);
  if (values.runs) return printRuns({ times: Number(values.cases), seed: Number(values.seed) + RUNS_AFTER }, print);
  const count = Number(values.programs);
  if (values.ranks) {
    return printRankAhead({ seed: Number(values.seed), programs: count, incidents: values.incidents }, print);
  }
  const lives = LIVES.map((life) => ({
    life,
    programs: Array.from({ length: count }, (_, i) => simulateProgram(mulberry32(Number(values.seed) + i), life)),
  }));
  const reports = lives.flatMap(({ programs }) => programs.flat()).reduce((sum, one) => sum + one.reports.length, 0);
  print(
    `${LIVES.length} lives, ${count} simulated programs each, of ${DEFECTS} defects over ${WEEKS} weeks; ${reports} reports\n`,
  );
  if (values.creep) return printCreep(lives, print);
  printProofs(lives, print);
  printProofCases({ times: Number(values.cases), seed: Number(values.seed) + CASES_AFTER }, print);
  if (values.fixes) return;
  printCreep(lives, print);
  printRankings(lives[0]?.programs ?? []);
  printHeadlines(years, print);
  printPeers(years, print);
  printLags(years, print);
  printCardYears(years, print);
  forecasts();
}

function printRankings(programs: readonly (readonly SimulatedDefect[])[]): void {
  const gains = programs.flatMap((defects) =>
    Array.from({ length: WEEKS - FIRST_RANKED_WEEK }, (_, i) => gainsOf(defects, 7 * (i + FIRST_RANKED_WEEK))),
  );
  const mean = (by: Ranking) => {
    const known = gains.filter((one) => one !== null);
    return (known.reduce((sum, one) => sum + one[by], 0) / known.length).toFixed(3);
  };
  print(`\nTop ten against the true harm a week, NDCG over ${gains.length} Mondays`);
  print(`| by harm | by reports of 28 days | by all reports |\n|---|---|---|`);
  print(`| ${mean('heat')} | ${mean('last 28 days')} | ${mean('all reports')} |`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
