import { isCreeping, sinceWhen } from '../../src/domain/digest/since-when.ts';
import { CREEP } from '../../src/domain/stats/change-point.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { quantile, shareWords } from '../kit/measures.ts';
import type { Life } from './lives.ts';
import { countSince, TOP, topOf } from './rankings.ts';
import { DAYS, dayAt, type SimulatedDefect, WEEKS } from './simulated-program.ts';

/** How often creep is found and falsely named in each life. */
export function printCreep(
  lives: readonly { life: Life; programs: readonly (readonly SimulatedDefect[])[] }[],
  print: (line: string) => void,
): void {
  print('\nCreep: defects that grow by 20 to 60 % a week from at most one failure a week');
  print(
    '| life | defects that grow | named before the first fix | days from the start of growth: median, p90 | in the top ten by reports of 28 days | median, p90 | falsely named within eight triages: steady | bursty |',
  );
  print('|---|---|---|---|---|---|---|---|');
  for (const { life, programs } of lives) {
    const seen = programs.flatMap((defects) =>
      defects
        .filter(({ kind, fixes }) => kind === 'creeping' && fixes.length > 0)
        .map((defect) => creepOf(defect, defects)),
    );
    const found = (days: (one: CreepSeen) => number | null) => {
      const known = seen.map(days).filter((one) => one !== null);
      return `${shareWords(known.length, seen.length)} | ${quantile(known, 0.5)}, ${quantile(known, 0.9)}`;
    };
    const falsely = (kind: string) => {
      const all = programs.flat().filter((one) => one.kind === kind);
      return shareWords(all.filter(isFalselyCreeping).length, all.length);
    };
    const cells = [
      seen.length,
      found(({ flaggedAfter }) => flaggedAfter),
      found(({ countedAfter }) => countedAfter),
      falsely('steady'),
      falsely('bursty'),
    ];
    print(`| ${life.name} | ${cells.join(' | ')} |`);
  }
}

type CreepSeen = {
  /** Days from the start of the growth until it was named; null where it never was before its first fix. */
  flaggedAfter: number | null;
  /** The same until the defect was among the ten with the most reports of the last 28 days. */
  countedAfter: number | null;
};

/** When the weekly triage names a creeping defect, and when a ranking by count would have shown it. */
function creepOf(defect: SimulatedDefect, defects: readonly SimulatedDefect[]): CreepSeen {
  const fixedDay = defect.fixes[0]?.day ?? DAYS;
  const mondays = Array.from({ length: WEEKS }, (_, week) => 7 * week).filter(
    (day) => day > defect.growsFromDay && day < fixedDay,
  );
  const flagged = mondays.find((day) => creepsOn(defect, day));
  const counted = (from: (day: number) => number) =>
    mondays.find((day) =>
      topOf(defects, (one) => countSince(one, from(day), day))
        .slice(0, TOP)
        .includes(defect),
    );
  const after = (day: number | undefined) => (day === undefined ? null : day - defect.growsFromDay);
  return {
    flaggedAfter: after(flagged),
    countedAfter: after(counted((day) => day - 28)),
  };
}

/** Whether a defect that never grew is named at any of eight triages after its baseline was frozen. */
function isFalselyCreeping(defect: SimulatedDefect): boolean {
  const until = Math.min(defect.fixes[0]?.day ?? DAYS, DAYS);
  return Array.from({ length: 8 }, (_, i) => defect.triagedDay + 7 * (i + 1)).some(
    (day) => day < until && creepsOn(defect, day),
  );
}

function creepsOn(defect: SimulatedDefect, day: number): boolean {
  const [first] = defect.reports;
  if (!first) return false;
  // As the bot does: whole weeks after the one of the first report, each as it was known when it ended.
  const weeks = Math.floor((dayAt(day).getTime() - first.seenAt.getTime()) / WEEK_MS);
  if (weeks < 1) return false;
  const bounds = Array.from({ length: weeks + 1 }, (_, i) => dayAt(day - 7 * (weeks - i)));
  const counts = bounds
    .slice(1)
    .map(
      (end, i) =>
        defect.reports.filter(({ seenAt, filedAt }) => seenAt > (bounds[i] ?? end) && seenAt <= end && filedAt <= end)
          .length,
    );
  return isCreeping(sinceWhen(bounds, counts, { search: CREEP }), dayAt(defect.triagedDay));
}
