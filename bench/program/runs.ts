import { evaluateProof, planProof } from '../../src/domain/proof/proof.ts';
import type { GuardedReport } from '../../src/domain/proof/regression-guard.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';
import { quantile, shareWords } from '../kit/measures.ts';
import {
  DRIVERS,
  type Driver,
  JUDGED_DAYS,
  liveRuns,
  PAST_DAYS,
  type RunLife,
  VOLUMES,
  type Volume,
} from './run-lives.ts';

const STARTED_AT = Date.UTC(2025, 0, 6);
/** Failures a day of usual traffic, or moments at which it may fail. */
const RATES = [0.03, 0.05, 0.1, 0.2, 0.4, 0.8] as const;

/** What a rule knows of a life: days to wait, runs a day before the fix, and what ran on each day since. */
type Known = {
  life: RunLife;
  neededDays: number;
  usual: number;
  since: readonly number[];
  failedDays: readonly number[];
  /** When the bot's own function calls it proven. */
  botAfter: number;
};
/** After how many days what has been quiet is called proven; Infinity where that takes more than 60. */
type Form = { name: string; provenAfter: (known: Known) => number };

const byWeeks = byExposure(({ since, usual }) => byWeek(since, usual) + 1e-9);

const DAYS: Form = { name: 'days alone', provenAfter: byExposure((_, upTo) => upTo) };
const BOT: Form = { name: 'the bot: so, and a day for a busy one', provenAfter: ({ botAfter }) => botAfter };
const FORMS: readonly Form[] = [
  DAYS,
  { name: 'runs alone, in two days at least', provenAfter: byExposure(({ since, usual }) => sum(since) / usual, 2) },
  { name: 'runs alone where no two failed within two days, else as the bot', provenAfter: bySingles },
  { name: 'runs, a day for two at most', provenAfter: byExposure(({ since, usual }) => capped(since, usual, 2)) },
  {
    name: 'days and runs, however they fall',
    provenAfter: byExposure(({ since, usual }, upTo) => Math.min(upTo, sum(since) / usual)),
  },
  { name: 'runs, a day for one at most', provenAfter: byExposure(({ since, usual }) => capped(since, usual, 1)) },
  { name: 'runs, a week for one at most', provenAfter: byWeeks },
  BOT,
  { name: 'one who knows what makes runs fail, and how often', provenAfter: byTheTruth },
];

/** What becomes of fixes where a sender tells how often it ran: of those that change nothing, and of those that work. */
export function printRuns({ times, seed }: { times: number; seed: number }, print: (line: string) => void): void {
  const of = times * RATES.length;
  const tables = VOLUMES.map((volume) => ({
    volume,
    byDriver: DRIVERS.map((driver) => judge(driver, volume, times, seed)),
  }));
  const head = (first: string, names: readonly string[]) =>
    print(`| ${[first, ...names].join(' | ')} |\n|${'---|'.repeat(names.length + 1)}`);
  const names = FORMS.map(({ name }) => name);
  print(`Proven, though the fix changed nothing, where runs fail in the way that is worst; ${of} defects each\n`);
  head('it runs since the fix', names);
  for (const { volume, byDriver } of tables) {
    const cells = FORMS.map((_, i) => shareWords(Math.max(...byDriver.map((judged) => judged[i]?.wrongly ?? 0)), of));
    print(`| ${[volume.name, ...cells].join(' | ')} |`);
  }
  print(`\nProven of fixes that work, whichever way runs fail, and median days; ${of * DRIVERS.length} defects each\n`);
  head('it runs since the fix', names);
  for (const { volume, byDriver } of tables) {
    const cells = FORMS.map((_, i) =>
      provenWords(
        byDriver.flatMap((judged) => judged[i]?.days ?? []),
        of * DRIVERS.length,
      ),
    );
    print(`| ${[volume.name, ...cells].join(' | ')} |`);
  }
  print(
    '\nBy how runs fail: proven though the fix changed nothing by days alone, by the bot; proven of fixes that work so\n',
  );
  head(
    'it runs since the fix',
    DRIVERS.map(({ name }) => name),
  );
  for (const { volume, byDriver } of tables) {
    const cells = byDriver.map((judged) => [DAYS, BOT].map((form) => judged[FORMS.indexOf(form)]));
    print(`| ${[volume.name, ...cells.map((pair) => pairWords(pair, of))].join(' | ')} |`);
  }
}

type Judged = { wrongly: number; days: number[] };

function provenWords(days: readonly number[], of: number): string {
  return days.length === 0 ? 'none' : `${shareWords(days.length, of)}, ${quantile(days, 0.5)} d`;
}

function pairWords(pair: readonly (Judged | undefined)[], of: number): string {
  const share = (count = 0) => ((100 * count) / of).toFixed(1);
  const wrongly = pair.map((judged) => share(judged?.wrongly)).join(', ');
  return `${wrongly}; ${pair.map((judged) => share(judged?.days.length)).join(', ')} %`;
}

/** The same lives for every form. */
function judge(driver: Driver, volume: Volume, times: number, seed: number): Judged[] {
  const random = mulberry32(seed);
  const judged = FORMS.map(() => ({ wrongly: 0, days: [] as number[] }));
  for (const rate of RATES) {
    for (let nth = 0; nth < times; nth++) {
      const life = liveRuns(random, driver, volume, rate);
      const brokenAfter = (life.failedAt.find((at) => at >= PAST_DAYS) ?? Infinity) - PAST_DAYS;
      const known = knownOf(life);
      FORMS.forEach(({ provenAfter }, i) => {
        const days = provenAfter(known);
        if (days > JUDGED_DAYS) return;
        judged[i]?.days.push(days);
        if (judged[i] && brokenAfter > days) judged[i].wrongly++;
      });
    }
  }
  return judged;
}

function knownOf(life: RunLife): Known {
  const { window } = planProof(claimOf(life));
  const failedDays = life.failedAt.filter((at) => at < PAST_DAYS).map(Math.floor);
  const rateFrom = Math.max(PAST_DAYS - 112, failedDays[0] ?? 0);
  const usual = sum(life.ran.slice(rateFrom, PAST_DAYS)) / Math.max(1, PAST_DAYS - rateFrom);
  const since = life.ran.slice(PAST_DAYS);
  const known = { life, neededDays: window.provable ? window.days : Infinity, usual, since, failedDays, botAfter: 0 };
  return { ...known, botAfter: asTheBot(known) };
}

function byExposure(exposed: (known: Known, days: number) => number, least = 1) {
  return (known: Known): number => {
    for (let days = least; days <= JUDGED_DAYS; days++) {
      if (exposed({ ...known, since: known.since.slice(0, days) }, days) >= known.neededDays) return days;
    }
    return Infinity;
  };
}

/** Runs alone where they seem to fail one by one; else as the bot does. */
function bySingles(known: Known): number {
  const { failedDays } = known;
  const areSingle =
    failedDays.length >= 3 && failedDays.every((day, i) => i === 0 || day - (failedDays[i - 1] ?? 0) > 1);
  return areSingle ? byExposure(({ since, usual }) => sum(since) / usual, 2)(known) : known.botAfter;
}

/** The bot's own function, on what was told by then; nothing has failed since the fix. */
function asTheBot(known: Known): number {
  const claim = claimOf(known.life);
  // It is never sooner than by weeks alone.
  for (let days = byWeeks(known); days <= JUDGED_DAYS; days++) {
    const ran = known.life.ran.slice(0, PAST_DAYS + days).map((count, day) => ({ startsAt: dayAt(day), ran: count }));
    const { outcome } = evaluateProof({ ...claim, paths: [{ share: 1, days: ran }] }, dayAt(PAST_DAYS + days), 'UTC');
    if (outcome === 'proven') return days;
  }
  return Infinity;
}

/** Once an unfixed defect would have been so quiet in 5 % of cases, by what truly makes runs fail. */
function byTheTruth({ life }: Known): number {
  let quiet = 1;
  for (let days = 1; days <= JUDGED_DAYS; days++) {
    quiet *= life.chanceOfQuiet[PAST_DAYS + days - 1] ?? 1;
    if (quiet <= 0.05) return Math.max(2, days);
  }
  return Infinity;
}

function claimOf({ failedAt }: RunLife) {
  const fix = { deployedAt: dayAt(PAST_DAYS), claimedAt: dayAt(PAST_DAYS), environments: null };
  const reports = failedAt.filter((at) => at < PAST_DAYS).map(reportAt);
  return { severity: 'S2', fix, failedFixes: 0, reports, criteria: [] } as const;
}

function reportAt(at: number): GuardedReport {
  const seenAt = dayAt(at);
  return { seenAt, filedAt: seenAt, environment: null, reporterId: 'Fivetran', affected: 1, vendor: null, starts: 1 };
}

function capped(since: readonly number[], usual: number, most: number): number {
  return sum(since.map((ran) => Math.min(most, ran / usual)));
}

function byWeek(since: readonly number[], usual: number): number {
  const weeks = Array.from({ length: Math.ceil(since.length / 7) }, (_, i) => since.slice(7 * i, 7 * i + 7));
  return sum(weeks.map((week) => Math.min(week.length, sum(week) / usual)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function dayAt(day: number): Date {
  return new Date(STARTED_AT + day * DAY_MS);
}
