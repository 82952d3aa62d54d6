import { parseArgs } from 'node:util';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { printHeadlines } from './headline.ts';
import { halfInterval, quantile } from './measures.ts';
import {
  type Called,
  type CreepSeen,
  creepOf,
  gainsOf,
  isFalselyCreeping,
  PROOF_RULES,
  type Ranking,
} from './program-measures.ts';
import { DEFECTS, type SimulatedDefect, simulateProgram, WEEKS } from './simulated-program.ts';

const SEED = 20_261_123;
const FIRST_RANKED_WEEK = 8;

/** How far the bot's statements can be trusted, on programs whose truth is known: the same functions that the bot uses. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { programs: { type: 'string', default: '20' }, years: { type: 'string', default: '300' } },
  });
  const count = Number(values.programs);
  const programs = Array.from({ length: count }, (_, i) => simulateProgram(mulberry32(SEED + i)));
  const reports = programs.flat().reduce((sum, defect) => sum + defect.reports.length, 0);
  print(`${count} simulated programs of ${DEFECTS} defects over ${WEEKS} weeks; ${reports} reports\n`);
  printProofs(programs.flat());
  printCreep(programs);
  printRankings(programs);
  printHeadlines(Number(values.years), print);
}

function printProofs(defects: readonly SimulatedDefect[]): void {
  const trials = defects.flatMap((defect) => defect.fixes.map((fix, nth) => ({ defect, fix, nth })));
  const all = (left: number) => trials.filter(({ fix }) => fix.left === left).length;
  print(`Fixes: ${all(0)} that work, ${all(1)} that change nothing, ${all(0.5)} that halve the failures`);
  print(
    '| rule | proven, though it changed nothing | though it only halved them | a fix that works: proven | called failed | left open | days to proof: median, p90 |',
  );
  print('|---|---|---|---|---|---|---|');
  for (const { name, judge } of PROOF_RULES) {
    const called = trials.map(({ defect, fix, nth }) => ({ left: fix.left, ...judge(defect, fix, nth) }));
    const of = (left: number, outcome: Called['outcome']) =>
      share(called.filter((one) => one.left === left && one.outcome === outcome).length, all(left));
    const days = called.filter(({ left, outcome }) => left === 0 && outcome === 'proven').map((one) => one.days);
    const cells = [
      of(1, 'proven'),
      of(0.5, 'proven'),
      ...(['proven', 'failed', 'undecided'] as const).map((outcome) => of(0, outcome)),
      `${quantile(days, 0.5)}, ${quantile(days, 0.9)}`,
    ];
    print(`| ${name} | ${cells.join(' | ')} |`);
  }
}

function printCreep(programs: readonly (readonly SimulatedDefect[])[]): void {
  const seen = programs.flatMap((defects) =>
    defects
      .filter(({ kind, fixes }) => kind === 'creeping' && fixes.length > 0)
      .map((defect) => creepOf(defect, defects)),
  );
  const flat = programs.flat().filter(({ kind }) => kind === 'steady' || kind === 'bursty');
  const falsely = (kind: string) => flat.filter((one) => one.kind === kind && isFalselyCreeping(one)).length;
  const all = (kind: string) => flat.filter((one) => one.kind === kind).length;
  const after = (days: (one: CreepSeen) => number | null) => {
    const found = seen.map(days).filter((one) => one !== null);
    return `${share(found.length, seen.length)} | ${quantile(found, 0.5)}, ${quantile(found, 0.9)}`;
  };
  print(`\nCreep: ${seen.length} defects that grow by 20 to 60 % a week from at most one failure a week`);
  print('| rule | seen before the first fix | days from the start of growth: median, p90 |');
  print('|---|---|---|');
  print(`| what the bot says | ${after(({ flaggedAfter }) => flaggedAfter)} |`);
  print(`| in the top ten by count of 28 days | ${after(({ countedAfter }) => countedAfter)} |`);
  print(`| in the top ten by all reports | ${after(({ countedAllAfter }) => countedAllAfter)} |`);
  print(
    `Falsely named within eight triages: steady ${share(falsely('steady'), all('steady'))}, bursty ${share(falsely('bursty'), all('bursty'))}`,
  );
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

/** "4.1 % +-1.2" with half of the 95 % interval. */
function share(part: number, all: number): string {
  if (all === 0) return 'none';
  return `${((100 * part) / all).toFixed(1)} % ±${halfInterval(part / all, all).toFixed(1)}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
