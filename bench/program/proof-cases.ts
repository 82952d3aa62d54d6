import { evaluateProof } from '../../src/domain/proof/proof.ts';
import type { Fix, GuardedReport } from '../../src/domain/proof/regression-guard.ts';
import { mulberry32, type Random, sampleGamma, sampleNormal, samplePoisson } from '../../src/domain/stats/random.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import { shareWords } from '../kit/measures.ts';
import { TODAY } from './lives.ts';

const PEOPLE = 12;
const PAST_DAYS = 140;
const JUDGED_DAYS = 75;
const STARTED_AT = Date.UTC(2025, 0, 6);

/** One kind of life of a defect that nobody has fixed, though its fix is claimed. */
export type ProofCase = {
  name: string;
  /** Failures as days since the start, in any order, on average `rate` a day. */
  fail: (random: Random, rate: number, from: number, to: number) => number[];
  knownDays?: readonly [number, number];
  lateShare?: number;
  silentShare?: number;
  /** Claimed after so many mean gaps of silence, dated back to the last report. */
  claimedAfterGaps?: number;
};

const steady: ProofCase['fail'] = (random, rate, from, to) => poissonTimes(random, () => rate, from, to);

export const PROOF_CASES: readonly ProofCase[] = [
  { name: 'steady', fail: steady },
  { name: 'known for 5 to 15 days', fail: steady, knownDays: [5, 15] },
  {
    name: 'weekdays only',
    fail: (random, rate, from, to) => poissonTimes(random, (d) => (d % 7 < 5 ? 1.4 * rate : 0), from, to),
  },
  {
    name: 'around the end of each month',
    fail: (random, rate, from, to) => poissonTimes(random, (d) => (d % 30 > 25 ? 7.5 * rate : 0), from, to),
  },
  { name: 'bursts within a day', fail: burstsOfADay },
  { name: 'episodes of 3 to 7 days', fail: (random, rate, from, to) => episodes(random, rate, from, to) },
  { name: 'half of the reports up to 11 days late', fail: steady, lateShare: 0.5 },
  { name: 'a rate that drifts (log AR(1), by week)', fail: drifting },
  { name: 'claimed after 2 mean gaps, dated back', fail: steady, claimedAfterGaps: 2 },
  { name: 'claimed after 3 mean gaps, dated back', fail: steady, claimedAfterGaps: 3 },
  { name: 'half of the people silent after the claim', fail: steady, silentShare: 0.5 },
];

type Told = GuardedReport & { filedAt: Date; person: number };

/** Which share answers when asked, of those who go on reporting and of the silent. */
const ANSWER = TODAY.answers;

export const RATES = [0.03, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 4] as const;

/** How often a fix that changes nothing is called proven, by kind of life and by failures a day. */
export function printProofCases({ times, seed }: { times: number; seed: number }, print: (line: string) => void): void {
  print(`\nUnfixed S2 defects called proven, ${times} a cell, by failures a day`);
  print(`| how they fail | ${RATES.join(' | ')} | of all |`);
  print(`|---|${'---|'.repeat(RATES.length + 1)}`);
  for (const one of PROOF_CASES) {
    const proven = RATES.map((rate, i) => {
      const random = mulberry32(seed + i);
      return Array.from({ length: times }, () => isProvenUnfixed(one, rate, random)).filter(Boolean).length;
    });
    const all = proven.reduce((sum, count) => sum + count, 0);
    const cells = [...proven.map((count) => shareWords(count, times)), shareWords(all, times * RATES.length)];
    print(`| ${one.name} | ${cells.join(' | ')} |`);
  }
}

/** Whether the bot calls an unfixed defect proven. */
function isProvenUnfixed(one: ProofCase, rate: number, random: Random): boolean {
  const [least, most] = one.knownDays ?? [PAST_DAYS, PAST_DAYS];
  const fixDay = PAST_DAYS + random();
  const bornDay = fixDay - (least + random() * (most - least));
  // Three mean gaps of silence come once in twenty failures.
  const lastDay = fixDay + JUDGED_DAYS + (one.claimedAfterGaps ? 200 / rate : 0);
  const failures = [bornDay, ...one.fail(random, rate, Math.ceil(bornDay), lastDay)].sort((a, b) => a - b);
  const silent = Array.from({ length: PEOPLE }, () => random() < (one.silentShare ?? 0));
  const { claimedDay, fix } = claimOf(one, rate, failures, fixDay);
  const seen = failures.flatMap((at) => tell(at, one.lateShare ?? 0, random));
  const isKept = ({ seenAt, person }: Told) => seenAt > dayAt(claimedDay) && silent[person] === true;
  const told = seen.filter((report) => !isKept(report));
  const answers = answersOf(told, claimedDay, silent, random);
  const reports = [...told, ...saidWhenAsked(seen.filter(isKept), answers)].sort(
    (a, b) => a.filedAt.getTime() - b.filedAt.getTime(),
  );
  for (let days = 1; days <= JUDGED_DAYS; days++) {
    const now = dayAt(claimedDay + days);
    const known = reports.filter(({ filedAt }) => filedAt <= now);
    const answered = [...answers].flatMap(([person, at]) => (at && at <= now ? [person] : []));
    const check = { asked: [...answers.keys()], answered };
    const claim = { severity: 'S2', fix, failedFixes: 0, reports: known, criteria: [], check } as const;
    const { outcome } = evaluateProof(claim, now, 'UTC');
    if (outcome !== 'proving') return outcome === 'proven';
  }
  return false;
}

/** When those who reported in the month before the claim answer whether they still see it; null where they do not. */
function answersOf(
  told: readonly Told[],
  claimedDay: number,
  silent: readonly boolean[],
  random: Random,
): Map<string, Date | null> {
  const from = dayAt(claimedDay - 30);
  const asked = told.filter(({ seenAt, filedAt }) => seenAt >= from && filedAt <= dayAt(claimedDay));
  const answers = new Map<string, Date | null>();
  for (const { person, reporterId } of asked) {
    if (answers.has(reporterId)) continue;
    const at = dayAt(claimedDay + 1 + 2 * random());
    answers.set(reporterId, random() < (silent[person] ? ANSWER.silent : ANSWER.goingOn) ? at : null);
  }
  return answers;
}

/** A silent one who answers says what they have kept to themselves since. */
function saidWhenAsked(kept: readonly Told[], answers: ReadonlyMap<string, Date | null>): Told[] {
  return [...answers].flatMap(([reporterId, at]) => {
    const last = at && kept.findLast((one) => one.reporterId === reporterId && one.seenAt <= at);
    return last ? [{ ...last, filedAt: at }] : [];
  });
}

function claimOf({ claimedAfterGaps }: ProofCase, rate: number, failures: readonly number[], fixDay: number) {
  if (!claimedAfterGaps) return { claimedDay: fixDay, fix: fixOf(fixDay, fixDay) };
  const quiet = claimedAfterGaps / rate;
  const before = failures.findLastIndex((at) => at <= fixDay);
  const i = failures.findIndex((at, nth) => nth >= before && (failures[nth + 1] ?? Infinity) - at > quiet);
  const last = failures[i] ?? fixDay;
  return { claimedDay: last + quiet, fix: fixOf(last + 0.001, last + quiet) };
}

function fixOf(deployedDay: number, claimedDay: number): Fix {
  return { deployedAt: dayAt(deployedDay), claimedAt: dayAt(claimedDay), environments: null };
}

export function dayAt(day: number): Date {
  return new Date(STARTED_AT + day * DAY_MS);
}

export function tell(at: number, lateShare: number, random: Random): Told[] {
  return Array.from({ length: 1 + samplePoisson(random, 0.35) }, () => {
    const person = Math.floor(random() * PEOPLE);
    const lag = random() < lateShare ? 1 + 10 * random() : 0;
    const filedAt = dayAt(at + lag);
    return {
      seenAt: dayAt(at),
      filedAt,
      person,
      reporterId: `U${person}`,
      environment: null,
      affected: 1,
      vendor: null,
    };
  });
}

function poissonTimes(random: Random, rateOn: (day: number) => number, from: number, to: number): number[] {
  return Array.from({ length: Math.ceil(to - from) }, (_, i) => from + i).flatMap((day) =>
    Array.from({ length: samplePoisson(random, rateOn(day)) }, () => day + random()),
  );
}

function burstsOfADay(random: Random, rate: number, from: number, to: number): number[] {
  return poissonTimes(random, () => (random() < 0.3 ? sampleGamma(random, 0.5) * 2 * (rate / 0.3) : 0), from, to);
}

function episodes(random: Random, rate: number, from: number, to: number): number[] {
  return poissonTimes(random, () => rate / 5, from, to).flatMap((start) =>
    Array.from({ length: 3 + Math.floor(5 * random()) }, (_, i) => Math.floor(start) + i + random()),
  );
}

function drifting(random: Random, rate: number, from: number, to: number): number[] {
  let level = 0.6 * sampleNormal(random);
  return poissonTimes(
    random,
    (day) => {
      if (day % 7 === 0) level = 0.8 * level + 0.36 * sampleNormal(random);
      return rate * Math.exp(level - 0.18);
    },
    from,
    to,
  );
}
