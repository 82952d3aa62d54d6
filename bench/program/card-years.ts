import { CREEP, rateChanges } from '../../src/domain/stats/change-point.ts';
import { mulberry32, type Random } from '../../src/domain/stats/random.ts';
import { shareWords } from '../kit/measures.ts';
import { dayAt, PROOF_CASES, type ProofCase, RATES, tell } from './proof-cases.ts';

const WEEKS = 52;

/** In how many years a card says that a defect whose rate stays comes more or less often, by how it fails and how often a day. */
export function printCardYears({ years, seed }: { years: number; seed: number }, print: (line: string) => void): void {
  print(`\nFlat years of one defect that its card ever calls a change, ${years} a cell, by failures a day`);
  print(`| how it fails | ${RATES.join(' | ')} | of all | called fewer, more |`);
  print(`|---|${'---|'.repeat(RATES.length + 2)}`);
  // The others fail as one of these does; only their claims differ.
  for (const one of PROOF_CASES.filter(({ knownDays, claimedAfterGaps, silentShare }) => {
    return !knownDays && !claimedAfterGaps && !silentShare;
  })) {
    const named = RATES.map((rate, i) => {
      const random = mulberry32(seed + i);
      return Array.from({ length: years }, () => firstNamed(one, rate, random)).filter((ratio) => ratio !== null);
    });
    const all = named.flat();
    const cells = [
      ...named.map(({ length }) => shareWords(length, years)),
      shareWords(all.length, years * RATES.length),
      `${all.filter((ratio) => ratio < 1).length}, ${all.filter((ratio) => ratio > 1).length}`,
    ];
    print(`| ${one.name} | ${cells.join(' | ')} |`);
  }
}

/** By what the first change that is named multiplies the rate; null where none is. */
function firstNamed({ fail, lateShare = 0 }: ProofCase, rate: number, random: Random): number | null {
  const reports = fail(random, rate, 0, 7 * WEEKS).flatMap((at) => tell(at, lateShare, random));
  const counts = Array.from({ length: WEEKS }, (_, week) => {
    const [from, to] = [dayAt(7 * week), dayAt(7 * (week + 1))];
    return reports.filter(({ seenAt, filedAt }) => seenAt > from && seenAt <= to && filedAt <= to).length;
  });
  return rateChanges(counts, { search: CREEP })[0]?.ratio ?? null;
}
