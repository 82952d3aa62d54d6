import { forecastOpen, HORIZON_WEEKS } from '../../src/domain/digest/forecast.ts';
import { nextGoal } from '../../src/domain/digest/outlook.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { quantile, shareWords } from '../kit/measures.ts';
import { beginList, LIST_LIVES, type ListLife, playOn, withNextPace } from './simulated-lists.ts';

/** How old the programs are; the bot looks half a year back. */
const AGES = [38, 12];
const SEEN_WEEKS = 26;
/** Each list goes on in so many ways, so that what is true of it is not one draw. */
const FUTURES = 50;
const CERTAINTY = 0.8;
const NOW = new Date('2026-01-05T00:00:00Z');

/** Of lists that were told a date with 80 %: how many are there on it? */
export function printForecasts({ times, seed }: { times: number; seed: number }, print: (line: string) => void): void {
  for (const age of AGES) {
    print(`\nWhen the list is short enough: ${times} lists a life, ${age} weeks old, each in ${FUTURES} futures`);
    print(
      '| life | told a date | there on it | weeks until it: median, p90 | told never | there within the year all the same | told a date by who knows the rates |',
    );
    print('|---|---|---|---|---|---|---|');
    for (const life of LIST_LIVES) print(rowOf(life, { age, times, seed }));
  }
}

function rowOf(life: ListLife, { age, times, seed }: { age: number; times: number; seed: number }): string {
  const lists = Array.from({ length: times }, (_, i) => tell(life, age, seed + i)).filter((one) => one !== null);
  const dated = lists.filter(({ kind }) => kind === 'by');
  const never = lists.filter(({ kind }) => kind === 'never');
  const waits = dated.map(({ week }) => week);
  const cells = [
    shareWords(dated.length, lists.length),
    meanWords(dated.map(({ kept }) => kept)),
    dated.length === 0 ? '' : `${quantile(waits, 0.5)}, ${quantile(waits, 0.9)}`,
    shareWords(never.length, lists.length),
    meanWords(never.map(({ kept }) => kept)),
    shareWords(lists.filter(({ isKnowable }) => isKnowable).length, lists.length),
  ];
  return `| ${life.name} | ${cells.join(' | ')} |`;
}

/** What one list is told, and in how many of its futures it is so; null where nothing is said. */
function tell(life: ListLife, age: number, seed: number) {
  const random = mulberry32(seed);
  const { flows, list } = playOn(beginList(life, age, random), age, random);
  const target = nextGoal(list.open);
  const { kind, at } = forecastOpen({
    ...{ openNow: list.open, target, now: NOW, timeZone: 'UTC', random: mulberry32(seed + 1) },
    weeks: flows.slice(-SEEN_WEEKS),
  });
  if (kind === 'already' || kind === 'unknown') return null;
  const week = at ? Math.round((at.getTime() - NOW.getTime()) / WEEK_MS) : HORIZON_WEEKS;
  const futures = Array.from(
    { length: FUTURES },
    () => playOn(withNextPace(list, random), HORIZON_WEEKS, random).opens,
  );
  const under = (when: number) => futures.filter((opens) => (opens[when - 1] ?? 0) < target).length / FUTURES;
  return { kind, week, kept: under(week), isKnowable: under(HORIZON_WEEKS) >= CERTAINTY };
}

/** The mean of shares of lists, "81.2 % ±1.4" with half of its 95 % interval. */
function meanWords(shares: readonly number[]): string {
  if (shares.length === 0) return 'none';
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  return `${(100 * mean).toFixed(1)} % ±${(196 * Math.sqrt(variance / shares.length)).toFixed(1)}`;
}
